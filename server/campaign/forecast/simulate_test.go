package forecast_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// TestAgainstTheSimulation plays campaigns both ways. They share no code of drawing: what is
// computed goes by matrices, what is simulated draw by draw.
func TestAgainstTheSimulation(t *testing.T) {
	spring := odds(110_000_000, 110_000_000, 110_000_000, 110_000_000, 20_000_000, 5_000_000)
	owed := &game.Guarantee{Every: 12, Weights: []int64{250_000_000, 250_000_000, 250_000_000, 200_000_000, 0, 50_000_000}}
	scarce := func(total int64) []game.Stock {
		return []game.Stock{{Outcome: "e", Total: total, Releases: []game.Release{
			{At: opens, Released: total / 2}, {At: opens.Add(24 * time.Hour), Released: total},
		}}}
	}
	usual := forecast.Defaults()
	usual.Players, usual.Gifts = 5000, 0
	with := func(change func(a *forecast.Assumptions)) forecast.Assumptions {
		a := usual
		change(&a)
		return a
	}
	for _, c := range []struct {
		name   string
		odds   game.Odds
		owed   *game.Guarantee
		stocks []game.Stock
		assume forecast.Assumptions
	}{
		{"plain", rare(20_000_000), nil, nil, usual},
		{"no misses", odds(even, even, even, even, even), nil, nil, with(func(a *forecast.Assumptions) { a.Windows = 1 })},
		{"guarantee and wildcards", spring, owed, nil, usual},
		{"mostly the guarantee", odds(10_000_000, 10_000_000, 10_000_000, 10_000_000, 3_000_000, 2_000_000), owed, nil, usual},
		{"a stock in the guarantee", limited(odds(10_000_000, 10_000_000, 10_000_000, 10_000_000, 3_000_000, 2_000_000), "a"),
			&game.Guarantee{Every: 20, Weights: []int64{even, even, even, even, even, 0}}, scarce(4000), with(func(a *forecast.Assumptions) { a.Gifts = 0.05 })},
		{"a guarantee of two", odds(150_000_000, 150_000_000, 150_000_000, 50_000_000, 0, 0),
			&game.Guarantee{Every: 2, Weights: []int64{even, even, even, 390_000_000, 10_000_000, 0}}, nil, usual},
		{"a stock with a fallback", limited(spring, "a"), owed, scarce(2000), usual},
		{"a stock that is gone soon", limited(rare(20_000_000), ""), nil, scarce(300), usual},
		{"gifts", rare(5_000_000), nil, nil, with(func(a *forecast.Assumptions) { a.Gifts = 0.5 })},
		{"all gifts, two scarce cards", odds(300_000_000, 300_000_000, 200_000_000, 5_000_000, 4_000_000, 1_000_000), nil, nil, with(func(a *forecast.Assumptions) { a.Gifts = 1 })},
		{"gifts, stock, some stop", limited(spring, "b"), owed, scarce(1500), with(func(a *forecast.Assumptions) { a.Gifts, a.AfterSet = 0.3, 0.4 })},
		{"a sample", rare(20_000_000), nil, scarce(50_000), with(func(a *forecast.Assumptions) { a.Players = 1_000_000 })},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := version(4, 3, 60, c.odds, c.owed)
			v.Stocks = c.stocks
			f := forecastOf(t, v, c.assume)
			s, err := forecast.Simulate(t.Context(), pool, v, c.assume, forecast.Simulation{Players: 5000, Runs: 20, Seed: 7}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for d, day := range f.Days {
				within(t, "finished by a day", day.Finished, s.Days[d])
			}
			for i, stock := range f.Stocks {
				within(t, "given of a stock", stock.Given, s.Stocks[i].Given)
				if dry := s.Stocks[i]; (stock.DryAt != nil) != (dry.Dry > 10) {
					t.Errorf("dry at %v, in %d runs of 20", stock.DryAt, dry.Dry)
				} else if stock.DryAt != nil {
					within(t, "dry at", *stock.DryAt, dry.DryAt)
				}
			}
			if most := f.Accounts.AtMost; s.Sets.Low > most+1e-9 || s.Sets.Mean < f.Accounts.Finished*0.9 {
				t.Errorf("sets of the accounts: %+v, at most %v, each by itself %v", s.Sets, most, f.Accounts.Finished)
			}
		})
	}
}

// within takes the interval of 99.9 %, for there are some fifty figures, and what rounding to whole
// players and pieces makes.
func within(t *testing.T, name string, want float64, i forecast.Interval) {
	t.Helper()
	const wider = 3.883 / 2.093 // of Student's distribution with 19 degrees of freedom
	if half := wider*(i.High-i.Mean) + 0.002*want; want < i.Mean-half || want > i.Mean+half {
		t.Errorf("%s: computed %v, simulated %+v", name, want, i)
	}
}

func TestSimulationIsRepeated(t *testing.T) {
	v := version(2, 2, 24, limited(rare(20_000_000), "a"), nil)
	v.Stocks = []game.Stock{{Outcome: "e", Total: 100}}
	a := forecast.Defaults()
	a.Players = 300
	simulate := func(seed uint64) *forecast.Simulated {
		var told []int
		s, err := forecast.Simulate(t.Context(), pool, v, a, forecast.Simulation{Players: 1000, Runs: 5, Seed: seed},
			func(done, runs int) { told = append(told, done, runs) })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int{1, 5, 2, 5, 3, 5, 4, 5, 5, 5}, told); diff != "" || s.Players != 300 {
			t.Errorf("%d players, told (-want +got):\n%s", s.Players, diff)
		}
		return s
	}
	one, two, other := simulate(3), simulate(3), simulate(4)
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("the same seed (-first +second):\n%s", diff)
	}
	if cmp.Equal(one.Days, other.Days) {
		t.Error("another seed gave the same")
	}
}

// TestSimulationIsStopped: nobody waits for a forecast that nobody wants any more.
func TestSimulationIsStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	v := version(2, 2, 24, rare(20_000_000), nil)
	runs := 0
	_, err := forecast.Simulate(ctx, pool, v, forecast.Defaults(), forecast.Simulation{Players: 100, Runs: 50, Seed: 1},
		func(int, int) { runs++; cancel() })
	if !errors.Is(err, context.Canceled) || runs != 1 {
		t.Errorf("%v after %d runs", err, runs)
	}
}
