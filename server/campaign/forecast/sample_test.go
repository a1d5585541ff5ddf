package forecast_test

import (
	"context"
	"math"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// odds makes a table of five cards and, where there is a sixth weight, a wildcard.
func odds(weights ...int64) game.Odds {
	o := game.Odds{Miss: game.Scale}
	for i, w := range weights {
		out := game.Outcome{ID: game.OutcomeID(rune('a' + i)), Kind: game.KindCard, Card: i + 1, Weight: w}
		if i == game.SetSize {
			out.Kind, out.Card = game.KindWildcard, 0
		}
		o.Outcomes = append(o.Outcomes, out)
		o.Miss -= w
	}
	return o
}

func outlook(t rapid.TB, o game.Odds, g *game.Guarantee, draws ...int64) *forecast.Outlook {
	t.Helper()
	out, err := forecast.Odds(context.Background(), o, g, draws)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// near says whether two numbers are the same but for a relative difference.
func near(got, want, within float64) bool {
	return math.Abs(got-want) <= within*math.Max(math.Abs(got), math.Abs(want))
}

// anyOdds draws a table of five cards and a wildcard that leaves a miss; some weights are zero.
func anyOdds(t *rapid.T) game.Odds {
	weights := make([]int64, 6)
	left := int64(game.Scale)
	for i := range weights {
		most := left / rapid.SampledFrom([]int64{2, 3, 10, 1000}).Draw(t, "part")
		weights[i] = rapid.Int64Range(0, most).Draw(t, "weight")
		left -= weights[i]
	}
	return odds(weights...)
}

// anyGuarantee draws none, or one for a table of anyOdds.
func anyGuarantee(t *rapid.T) *game.Guarantee {
	every := rapid.SampledFrom([]int{0, 2, 3, 5, 12}).Draw(t, "every")
	if every == 0 {
		return nil
	}
	w := anyOdds(t).Weights()
	w[0] = game.Scale - w[1] - w[2] - w[3] - w[4] - w[5]
	return &game.Guarantee{Every: every, Weights: w}
}

var opens = time.Date(2026, 2, 1, 20, 0, 0, 0, time.UTC)

// version makes a campaign of so many days, each a round of windows with so many chances.
func version(days, windows, chances int, o game.Odds, g *game.Guarantee) *game.Version {
	v := &game.Version{Odds: o, Guarantee: g}
	for d := range days {
		at := opens.AddDate(0, 0, d)
		v.Rounds = append(v.Rounds, game.Round{
			Number: d + 1, OpensAt: at, ClosesAt: at.AddDate(0, 0, 1), WindowSeconds: 86400 / windows, Chances: chances,
		})
	}
	return v
}

var pool = game.Pool{Amount: 100_000_00, Currency: "CNY", Split: game.SplitEqual}

// everybody comes on the first day, plays one window to its end on each, and keeps their cards.
func everybody(players int64) forecast.Assumptions {
	a := forecast.Defaults()
	a.Players, a.Arrivals, a.Active, a.Windows = players, []float64{1}, []float64{1}, 1
	a.Habits = []forecast.Habit{{Share: 1, Draws: game.MaxChances}}
	a.Gifts, a.Accounts = 0, 0
	return a
}

func forecastOf(t rapid.TB, v *game.Version, a forecast.Assumptions) *forecast.Forecast {
	t.Helper()
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	f, err := forecast.Campaign(context.Background(), pool, v, a)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func last(f *forecast.Forecast) forecast.Day { return f.Days[len(f.Days)-1] }
