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
	waiting [lanes]queue
}

// NewCrowd makes the crowd of a plan. From key follows who they are, so another key makes others.
func NewCrowd(plan Plan, key [32]byte) *Crowd {
	c := &Crowd{Plan: plan, Players: make([]*Player, plan.People())}
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

// Lane is where a player waits. Who is still at the door must not keep the others from shaking: in
// life everybody has a connection of their own.
type Lane int

// The lanes.
const (
	Door Lane = iota
	Inside
	lanes
)

func (p *Player) lane() Lane {
	if p.knows {
		return Inside
	}
	return Door
}

// Next takes out the player of a lane who is due; where there is none, it gives how long to wait for
// one. Nobody waits at all: negative.
func (c *Crowd) Next(lane Lane, now time.Duration) (*Player, time.Duration) {
	q := &c.waiting[lane]
	if len(*q) == 0 {
		return nil, -1
	}
	if first := (*q)[0]; first.due > now {
		return nil, first.due - now
	}
	return q.pop(), 0
}

// Wait puts a player back, until they are due. It says in which lane, and whether as the next of it.
func (c *Crowd) Wait(p *Player) (Lane, bool) {
	lane := p.lane()
	return lane, c.waiting[lane].push(turn{p.due, p})
}

// Empty says whether nobody waits.
func (c *Crowd) Empty() bool { return len(c.waiting[Door]) == 0 && len(c.waiting[Inside]) == 0 }

// queue is a heap, the earliest first.
type queue []turn

type turn struct {
	due    time.Duration
	player *Player
}

// push says whether the turn is the first.
func (q *queue) push(t turn) bool {
	*q = append(*q, t)
	h := *q
	i := len(h) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if h[parent].due <= h[i].due {
			break
		}
		h[parent], h[i] = h[i], h[parent]
		i = parent
	}
	return i == 0
}

func (q *queue) pop() *Player {
	h := *q
	p, end := h[0].player, len(h)-1
	h[0], h[end] = h[end], turn{}
	h = h[:end]
	*q = h
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[child].due < h[least].due {
				least = child
			}
		}
		if least == i {
			return p
		}
		h[least], h[i] = h[i], h[least]
		i = least
	}
}
