package forecast_test

import (
	"context"
	"math"

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
