package forecast

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// Simulation says how the simulated crowd is played. The same seed gives the same figures.
type Simulation struct {
	Players int    // of a run: a sample of the crowd, scaled up
	Runs    int    // independent ones
	Seed    uint64 // of a PCG generator; run r has the stream r
}

// DefaultSimulation takes some seconds for a campaign of a week.
func DefaultSimulation() Simulation { return Simulation{Players: 10_000, Runs: 20, Seed: 1} }

// Simulated is what a simulated crowd did, scaled up to all players.
type Simulated struct {
	Players  int              `json:"players"` // of a run
	Runs     int              `json:"runs"`
	Seed     uint64           `json:"seed"`
	Finished Interval         `json:"finished"`
	Share    Interval         `json:"share"` // of one winner, minor units; of a random split on average
	Days     []Interval       `json:"days"`  // finished, by day
	Stocks   []SimulatedStock `json:"stocks"`
	Sets     Interval         `json:"account_sets"` // that the accounts in one hand make together
	Gain     Interval         `json:"account_gain"` // minor units
}

// SimulatedStock is what became of a limited outcome.
type SimulatedStock struct {
	Outcome game.OutcomeID `json:"outcome"`
	Given   Interval       `json:"given"`
	Dry     int            `json:"dry_runs"` // in how many runs a draw found none
	DryAt   Interval       `json:"dry_at"`   // when it first did, over these runs, in days from the opening
}

// Interval is the mean of a figure over the runs, the bounds within which the true mean lies with
// 95 % by Student's distribution, and the least and the most of all runs.
type Interval struct {
	Mean  float64 `json:"mean"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
}

func newInterval(xs []float64) Interval {
	if len(xs) == 0 {
		return Interval{}
	}
	i := Interval{Mean: sum(xs) / float64(len(xs)), Least: slices.Min(xs), Most: slices.Max(xs)}
	squares := 0.0
	for _, x := range xs {
		squares += (x - i.Mean) * (x - i.Mean)
	}
	half := 0.0
	if n := float64(len(xs)); n > 1 {
		half = student(n-1) * math.Sqrt(squares/(n-1)/n)
	}
	i.Low, i.High = i.Mean-half, i.Mean+half
	return i
}

// student gives the 97.5 % quantile of Student's distribution by the expansion of Cornish and
// Fisher (Abramowitz and Stegun 26.7.5), which is good to three digits from five runs on.
func student(freedom float64) float64 {
	const z = 1.959963984540054
	return z + (math.Pow(z, 3)+z)/(4*freedom) +
		(5*math.Pow(z, 5)+16*math.Pow(z, 3)+3*z)/(96*freedom*freedom) +
		(3*math.Pow(z, 7)+19*math.Pow(z, 5)+17*math.Pow(z, 3)-15*z)/(384*math.Pow(freedom, 3))
}

func (s Simulation) check() error {
	var c checks
	c.between("simulation.players", float64(s.Players), 1, 1_000_000)
	c.between("simulation.runs", float64(s.Runs), 5, 1000)
	return c.err()
}

// Simulate plays a campaign with a simulated crowd, draw by draw. progress is called after each run
// with how many of all are done; nil: nobody listens.
// Codes: as Campaign, and invalid for simulation.players and simulation.runs.
func Simulate(ctx context.Context, pool game.Pool, v *game.Version, a Assumptions, s Simulation, progress func(done, runs int)) (*Simulated, error) {
	if err := check(v, a); err != nil {
		return nil, err
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	c := newCrowd(v, a)
	out := &Simulated{Players: int(min(int64(s.Players), a.Players)), Runs: s.Runs, Seed: s.Seed, Days: []Interval{}, Stocks: []SimulatedStock{}}
	var runs []*run
	for n := range s.Runs {
		r := newRun(c, rand.New(rand.NewPCG(s.Seed, uint64(n))), out.Players)
		if err := r.play(ctx); err != nil {
			return nil, fmt.Errorf("forecast: simulate the crowd: %w", err)
		}
		runs = append(runs, r)
		if progress != nil {
			progress(n+1, s.Runs)
		}
	}
	out.gather(c, pool, runs)
	return out, nil
}

// gather makes intervals of what the runs gave.
func (s *Simulated) gather(c *crowd, pool game.Pool, runs []*run) {
	over := func(of func(r *run) float64) Interval {
		xs := make([]float64, len(runs))
		for i, r := range runs {
			xs[i] = of(r)
		}
		return newInterval(xs)
	}
	last := len(c.calendar) - 1
	winners := func(r *run) int64 { return int64(math.Round(c.assumed.Redeem * r.finished[last])) }
	for d := range c.calendar {
		s.Days = append(s.Days, over(func(r *run) float64 { return r.finished[d] }))
	}
	s.Finished = s.Days[last]
	s.Share = over(func(r *run) float64 { return float64(Share(pool, winners(r))) })
	s.Sets = over(func(r *run) float64 { return r.sets })
	s.Gain = over(func(r *run) float64 { return float64(gain(pool, winners(r), r.sets)) })
	for i, stock := range c.version.Stocks {
		of := SimulatedStock{Outcome: stock.Outcome, Given: over(func(r *run) float64 { return float64(r.given[i]) * r.scale })}
		var dry []float64
		for _, r := range runs {
			if at := r.dryAt[i]; at >= 0 {
				dry = append(dry, at)
			}
		}
		of.Dry, of.DryAt = len(dry), newInterval(dry)
		s.Stocks = append(s.Stocks, of)
	}
}
