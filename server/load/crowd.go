package load

import (
	"crypto/sha256"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Crowd is the people of a plan and who of them is due next. It is not safe for many goroutines.
type Crowd struct {
	Plan    Plan
	Players []*Player
	waiting []turn // a heap, the earliest first
}

type turn struct {
	due    time.Duration
	player *Player
}

// NewCrowd makes the crowd of a plan. From key follows who they are, so another key makes others.
func NewCrowd(plan Plan, key [32]byte) *Crowd {
	c := &Crowd{Plan: plan, Players: make([]*Player, plan.People()), waiting: make([]turn, 0, plan.People())}
	for i := range c.Players {
		p := &Player{Number: i, Secret: derive(key, "secret", i), Seed: derive(key, "seed", i)}
		p.due = plan.Arrival(i)
		p.shakeAt, _ = plan.Shakes(i)
		c.Players[i] = p
		c.Wait(p)
	}
	return c
}

func derive(key [32]byte, purpose string, number int) [32]byte {
	return sha256.Sum256(game.LP{}.Text("fivefold/load/v1").Bytes(key[:]).Text(purpose).Number(int64(number)))
}

// Next takes out the player who is due; where there is none, it gives how long to wait for one.
// Nobody waits at all: negative.
func (c *Crowd) Next(now time.Duration) (*Player, time.Duration) {
	if len(c.waiting) == 0 {
		return nil, -1
	}
	if first := c.waiting[0]; first.due > now {
		return nil, first.due - now
	}
	p := c.waiting[0].player
	end := len(c.waiting) - 1
	c.waiting[0] = c.waiting[end]
	c.waiting[end] = turn{}
	c.waiting = c.waiting[:end]
	c.sink(0)
	return p, 0
}

// Wait puts a player back, until they are due. It says whether they are the next.
func (c *Crowd) Wait(p *Player) bool {
	c.waiting = append(c.waiting, turn{p.due, p})
	return c.rise(len(c.waiting)-1) == 0
}

func (c *Crowd) rise(i int) int {
	for i > 0 {
		parent := (i - 1) / 2
		if c.waiting[parent].due <= c.waiting[i].due {
			break
		}
		c.waiting[parent], c.waiting[i] = c.waiting[i], c.waiting[parent]
		i = parent
	}
	return i
}

func (c *Crowd) sink(i int) {
	for {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(c.waiting); child++ {
			if c.waiting[child].due < c.waiting[least].due {
				least = child
			}
		}
		if least == i {
			return
		}
		c.waiting[least], c.waiting[i] = c.waiting[i], c.waiting[least]
		i = least
	}
}
