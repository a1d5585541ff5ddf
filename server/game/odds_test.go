package game_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestOddsCheck(t *testing.T) {
	for name, test := range map[string]struct {
		change func(o *game.Odds)
		code   game.Code
		fields []string
	}{
		"as it is":       {func(o *game.Odds) {}, "", nil},
		"one too many":   {func(o *game.Odds) { o.Miss++ }, game.CodeOddsSum, []string{"odds"}},
		"one too few":    {func(o *game.Odds) { o.Outcomes[0].Weight-- }, game.CodeOddsSum, []string{"odds"}},
		"nothing at all": {func(o *game.Odds) { *o = game.Odds{} }, game.CodeInvalid, []string{"outcomes"}},
		"negative, with a sum that fits": {func(o *game.Odds) { o.Outcomes[1].Weight, o.Miss = -1, o.Miss+100_000_001 },
			game.CodeWeightInvalid, []string{"outcomes.1.weight"}},
		"negative miss": {func(o *game.Odds) { o.Miss = -1 }, game.CodeWeightInvalid, []string{"miss"}},
		"absurd": {func(o *game.Odds) { o.Outcomes[0].Weight = math.MaxInt64; o.Outcomes[1].Weight = math.MinInt64 },
			game.CodeWeightInvalid, []string{"outcomes.0.weight", "outcomes.1.weight"}},
		"more than all": {func(o *game.Odds) { o.Outcomes[2].Weight = game.Scale + 1 },
			game.CodeWeightInvalid, []string{"outcomes.2.weight"}},
		"no id":          {func(o *game.Odds) { o.Outcomes[1].ID = "" }, game.CodeInvalid, []string{"outcomes.1.id"}},
		"an id twice":    {func(o *game.Odds) { o.Outcomes[1].ID = "c1" }, game.CodeInvalid, []string{"outcomes.1.id"}},
		"card 0":         {func(o *game.Odds) { o.Outcomes[3].Card = 0 }, game.CodeCardUnknown, []string{"outcomes.3.card"}},
		"card 6":         {func(o *game.Odds) { o.Outcomes[3].Card = 6 }, game.CodeCardUnknown, []string{"outcomes.3.card"}},
		"wildcard card":  {func(o *game.Odds) { o.Outcomes[5].Card = 1 }, game.CodeCardUnknown, []string{"outcomes.5.card"}},
		"unknown kind":   {func(o *game.Odds) { o.Outcomes[0].Kind = "cheese" }, game.CodeInvalid, []string{"outcomes.0.kind"}},
		"no fallback":    {func(o *game.Odds) { o.Outcomes[4].Fallback = "" }, "", nil},
		"odd fallback":   {func(o *game.Odds) { o.Outcomes[4].Fallback = "c9" }, game.CodeInvalid, []string{"outcomes.4.fallback"}},
		"own fallback":   {func(o *game.Odds) { o.Outcomes[4].Fallback = "c5" }, game.CodeInvalid, []string{"outcomes.4.fallback"}},
		"limited by two": {func(o *game.Odds) { o.Outcomes[0].Fallback = "c5" }, game.CodeInvalid, []string{"outcomes.0.fallback"}},
	} {
		o := five().Odds
		test.change(&o)
		err := o.Check(map[game.OutcomeID]bool{"c5": true})
		if code := game.CodeOf(err); code != test.code {
			t.Errorf("%s: code %q, want %q", name, code, test.code)
		}
		if diff := cmp.Diff(test.fields, fields(err)); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", name, diff)
		}
	}
}

// All that is wrong is told at once, under the code of the first.
func TestOddsCheckTellsAll(t *testing.T) {
	o := five().Odds
	o.Miss, o.Outcomes[2].ID, o.Outcomes[5].Kind = -3, "", ""
	want := []string{"miss", "outcomes.2.id", "outcomes.5.kind"}
	err := o.Check(nil)
	if diff := cmp.Diff(want, fields(err)); diff != "" || game.CodeOf(err) != game.CodeWeightInvalid {
		t.Errorf("code %q, fields (-want +got):\n%s", game.CodeOf(err), diff)
	}
}

func TestOddsThatSumAreTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, left := game.Odds{}, int64(game.Scale)
		for i := range rapid.IntRange(1, 20).Draw(t, "outcomes") {
			w := rapid.Int64Range(0, left).Draw(t, "weight")
			left -= w
			card := game.Outcome{ID: game.OutcomeID(fmt.Sprint("o", i)), Kind: game.KindCard, Card: i%game.SetSize + 1, Weight: w}
			o.Outcomes = append(o.Outcomes, card)
		}
		o.Miss = left
		if err := o.Check(nil); err != nil {
			t.Fatal(err)
		}
		off := rapid.Int64Range(-1000, 1000).Draw(t, "off")
		o.Miss += off
		if err := o.Check(nil); (err == nil) != (off == 0) {
			t.Fatalf("off by %d: %v", off, err)
		}
	})
}

func TestOddsFindAndWeights(t *testing.T) {
	o := five().Odds
	if out, ok := o.Find("wild"); !ok || out.Kind != game.KindWildcard {
		t.Errorf("wild: %+v %v", out, ok)
	}
	if _, ok := o.Find(""); ok {
		t.Error("the empty id is found")
	}
	want := []int64{100_000_000, 100_000_000, 100_000_000, 100_000_000, 5_000_000, 1_000_000}
	if diff := cmp.Diff(want, o.Weights()); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
}

func TestErrors(t *testing.T) {
	err := game.FailField(game.CodeBeyondChances, "taps", game.ReasonRange, "1..64")
	wrapped := fmt.Errorf("draw: check: %w", err)
	if game.CodeOf(wrapped) != game.CodeBeyondChances || game.CodeOf(nil) != "" || game.CodeOf(errors.New("x")) != game.CodeInternal {
		t.Errorf("codes %q %q %q", game.CodeOf(wrapped), game.CodeOf(nil), game.CodeOf(errors.New("x")))
	}
	want := []game.Field{{Name: "taps", Reason: game.ReasonRange, Want: "1..64"}}
	if diff := cmp.Diff(want, game.FieldsOf(wrapped)); diff != "" || game.FieldsOf(nil) != nil {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if text := err.Error(); text != "beyond_chances; taps range 1..64" {
		t.Errorf("text %q", text)
	}
}
