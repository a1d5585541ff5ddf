package game_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestVersionCheck(t *testing.T) {
	for name, test := range map[string]struct {
		change func(v *game.Version)
		code   game.Code
		fields []string
	}{
		"as it is":         {func(v *game.Version) {}, "", nil},
		"no guarantee":     {func(v *game.Version) { v.Guarantee = nil }, "", nil},
		"no stock":         {func(v *game.Version) { v.Stocks = nil }, "", nil},
		"bad odds":         {func(v *game.Version) { v.Odds.Miss = 0 }, game.CodeOddsSum, []string{"odds"}},
		"every 1":          {func(v *game.Version) { v.Guarantee.Every = 1 }, game.CodeInvalid, []string{"guarantee.every"}},
		"every 257":        {func(v *game.Version) { v.Guarantee.Every = 257 }, game.CodeInvalid, []string{"guarantee.every", "rounds.0.chances"}},
		"every 0":          {func(v *game.Version) { v.Guarantee.Every = 0 }, game.CodeInvalid, []string{"guarantee.every"}},
		"K is no multiple": {func(v *game.Version) { v.Guarantee.Every = 50 }, game.CodeInvalid, []string{"rounds.0.chances"}},
		"guarantee misses": {func(v *game.Version) { v.Guarantee.Weights[0]-- }, game.CodeOddsSum, []string{"guarantee.weights"}},
		"guarantee negative": {func(v *game.Version) { v.Guarantee.Weights[1]--; v.Guarantee.Weights[2]++ },
			game.CodeWeightInvalid, []string{"guarantee.weights.1"}},
		"guarantee of too few": {func(v *game.Version) { v.Guarantee.Weights = []int64{game.Scale} },
			game.CodeInvalid, []string{"guarantee.weights"}},
		"no rounds":    {func(v *game.Version) { v.Rounds = nil }, game.CodeInvalid, []string{"rounds"}},
		"round number": {func(v *game.Version) { v.Rounds[0].Number = 0 }, game.CodeInvalid, []string{"rounds.0.number"}},
		"round without time": {func(v *game.Version) { v.Rounds[0].ClosesAt = start },
			game.CodeInvalid, []string{"rounds.0.closes_at"}},
		"round backwards": {func(v *game.Version) { v.Rounds[0].ClosesAt = at(-time.Hour) },
			game.CodeInvalid, []string{"rounds.0.closes_at"}},
		"windows do not fit": {func(v *game.Version) { v.Rounds[0].ClosesAt = at(90 * time.Second) },
			game.CodeInvalid, []string{"rounds.0.closes_at"}},
		"no window": {func(v *game.Version) { v.Rounds[0].WindowSeconds = 0 },
			game.CodeInvalid, []string{"rounds.0.window_seconds"}},
		"window of a month": {func(v *game.Version) { v.Rounds[0].WindowSeconds = 30 * 86400 },
			game.CodeInvalid, []string{"rounds.0.window_seconds"}},
		"K 0":              {func(v *game.Version) { v.Rounds[0].Chances = 0 }, game.CodeInvalid, []string{"rounds.0.chances"}},
		"K ahead of rate":  {func(v *game.Version) { v.Rounds[0].Chances = 360 }, game.CodeInvalid, []string{"rounds.0.chances"}},
		"K as rate allows": {func(v *game.Version) { v.Rounds[0].Chances = 300 }, "", nil},
		"K absurd": {func(v *game.Version) { v.Rounds[0].TapsPerSecond, v.Rounds[0].Chances = 0, 120_000 },
			game.CodeInvalid, []string{"rounds.0.chances"}},
		"rate negative": {func(v *game.Version) { v.Rounds[0].TapsPerSecond = -1 },
			game.CodeInvalid, []string{"rounds.0.taps_per_second"}},
		"rounds overlap": {func(v *game.Version) {
			r := evening()
			r.Number, r.OpensAt, r.ClosesAt = 2, at(time.Minute), at(4*time.Minute)
			v.Rounds = append(v.Rounds, r)
		}, game.CodeInvalid, []string{"rounds.1.opens_at"}},
		"rounds touch": {func(v *game.Version) {
			r := evening()
			r.Number, r.OpensAt, r.ClosesAt = 2, at(3*time.Minute), at(6*time.Minute)
			v.Rounds = append(v.Rounds, r)
		}, "", nil},
		"stock of nothing": {func(v *game.Version) { v.Stocks[0].Outcome = "c9" },
			game.CodeStockInvalid, []string{"stocks.0.outcome"}},
		"stock twice": {func(v *game.Version) { v.Stocks = append(v.Stocks, v.Stocks[0]) },
			game.CodeStockInvalid, []string{"stocks.1.outcome"}},
		"stock 0": {func(v *game.Version) { v.Stocks[0] = game.Stock{Outcome: "c5"} },
			game.CodeStockInvalid, []string{"stocks.0.total"}},
		"stock negative": {func(v *game.Version) { v.Stocks[0] = game.Stock{Outcome: "c5", Total: -5} },
			game.CodeStockInvalid, []string{"stocks.0.total"}},
		"stock absurd": {func(v *game.Version) { v.Stocks[0] = game.Stock{Outcome: "c5", Total: game.MaxStock + 1} },
			game.CodeStockInvalid, []string{"stocks.0.total"}},
		"release taken back": {func(v *game.Version) { v.Stocks[0].Releases[1].Released = 39 },
			game.CodeStockInvalid, []string{"stocks.0.releases", "stocks.0.releases"}},
		"release negative": {func(v *game.Version) { v.Stocks[0].Releases[0].Released = -1 },
			game.CodeStockInvalid, []string{"stocks.0.releases"}},
		"releases not in order": {func(v *game.Version) { v.Stocks[0].Releases[1].At = start },
			game.CodeStockInvalid, []string{"stocks.0.releases"}},
		"not all is released": {func(v *game.Version) { v.Stocks[0].Releases[1].Released = 99 },
			game.CodeStockInvalid, []string{"stocks.0.releases"}},
	} {
		t.Run(name, func(t *testing.T) { refused(t, test.change, test.code, test.fields) })
	}
}

// refused checks that a version is refused after a change, by a code and of the fields that it names.
func refused(t *testing.T, change func(*game.Version), want game.Code, named []string) {
	t.Helper()
	v := five()
	change(&v)
	err := v.Check()
	if code := game.CodeOf(err); code != want {
		t.Errorf("code %q, want %q (%v)", code, want, err)
	}
	if diff := cmp.Diff(named, fields(err)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

func TestCheckSuccessor(t *testing.T) {
	for name, test := range map[string]struct {
		change func(v *game.Version)
		fields []string
	}{
		"the same":        {func(v *game.Version) {}, nil},
		"other odds":      {func(v *game.Version) { v.Odds.Outcomes[0].Weight, v.Odds.Miss = 0, 694_000_000 }, nil},
		"other guarantee": {func(v *game.Version) { v.Guarantee = nil }, nil},
		"times in another zone": {func(v *game.Version) {
			v.Rounds[0].OpensAt = v.Rounds[0].OpensAt.In(time.FixedZone("CST", 8*3600))
		}, nil},
		"a round more": {func(v *game.Version) { v.Rounds = append(v.Rounds, evening()) }, []string{"rounds"}},
		"a later end":  {func(v *game.Version) { v.Rounds[0].ClosesAt = at(4 * time.Minute) }, []string{"rounds.0"}},
		"another K":    {func(v *game.Version) { v.Rounds[0].Chances = 60 }, []string{"rounds.0"}},
		"more stock": {func(v *game.Version) {
			v.Stocks[0].Total, v.Stocks[0].Releases[1].Released = 200, 200
		}, nil},
		"less stock": {func(v *game.Version) {
			v.Stocks[0].Total, v.Stocks[0].Releases[1].Released = 99, 99
		}, []string{"stocks.c5"}},
		"no stock":         {func(v *game.Version) { v.Stocks = nil }, []string{"stocks.c5"}},
		"a stock more":     {func(v *game.Version) { v.Stocks = append(v.Stocks, game.Stock{Outcome: "c1", Total: 9}) }, nil},
		"sooner released":  {func(v *game.Version) { v.Stocks[0].Releases[1].At = at(time.Second) }, nil},
		"all released":     {func(v *game.Version) { v.Stocks[0].Releases = nil }, nil},
		"later released":   {func(v *game.Version) { v.Stocks[0].Releases[0].At = at(time.Second) }, []string{"stocks.c5"}},
		"fewer released":   {func(v *game.Version) { v.Stocks[0].Releases[0].Released = 39 }, []string{"stocks.c5"}},
		"another card":     {func(v *game.Version) { v.Odds.Outcomes[0].Card = 2 }, []string{"outcomes.0.id"}},
		"another kind":     {func(v *game.Version) { v.Odds.Outcomes[5].Kind = game.KindCard }, []string{"outcomes.5.id"}},
		"an outcome less":  {func(v *game.Version) { v.Odds.Outcomes = v.Odds.Outcomes[:5] }, nil},
		"another order":    {func(v *game.Version) { o := v.Odds.Outcomes; o[0], o[1] = o[1], o[0] }, nil},
		"another fallback": {func(v *game.Version) { v.Odds.Outcomes[4].Fallback = "" }, nil},
	} {
		v, next := five(), five()
		test.change(&next)
		err := v.CheckSuccessor(&next)
		if err != nil && game.CodeOf(err) != game.CodeChangeRefused {
			t.Errorf("%s: code %q", name, game.CodeOf(err))
		}
		if diff := cmp.Diff(test.fields, fields(err)); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", name, diff)
		}
	}
}

// Where everything was released from the beginning, a timetable would take something back.
func TestCheckSuccessorOfAllReleased(t *testing.T) {
	v, next := five(), five()
	v.Stocks[0].Releases = nil
	if diff := cmp.Diff([]string{"stocks.c5"}, fields(v.CheckSuccessor(&next))); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	next.Stocks[0].Releases = []game.Release{{At: start, Released: 100}}
	if err := v.CheckSuccessor(&next); err != nil {
		t.Errorf("all is released before the first chance, still: %v", err)
	}
}

func TestVersionSurvivesJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := five()
		zone := time.FixedZone("", rapid.IntRange(-43200, 43200).Draw(t, "zone")/60*60)
		for i := range v.Rounds {
			shift := time.Duration(rapid.Int64().Draw(t, "shift") % int64(1e15))
			v.Rounds[i].OpensAt = v.Rounds[i].OpensAt.Add(shift).In(zone)
			v.Rounds[i].ClosesAt = v.Rounds[i].ClosesAt.Add(shift).In(zone)
		}
		v.Odds.Outcomes[0].ID = game.OutcomeID(rapid.String().Draw(t, "id"))
		v.Stocks[0].Total = rapid.Int64().Draw(t, "total")
		if rapid.Bool().Draw(t, "no guarantee") {
			v.Guarantee = nil
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var back game.Version
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("after a round trip (-want +got):\n%s", diff)
		}
		if !v.Rounds[0].Equal(back.Rounds[0]) {
			t.Fatalf("round %+v is not %+v", v.Rounds[0], back.Rounds[0])
		}
	})
}
