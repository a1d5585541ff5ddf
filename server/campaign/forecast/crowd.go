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
	bonus    int // chances of each round beside those of its windows
}

// played is a window's first draws and what of its round's bonus comes after them, while some outcomes are
// sold out.
type played struct {
	out          pattern
	draws, bonus int
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
		chains:   map[pattern]*chain{}, windows: map[played]matrix{}, bonus: v.BonusRule().EachRound,
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

func (c *crowd) window(p played) matrix {
	if c.windows[p] == nil {
		m := c.chain(p.out).window(p.draws)
		if p.bonus > 0 {
			m = m.times(c.chain(p.out).bonus(p.bonus))
		}
		c.windows[p] = m
	}
	return c.windows[p]
}

// course is how the days went.
type course struct {
	shop   *shop
	parts  [][][]part     // by day and slot
	masses [][]float64    // players by group and state, at the end
	round  int            // that was played last
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

// groups is how many kinds of players are told apart: one for each habit, and where rounds have a bonus one
// more for each, of those who have spent that of the round.
func (c *crowd) groups() int {
	if c.bonus > 0 {
		return 2 * len(c.assumed.Habits)
	}
	return len(c.assumed.Habits)
}

// habit gives the habit of a group, and the bonus chances that it still has.
func (c *crowd) habit(group int) (h Habit, bonus int) {
	habits := c.assumed.Habits
	if group >= len(habits) {
		return habits[group-len(habits)], 0
	}
	return habits[group], c.bonus
}

// move lets those of each habit who have spent the round's bonus have one again, or the other way round.
func (c *crowd) move(masses [][]float64, spent bool) {
	n := len(c.assumed.Habits)
	for h, fresh := range masses[:len(masses)-n] {
		from, to := masses[n+h], fresh
		if spent {
			from, to = to, from
		}
		for i, x := range from {
			to[i] += x
		}
		clear(from)
	}
}

// walk goes through the days. gifts is the share of spare pieces that is given.
func (c *crowd) walk(ctx context.Context, gifts float64) (*course, error) {
	run := &course{shop: newShop(c.version)}
	for range c.groups() {
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
		if at.round != run.round {
			c.move(run.masses, false)
			c.move(playing, false)
		}
		run.round = at.round
		sold, drawn := c.draw(run.shop, playing, at)
		c.move(playing, true)
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
	for g, mass := range playing {
		players := c.space.unfinished(mass) + c.assumed.AfterSet*c.space.finished(mass)
		habit, bonus := c.habit(g)
		draws, extra := spends(habit.Draws, at, bonus)
		byOdds, owed := rules.split(draws)
		ordinary, guaranteed = ordinary+players*(byOdds+float64(extra)), guaranteed+players*owed
	}
	sold = s.sell(at, ordinary, guaranteed)
	for _, p := range sold {
		m := &c.chain(p.out).model
		for g := range drawn {
			drawn[g] += p.share * (ordinary*m.odds.gain[g] + guaranteed*m.guaranteed.gain[g])
		}
	}
	for g := range playing {
		habit, bonus := c.habit(g)
		draws, extra := spends(habit.Draws, at, bonus)
		playing[g] = c.after(playing[g], sold, draws, extra)
	}
	return sold, drawn
}

// after gives the states after a window's first draws, and so much of a bonus, in a slot that is sold so.
func (c *crowd) after(mass []float64, sold []part, draws, bonus int) []float64 {
	if len(sold) == 1 {
		return c.window(played{sold[0].out, draws, bonus}).after(mass)
	}
	to, some := make([]float64, len(mass)), make([]float64, len(mass))
	for _, p := range sold {
		for i, x := range mass {
			some[i] = p.share * x
		}
		c.window(played{p.out, draws, bonus}).apply(some, to, 0)
	}
	return to
}

// spends gives how many chances of a window somebody spends who makes so many draws of it, and how many of
// the bonus that they still have: it comes after the window's, as in the game.
func spends(draws int, at slot, bonus int) (window, extra int) {
	if draws == game.MaxChances {
		return at.chances, bonus
	}
	window = min(draws, at.chances)
	return window, min(draws-window, bonus)
}

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
	round, rounds := 0, 0
	for d, slots := range c.calendar {
		for i, at := range slots {
			n := at.windows(windows, i, len(slots))
			rounds, round = at.bonuses(n, round)
			for w := range n {
				bonus := 0
				if w < rounds {
					bonus = c.bonus
				}
				draws, extra := spends(draws, at, bonus)
				mass = c.after(mass, run.parts[d][i], draws, extra)
			}
		}
	}
	return mass
}
