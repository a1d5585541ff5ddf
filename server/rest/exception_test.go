package rest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest"
)

func TestWhatAVersionChanges(t *testing.T) {
	cards := []game.Card{{Position: 1, Code: "one", Name: game.Text{"en": "One", "zh": "壹"}}}
	outcomes := func(weights ...int64) []game.Outcome {
		return []game.Outcome{
			{ID: "one", Kind: game.KindCard, Card: 1, Weight: weights[0]},
			{ID: "wild", Kind: game.KindWildcard, Weight: weights[1], Fallback: "one"},
			{ID: "tea", Kind: game.KindVoucher, Name: game.Text{"en": "Tea", "zh": "茶"}, Weight: weights[2]},
		}
	}
	before := game.Version{
		Odds:      game.Odds{Outcomes: outcomes(600_000_000, 100_000_000, 100_000_000), Miss: 200_000_000},
		Guarantee: &game.Guarantee{Every: 10, Weights: []int64{900_000_000, 100_000_000, 0}},
		Stocks:    []game.Stock{{Outcome: "tea", Total: 500}},
		Bonus:     &game.Bonus{EachRound: 3, Grants: 20},
	}
	for name, test := range map[string]struct {
		change func(v *game.Version)
		want   []string
	}{
		"nothing": {func(*game.Version) {}, nil},
		"odds": {func(v *game.Version) {
			v.Odds.Outcomes, v.Odds.Miss = outcomes(600_000_000, 50_000_000, 0), 350_000_000
		}, []string{"Wildcard: 10% → 5%", "Tea: 10% → 0%", "Nothing won: 20% → 35%"}},
		"stocks": {func(v *game.Version) {
			v.Stocks = []game.Stock{{Outcome: "tea", Total: 400}, {Outcome: "wild", Total: 9}}
		}, []string{"Wildcard: no limit → 9 pieces", "Tea: 500 → 400 pieces"}},
		"no stock": {func(v *game.Version) { v.Stocks = nil }, []string{"Tea: 500 pieces → no limit"}},
		"fallback": {func(v *game.Version) { v.Odds.Outcomes[1].Fallback = "tea" }, []string{"Wildcard: something else is given once it has run out"}},
		"gone":     {func(v *game.Version) { v.Guarantee = nil }, []string{"Guaranteed: one of every 10 shakes → no guarantee"}},
		"later": {func(v *game.Version) {
			v.Guarantee = &game.Guarantee{Every: 20, Weights: []int64{950_000_000, 50_000_000, 0}}
		}, []string{"Guaranteed: one of every 10 shakes → of every 20", "One, where it is guaranteed: 90% → 95%", "Wildcard, where it is guaranteed: 10% → 5%"}},
		"bonus": {func(v *game.Version) { v.Bonus = &game.Bonus{EachRound: 1} },
			[]string{"Bonus shakes of each round: 3 → 1", "Bonus shakes that may be given in a round: 20 → 0"}},
		"an outcome more": {func(v *game.Version) {
			v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: "cash", Kind: game.KindCash, Amount: 100, Weight: 1})
			v.Odds.Miss--
			v.Guarantee = &game.Guarantee{Every: 10, Weights: append(v.Guarantee.Weights[:3:3], 0)}
		}, []string{"Red packet: 0% → 0.0000001%", "Nothing won: 20% → 19.9999999%"}},
	} {
		after := before
		after.Odds.Outcomes = outcomes(600_000_000, 100_000_000, 100_000_000)
		test.change(&after)
		var got []string
		for _, text := range rest.ChangesOf(cards, &before, &after) {
			if text["zh"] == "" || text["zh"] == text["en"] {
				t.Errorf("%s: %v is not in both languages", name, text)
			}
			got = append(got, text["en"])
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := rest.ChangesOf(nil, &game.Version{}, &game.Version{Guarantee: &game.Guarantee{Every: 7}}); got[0]["zh"] != "保底：无保底 → 每 7 次必得" {
		t.Errorf("a new guarantee: %v", got)
	}
}
