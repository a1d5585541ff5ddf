package forecast_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// spring is like the sample campaign: wildcards, a guarantee, a limited card; so many days.
func spring(days int) *game.Version {
	o := limited(odds(110_000_000, 110_000_000, 110_000_000, 110_000_000, 20_000_000, 5_000_000), "c")
	g := &game.Guarantee{Every: 12, Weights: []int64{250_000_000, 250_000_000, 250_000_000, 250_000_000, 0, 0}}
	v := version(days, 2880, 120, o, g)
	v.Stocks = []game.Stock{{Outcome: "e", Total: 10_000, Releases: []game.Release{
		{At: opens, Released: 4000}, {At: opens.Add(24 * time.Hour), Released: 7000}, {At: opens.Add(72 * time.Hour), Released: 10_000},
	}}}
	return v
}

func BenchmarkOdds(b *testing.B) {
	for _, c := range []struct {
		name string
		odds game.Odds
		owed *game.Guarantee
	}{
		{"cards", odds(300_000_000, 300_000_000, 250_000_000, 140_000_000, 10_000_000), nil},
		{"wildcards", spring(1).Odds, nil},
		{"guarantee", spring(1).Odds, spring(1).Guarantee},
		{"guarantee of 256", spring(1).Odds, &game.Guarantee{Every: 256, Weights: spring(1).Guarantee.Weights}},
		{"a part per billion", odds(1, 1, 1, 1, 1, 1), nil},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := forecast.Odds(b.Context(), c.odds, c.owed, []int64{10, 50, 1000}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCampaign(b *testing.B) {
	for _, days := range []int{7, 60} {
		b.Run(plural(days), func(b *testing.B) {
			v, a := spring(days), forecast.Defaults()
			for b.Loop() {
				if _, err := forecast.Campaign(b.Context(), pool, v, a); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func plural(days int) string { return time.Duration(days * 24 * int(time.Hour)).String() }

func BenchmarkSimulate(b *testing.B) {
	v, a := spring(7), forecast.Defaults()
	s := forecast.DefaultSimulation()
	s.Runs = 5
	for b.Loop() {
		if _, err := forecast.Simulate(b.Context(), pool, v, a, s, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*s.Runs), "ms/run")
}
