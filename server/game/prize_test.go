package game_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// withPrizes is five with 50 packets of 88 and 8 vouchers, for whom card 1 steps in.
func withPrizes() game.Version {
	v := five()
	v.Odds.Outcomes = append(slices.Clone(v.Odds.Outcomes),
		game.Outcome{ID: "packet", Kind: game.KindCash, Amount: 88, Weight: 3_000_000},
		game.Outcome{ID: "tea", Kind: game.KindVoucher, Name: game.Text{"en": "A cup of tea"}, Weight: 1_000_000, Fallback: "c1"})
	v.Odds.Miss -= 4_000_000
	v.Guarantee = nil
	v.Stocks = append(slices.Clone(v.Stocks),
		game.Stock{Outcome: "packet", Total: 50}, game.Stock{Outcome: "tea", Total: 8})
	return v
}

func TestPrizesAreChecked(t *testing.T) {
	const packet, tea = 6, 7 // where they stand in the table
	for name, test := range map[string]struct {
		change func(v *game.Version)
		code   game.Code
		fields []string
	}{
		"as they are": {func(*game.Version) {}, "", nil},
		"without a stock": {func(v *game.Version) { v.Stocks = v.Stocks[:1] },
			game.CodeStockInvalid, []string{"outcomes.6.stock", "outcomes.7.stock"}},
		"without an amount": {func(v *game.Version) { v.Odds.Outcomes[packet].Amount = 0 },
			game.CodeInvalid, []string{"outcomes.6.amount"}},
		"a debt": {func(v *game.Version) { v.Odds.Outcomes[packet].Amount = -1 },
			game.CodeInvalid, []string{"outcomes.6.amount"}},
		"a fortune": {func(v *game.Version) { v.Odds.Outcomes[packet].Amount = game.MaxPrize + 1 },
			game.CodeInvalid, []string{"outcomes.6.amount"}},
		"a voucher with an amount": {func(v *game.Version) { v.Odds.Outcomes[tea].Amount = 5 },
			game.CodeInvalid, []string{"outcomes.7.amount"}},
		"a card with an amount": {func(v *game.Version) { v.Odds.Outcomes[0].Amount = 5 },
			game.CodeInvalid, []string{"outcomes.0.amount"}},
		"a card with a name": {func(v *game.Version) { v.Odds.Outcomes[0].Name = game.Text{"en": "Luck"} },
			game.CodeInvalid, []string{"outcomes.0.name"}},
		"a packet with a card": {func(v *game.Version) { v.Odds.Outcomes[packet].Card = 1 },
			game.CodeCardUnknown, []string{"outcomes.6.card"}},
		"a prize for another": {func(v *game.Version) { v.Odds.Outcomes[packet].Fallback = "tea" },
			game.CodeInvalid, []string{"outcomes.6.fallback"}},
		"the most there may be": {func(v *game.Version) {
			v.Odds.Outcomes[packet].Amount, v.Stocks[1].Total = game.MaxPrize, game.MaxBudget/game.MaxPrize
		}, "", nil},
		"more than there may be": {func(v *game.Version) {
			v.Odds.Outcomes[packet].Amount, v.Stocks[1].Total = game.MaxPrize, game.MaxBudget/game.MaxPrize+1
		}, game.CodeStockInvalid, []string{"outcomes.6.amount"}},
		"more than can be counted": {func(v *game.Version) {
			v.Odds.Outcomes[packet].Amount, v.Stocks[1].Total = game.MaxPrize, 1<<62
		}, game.CodeStockInvalid, []string{"stocks.1.total", "outcomes.6.amount"}},
	} {
		v := withPrizes()
		test.change(&v)
		err := v.Check()
		var fields []string
		for _, f := range game.FieldsOf(err) {
			fields = append(fields, f.Name)
		}
		if diff := cmp.Diff(test.fields, fields); diff != "" || game.CodeOf(err) != test.code {
			t.Errorf("%s: %v, fields (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestBudget(t *testing.T) {
	v := withPrizes()
	v.Odds.Outcomes[0] = game.Outcome{ID: "big", Kind: game.KindCash, Amount: 20_000}
	v.Stocks = append(v.Stocks, game.Stock{Outcome: "big", Total: 3})
	want := game.Budget{Total: 50*88 + 60_000, Of: map[game.OutcomeID]int64{"packet": 50 * 88, "big": 60_000}}
	if diff := cmp.Diff(want, v.Budget()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	without := five()
	if diff := cmp.Diff(game.Budget{Of: map[game.OutcomeID]int64{}}, without.Budget()); diff != "" {
		t.Errorf("without prizes (-want +got):\n%s", diff)
	}
}

// Whatever is drawn, what is booked never costs more than the budget.
func TestBudgetIsNeverExceeded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		v := withPrizes()
		v.Stocks[1].Total = rapid.Int64Range(1, 40).Draw(rt, "total")
		v.Odds.Outcomes[6].Amount = rapid.Int64Range(1, game.MaxPrize).Draw(rt, "amount")
		var pieces []int64
		row := game.StockRow{}
		for ; row.Row < game.StockRows; row.Row++ {
			serials, _ := row.Take(1000, v.Stocks[1].Total)
			pieces = append(pieces, serials...)
		}
		serials, album, cost := game.Serials{"packet": pieces}, game.Album{}, int64(0)
		for i := range rapid.IntRange(0, 80).Draw(rt, "draws") {
			e, err := game.BookWin(&v, win("packet", i+1), serials, &album, start)
			if err != nil {
				rt.Fatal(err)
			}
			cost += e.Amount
		}
		if budget := v.Budget().Total; cost > budget {
			rt.Fatalf("cost %d of %d", cost, budget)
		}
	})
}

func TestPrizeKeepsItsAmount(t *testing.T) {
	v, next := withPrizes(), withPrizes()
	next.Odds.Outcomes[7].Name = game.Text{"en": "A cup of green tea"}
	if err := v.CheckSuccessor(&next); err != nil {
		t.Errorf("another name: %v", err)
	}
	next.Odds.Outcomes[6].Amount = 188
	if err := v.CheckSuccessor(&next); game.CodeOf(err) != game.CodeChangeRefused {
		t.Errorf("another amount: %v", err)
	}
}

func TestCheckCodes(t *testing.T) {
	v := withPrizes()
	if err := v.CheckCodes(map[game.OutcomeID]int64{"tea": 8}); err != nil {
		t.Error(err)
	}
	err := v.CheckCodes(map[game.OutcomeID]int64{"tea": 7, "coffee": 9})
	want := []game.Field{{Name: "outcomes.7.codes", Reason: game.ReasonLess, Want: "8"}}
	if diff := cmp.Diff(want, game.FieldsOf(err)); diff != "" || game.CodeOf(err) != game.CodeStockInvalid {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestNewCodes(t *testing.T) {
	fresh, err := game.NewCodes([]string{"b", " a\r", "known", "b", "福 1"}, map[string]bool{"known": true})
	if diff := cmp.Diff([]string{"b", "a", "福 1"}, fresh); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	_, err = game.NewCodes([]string{"a", "", strings.Repeat("x", game.MaxCode+1), "a\x00b", "\xff"}, nil)
	var fields []string
	for _, f := range game.FieldsOf(err) {
		fields = append(fields, f.Name+" "+string(f.Reason))
	}
	want := []string{"codes.1 required", "codes.2 range", "codes.3 format", "codes.4 format"}
	if diff := cmp.Diff(want, fields); diff != "" || game.CodeOf(err) != game.CodeInvalid {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// What has no prizes is written as it was before there were any: its hash is public.
func TestDocumentWithoutPrizes(t *testing.T) {
	document, err := json.Marshal(five())
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"amount", "name"} {
		if strings.Contains(string(document), `"`+word+`"`) {
			t.Errorf("%s is in %s", word, document)
		}
	}
}
