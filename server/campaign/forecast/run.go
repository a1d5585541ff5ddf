package forecast

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// run is one campaign of the simulated crowd.
type run struct {
	*crowd
	random  *rand.Rand
	scale   float64 // players that one of the sample stands for
	players []player
	dealer  *dealer

	given    []int64       // by stock, pieces of the sample
	begun    []float64     // by stock, what of a piece the sample has besides whole ones, so that the mean is right
	dryAt    []float64     // by stock; -1: never
	lasts    [][][]float64 // by day, slot and stock, the share of the slot for which there were pieces
	spare    [gains]int    // pieces for which a taker is looked for
	finished []float64     // by day, scaled up
	sets     float64       // of the accounts in one hand
}

type player struct {
	state int
	habit int
	comes int // day
	round int // that they played in last
}

func newRun(c *crowd, random *rand.Rand, players int) *run {
	r := &run{crowd: c, random: random, scale: float64(c.assumed.Players) / float64(players), dealer: newDealer(c.version, random)}
	coming := c.assumed.arriving(days(c.version))
	for range players {
		r.players = append(r.players, player{
			habit: r.choose(len(c.assumed.Habits), func(i int) float64 { return c.assumed.Habits[i].Share }),
			comes: r.choose(len(coming), func(i int) float64 { return coming[i] / float64(c.assumed.Players) }),
		})
	}
	for range c.version.Stocks {
		r.given, r.begun, r.dryAt = append(r.given, 0), append(r.begun, random.Float64()), append(r.dryAt, -1)
	}
	return r
}

// choose gives one of n by shares of 1.
func (r *run) choose(n int, share func(i int) float64) int {
	u := r.random.Float64()
	for i := range n - 1 {
		if u -= share(i); u < 0 {
			return i
		}
	}
	return n - 1
}

func (r *run) play(ctx context.Context) error {
	for d, slots := range r.calendar {
		active := r.active(d)
		drawn := [gains]int{}
		var lasts [][]float64
		for _, at := range slots {
			if err := ctx.Err(); err != nil {
				return err
			}
			lasts = append(lasts, r.playSlot(active, at, &drawn))
		}
		r.lasts = append(r.lasts, lasts)
		for g, n := range drawn {
			r.spare[g] += int(math.Floor(r.assumed.Gifts*float64(n) + r.random.Float64()))
		}
		r.give(d)
		finished := 0
		for _, p := range r.players {
			if p.state >= r.space.done {
				finished++
			}
		}
		r.finished = append(r.finished, float64(finished)*r.scale)
	}
	r.sets = r.accountSets()
	return nil
}

// active gives who plays on a day.
func (r *run) active(d int) []int {
	var active []int
	share := r.assumed.active(d)
	for i, p := range r.players {
		if p.comes <= d && r.random.Float64() < share {
			active = append(active, i)
		}
	}
	return active
}

// playSlot lets players play a window each, in any order, counts the pieces that are spare, and
// gives for each stock the share of the slot for which there were pieces.
func (r *run) playSlot(active []int, at slot, spare *[gains]int) []float64 {
	lasts, left := make([]float64, len(r.given)), make([]int64, len(r.given))
	for i := range left {
		lasts[i] = 1
		left[i] = int64(float64(r.version.Stocks[i].Released(at.opens))/r.scale+r.begun[i]) - r.given[i]
	}
	if len(left) > 0 {
		r.random.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
	}
	for n, i := range active {
		p := &r.players[i]
		if p.state >= r.space.done && r.random.Float64() >= r.assumed.AfterSet {
			continue
		}
		passed := float64(n) / float64(len(active))
		has := func(stock int) bool {
			if left[stock] > 0 {
				left[stock]--
				r.given[stock]++
				return true
			}
			lasts[stock] = min(lasts[stock], passed)
			if r.dryAt[stock] < 0 {
				r.dryAt[stock] = at.at + passed*at.length
			}
			return false
		}
		brings := func(gain int) {
			if next := r.space.next[p.state][gain]; next != p.state {
				p.state = next
			} else {
				spare[gain]++
			}
		}
		bonus := 0
		if p.round != at.round {
			p.round, bonus = at.round, r.bonus
		}
		draws, extra := spends(r.assumed.Habits[p.habit].Draws, at, bonus)
		r.dealer.window(draws, has, brings)
		r.dealer.bonus(extra, has, brings)
	}
	return lasts
}

// give gives spare pieces as space.give does, one by one.
func (r *run) give(d int) {
	for range maxPasses {
		var by [game.SetSize][]int
		for i, p := range r.players {
			if p.comes <= d && p.state < r.space.done {
				have := r.space.level(p.state)
				by[have] = append(by[have], i)
			}
		}
		moved := 0
		for _, players := range slices.Backward(by[:]) {
			r.random.Shuffle(len(players), func(i, j int) { players[i], players[j] = players[j], players[i] })
			for _, i := range players {
				if r.take(&r.players[i]) {
					moved++
				}
			}
		}
		if moved == 0 {
			return
		}
	}
}

// take gives a player a spare piece that they lack, if there is one.
func (r *run) take(p *player) bool {
	there := 0
	next := &r.space.next[p.state]
	for g, n := range r.spare {
		if next[g] != p.state {
			there += n
		}
	}
	if there == 0 {
		return false
	}
	u := r.random.IntN(there)
	for g, n := range r.spare {
		if next[g] == p.state {
			continue
		}
		if u -= n; u < 0 {
			r.spare[g]--
			p.state = next[g]
			return true
		}
	}
	return false
}

// maxAccountWindows is how many windows of accounts are played in a run; more accounts than that
// are a sample, too, whose sets are scaled up.
const maxAccountWindows = 20_000

// accountSets plays the accounts in one hand and brings their cards together; each account redeems
// one set at most. Beside a crowd their draws change no stock.
func (r *run) accountSets() float64 {
	windows := max(1, len(r.calendar)*r.assumed.PerAccount)
	n := min(r.assumed.Accounts, max(1, maxAccountWindows/windows))
	if n == 0 {
		return 0
	}
	var pieces [gains]float64
	brings := func(gain int) { pieces[gain]++ }
	round, rounds := 0, 0
	for d, slots := range r.calendar {
		for i, at := range slots {
			each := at.windows(r.assumed.PerAccount, i, len(slots))
			rounds, round = at.bonuses(each, round)
			passed := 0.0
			has := func(stock int) bool { return passed < r.lasts[d][i][stock] }
			for w := range n * each {
				passed = r.random.Float64()
				r.dealer.window(at.chances, has, brings)
				if w < n*rounds {
					r.dealer.bonus(r.bonus, has, brings)
				}
			}
		}
	}
	whole := min(float64(n), math.Floor(sets(pieces)+1e-9))
	return whole * float64(r.assumed.Accounts) / float64(n)
}
