package game_test

import (
	"slices"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

// promised is a version of five cards with a wildcard, a packet, a limited card, a guarantee and bonus chances.
func promised() game.Version {
	v := twoRounds()
	v.Odds = game.Odds{Miss: 500_000_000, Outcomes: []game.Outcome{
		{ID: "c1", Kind: game.KindCard, Card: 1, Weight: 100_000_000},
		{ID: "c2", Kind: game.KindCard, Card: 2, Weight: 100_000_000},
		{ID: "c3", Kind: game.KindCard, Card: 3, Weight: 100_000_000},
		{ID: "c4", Kind: game.KindCard, Card: 4, Weight: 100_000_000},
		{ID: "c5", Kind: game.KindCard, Card: 5, Weight: 10_000_000, Fallback: "c1"},
		{ID: "wild", Kind: game.KindWildcard, Weight: 40_000_000},
		{ID: "packet", Kind: game.KindCash, Amount: 88, Weight: 50_000_000},
	}}
	v.Stocks = []game.Stock{{Outcome: "c5", Total: 100}, {Outcome: "packet", Total: 100}}
	v.Guarantee = &game.Guarantee{Every: 10, Weights: []int64{250_000_000, 250_000_000, 250_000_000, 250_000_000, 0, 0, 0}}
	v.Bonus = &game.Bonus{EachRound: 3, Grants: 2}
	for i := range v.Rounds {
		v.Rounds[i].Chances = 100
	}
	return v
}

func TestFavour(t *testing.T) {
	move := func(v *game.Version, from, to int, weight int64) {
		v.Odds.Outcomes[from].Weight -= weight
		v.Odds.Outcomes[to].Weight += weight
	}
	for name, test := range map[string]struct {
		change func(v *game.Version)
		fields []string // none: it is in the players' favour
	}{
		"the same":        {func(*game.Version) {}, nil},
		"more of a card":  {func(v *game.Version) { v.Odds.Outcomes[4].Weight++; v.Odds.Miss-- }, nil},
		"more stock":      {func(v *game.Version) { v.Stocks[0].Total++ }, nil},
		"another outcome": {func(v *game.Version) { another(v, "more", 1); v.Odds.Miss-- }, nil},
		"a sooner guarantee that gives less of some": {func(v *game.Version) { v.Guarantee.Every = 5 }, []string{"guarantee.weights.4", "guarantee.weights.5", "guarantee.weights.6"}},
		"a sooner guarantee that gives more of all": {func(v *game.Version) {
			v.Guarantee.Every = 5
			v.Guarantee.Weights = []int64{250_000_000, 250_000_000, 250_000_000, 150_000_000, 10_000_000, 40_000_000, 50_000_000}
		}, []string{"guarantee.weights.3"}},
		"no guarantee":           {func(v *game.Version) { v.Guarantee = nil }, []string{"guarantee.every"}},
		"a card by another name": {func(v *game.Version) { another(v, "more", 30); v.Odds.Outcomes[0].Weight -= 30 }, nil},
		"less of a card":         {func(v *game.Version) { move(v, 4, 0, 1) }, []string{"outcomes.4.weight"}},
		"a card for a wildcard":  {func(v *game.Version) { move(v, 0, 5, 1) }, []string{"outcomes.0.weight"}},
		"from what is free to what may run out": {func(v *game.Version) {
			another(v, "more", 30)
			v.Stocks = append(v.Stocks, game.Stock{Outcome: "more", Total: 5})
			v.Odds.Outcomes[0].Weight -= 30
		}, []string{"outcomes.0.weight"}},
		"less of a prize":   {func(v *game.Version) { move(v, 6, 0, 1) }, []string{"outcomes.6.weight"}},
		"more misses":       {func(v *game.Version) { v.Odds.Outcomes[5].Weight--; v.Odds.Miss++ }, []string{"outcomes.5.weight", "miss"}},
		"a limit":           {func(v *game.Version) { v.Stocks = append(v.Stocks, game.Stock{Outcome: "c2", Total: 1_000_000}) }, []string{"outcomes.1.weight", "outcomes.1.stock"}},
		"another fallback":  {func(v *game.Version) { v.Odds.Outcomes[4].Fallback = "c2" }, []string{"outcomes.4.fallback"}},
		"no fallback":       {func(v *game.Version) { v.Odds.Outcomes[4].Fallback = "" }, []string{"outcomes.4.fallback"}},
		"a later guarantee": {func(v *game.Version) { v.Guarantee.Every = 20 }, []string{"guarantee.every"}},
		"another second list": {func(v *game.Version) {
			v.Guarantee.Weights[0]--
			v.Guarantee.Weights[1]++
		}, []string{"guarantee.weights.0"}},
		"more bonus chances":        {func(v *game.Version) { v.Bonus = &game.Bonus{EachRound: 4, Grants: 2} }, nil},
		"fewer bonus chances":       {func(v *game.Version) { v.Bonus = &game.Bonus{EachRound: 2, Grants: 9} }, []string{"bonus.each_round"}},
		"fewer that may be granted": {func(v *game.Version) { v.Bonus = &game.Bonus{EachRound: 9, Grants: 1} }, []string{"bonus.grants"}},
		"no bonus chances any more": {func(v *game.Version) { v.Bonus = nil }, []string{"bonus.each_round", "bonus.grants"}},
	} {
		before, after := promised(), promised()
		test.change(&after)
		err := before.CheckFavour(&after)
		var fields []string
		for _, f := range game.FieldsOf(err) {
			fields = append(fields, f.Name)
		}
		if !slices.Equal(fields, test.fields) || (err != nil) != (game.CodeOf(err) == game.CodeExceptionNeeded) {
			t.Errorf("%s: %v, want %v", name, err, test.fields)
		}
	}
}

// A guarantee where there was none is in the players' favour where it gives each thing no less.
func TestFirstGuarantee(t *testing.T) {
	before, after := promised(), promised()
	before.Guarantee = nil
	if err := before.CheckFavour(&after); game.CodeOf(err) != game.CodeExceptionNeeded {
		t.Errorf("one that never gives the scarce card: %v", err)
	}
	after.Guarantee.Weights = []int64{225_000_000, 225_000_000, 225_000_000, 225_000_000, 10_000_000, 40_000_000, 50_000_000}
	if err := before.CheckFavour(&after); err != nil {
		t.Errorf("one that gives more of all: %v", err)
	}
}

// another adds an outcome of card 1.
func another(v *game.Version, id game.OutcomeID, weight int64) {
	v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: id, Kind: game.KindCard, Card: 1, Weight: weight})
	v.Guarantee.Weights = append(v.Guarantee.Weights, 0)
}
