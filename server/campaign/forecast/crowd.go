package forecast

import (
	"context"
	"fmt"

	"github.com/fivefold/fivefold/server/game"
)

// crowd plays a campaign by expected values. Players are spread over the states of an album, by
// habit; each day some of them are active, and play one window in each slot of the day. What all
// draw together decides when a stock lacks pieces, and spare cards change hands in the evening.
type crowd struct {
	assumed  Assumptions
	version  *game.Version
	space    *space
	calendar [][]slot
	chains   map[pattern]*chain
	windows  map[played]matrix
}

// played is a window's first draws, while some outcomes are sold out.
type played struct {
	out   pattern
	draws int
}

func newCrowd(v *game.Version, a Assumptions) *crowd {
	count := days(v)
	if a.Days > 0 {
		count = min(count, a.Days)
	}
	wild := false
	for i, o := range v.Odds.Outcomes {
		wild = wild || o.Kind == game.KindWildcard && (o.Weight > 0 || v.Guarantee != nil && v.Guarantee.Weights[i] > 0)
	}
	return &crowd{
		assumed: a, version: v, space: newSpace(wild || fallsBackToWildcard(v.Odds)),
		calendar: calendar(v, count, a.Windows),
		chains:   map[pattern]*chain{}, windows: map[played]matrix{},
	}
}

func fallsBackToWildcard(o game.Odds) bool {
	for _, out := range o.Outcomes {
		if fallback, ok := o.Find(out.Fallback); ok && fallback.Kind == game.KindWildcard {
			return true
		}
	}
	return false
}

// chain gives one player's way while some outcomes are sold out.
func (c *crowd) chain(out pattern) *chain {
	if c.chains[out] == nil {
		c.chains[out] = newChain(c.space, newModel(c.version.Odds, c.version.Guarantee, soldOut(c.version, out)))
	}
	return c.chains[out]
}

func (c *crowd) window(out pattern, draws int) matrix {
	key := played{out, draws}
	if c.windows[key] == nil {
		c.windows[key] = c.chain(out).window(draws)
	}
	return c.windows[key]
}

// course is how the days went.
type course struct {
	shop   *shop
	parts  [][][]part     // by day and slot
	masses [][]float64    // players by habit and state, at the end
	issued [gains]float64 // pieces drawn
	spare  [gains]float64 // pieces for which a taker is looked for
	days   []dayEnd
}

// dayEnd is how things stand in the evening of a day.
type dayEnd struct {
	arrived, finished float64
	sets              float64 // that all pieces drawn would make
	prizes            float64 // minor units
}

// walk goes through the days. gifts is the share of spare pieces that is given.
func (c *crowd) walk(ctx context.Context, gifts float64) (*course, error) {
	run := &course{shop: newShop(c.version)}
	for range c.assumed.Habits {
		run.masses = append(run.masses, make([]float64, c.space.size()))
	}
	arrived := 0.0
	for d, coming := range c.assumed.arriving(days(c.version))[:len(c.calendar)] {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("forecast: the crowd: %w", err)
		}
		for h, habit := range c.assumed.Habits {
			run.masses[h][0] += coming * habit.Share
		}
		arrived += coming
		spare := c.play(run, d)
		for g := range spare {
			run.spare[g] += gifts * spare[g]
		}
		if gifts > 0 {
			c.space.give(run.masses, &run.spare)
		}
		end := dayEnd{arrived: arrived, sets: min(arrived, sets(run.issued)), prizes: run.shop.cash()}
		for _, mass := range run.masses {
			end.finished += c.space.finished(mass)
		}
		run.days = append(run.days, end)
	}
	return run, nil
}

// play lets the active players play a day, and gives the pieces that became spare.
func (c *crowd) play(run *course, d int) (spare [gains]float64) {
	active := c.assumed.active(d)
	playing := make([][]float64, len(run.masses))
	for h, mass := range run.masses {
		playing[h] = make([]float64, len(mass))
		for i, x := range mass {
			playing[h][i], mass[i] = x*active, x*(1-active)
		}
	}
	held := c.holding(playing)
	var parts [][]part
	for _, at := range c.calendar[d] {
		sold, drawn := c.draw(run.shop, playing, at)
		parts = append(parts, sold)
		for g, n := range drawn {
			spare[g] += n
			run.issued[g] += n
		}
	}
	run.parts = append(run.parts, parts)
	for g, n := range c.holding(playing) {
		spare[g] = max(0, spare[g]-(n-held[g])) // drawn, but for what albums have more
	}
	for h, mass := range run.masses {
		for i := range mass {
			mass[i] += playing[h][i]
		}
	}
	return spare
}

// draw lets everybody who is playing play one window.
func (c *crowd) draw(s *shop, playing [][]float64, at slot) (sold []part, drawn [gains]float64) {
	rules := c.chain(0)
	ordinary, guaranteed := 0.0, 0.0
	for h, mass := range playing {
		players := c.space.unfinished(mass) + c.assumed.AfterSet*c.space.finished(mass)
		byOdds, owed := rules.split(c.draws(h, at))
		ordinary, guaranteed = ordinary+players*byOdds, guaranteed+players*owed
	}
	sold = s.sell(at, ordinary, guaranteed)
	for _, p := range sold {
		m := &c.chain(p.out).model
		for g := range drawn {
			drawn[g] += p.share * (ordinary*m.odds.gain[g] + guaranteed*m.guaranteed.gain[g])
		}
	}
	for h := range playing {
		playing[h] = c.after(playing[h], sold, c.draws(h, at))
	}
	return sold, drawn
}

// after gives the states after a window's first draws in a slot that is sold so.
func (c *crowd) after(mass []float64, sold []part, draws int) []float64 {
	if len(sold) == 1 {
		return c.window(sold[0].out, draws).after(mass)
	}
	to, some := make([]float64, len(mass)), make([]float64, len(mass))
	for _, p := range sold {
		for i, x := range mass {
			some[i] = p.share * x
		}
		c.window(p.out, draws).apply(some, to, 0)
	}
	return to
}

func (c *crowd) draws(habit int, at slot) int { return min(c.assumed.Habits[habit].Draws, at.chances) }

func (c *crowd) holding(masses [][]float64) (h [gains]float64) {
	for _, mass := range masses {
		for g, n := range c.space.holding(mass) {
			h[g] += n
		}
	}
	return h
}

// alone gives the states of a player who plays so many windows on every day, with so many draws
// each at most, and has no help of others.
func (c *crowd) alone(run *course, windows, draws int) []float64 {
	mass := make([]float64, c.space.size())
	mass[0] = 1
	for d, slots := range c.calendar {
		for i, at := range slots {
			for range at.windows(windows, i, len(slots)) {
				mass = c.after(mass, run.parts[d][i], min(draws, at.chances))
			}
		}
	}
	return mass
}
