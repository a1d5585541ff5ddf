package game_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestCorrectionCheck(t *testing.T) {
	good := game.Correction{Kind: game.EntryGrant, Card: 3, Count: 2, Reason: "a fault of ours"}
	for _, test := range []struct {
		change func(*game.Correction)
		field  string
	}{
		{func(*game.Correction) {}, ""},
		{func(c *game.Correction) { c.Card = 0 }, ""},
		{func(c *game.Correction) { c.Kind, c.Reverses = game.EntryReversal, 4 }, ""},
		{func(c *game.Correction) { c.Kind = game.EntryCard }, "kind"},
		{func(c *game.Correction) { c.Card = 6 }, "card"},
		{func(c *game.Correction) { c.Card = -1 }, "card"},
		{func(c *game.Correction) { c.Count = 0 }, "count"},
		{func(c *game.Correction) { c.Count = 101 }, "count"},
		{func(c *game.Correction) { c.Kind = game.EntryReversal }, "reverses"},
		{func(c *game.Correction) { c.Reverses = 4 }, "reverses"},
		{func(c *game.Correction) { c.Reason = " " }, "reason"},
		{func(c *game.Correction) { c.Reason = strings.Repeat("福", 501) }, "reason"},
		{func(c *game.Correction) { c.Reason = strings.Repeat("福", 500) }, ""},
	} {
		c := good
		test.change(&c)
		wantFields(t, c.Check(), test.field)
	}
}

func wantFields(t *testing.T, err error, want string) {
	t.Helper()
	got := ""
	for _, f := range game.FieldsOf(err) {
		got += f.Name
	}
	if got != want {
		t.Errorf("%v, want the field %q", err, want)
	}
}

func TestReverse(t *testing.T) {
	gave := func(kind game.EntryKind, card int, counts [5]int64, wildcards int64) game.Entry {
		return game.Entry{Kind: kind, Card: card, Counts: counts, Wildcards: wildcards}
	}
	for _, test := range []struct {
		entry       game.Entry
		count, back int64
		card        int
		field       string
	}{
		{entry: gave(game.EntryCard, 2, [5]int64{0, 1}, 0), count: 1, card: 2},
		{entry: gave(game.EntryWildcard, 0, [5]int64{}, 1), count: 1},
		{entry: gave(game.EntryGrant, 3, [5]int64{0, 0, 4}, 0), count: 2, back: 2, card: 3},
		{entry: gave(game.EntryGrant, 3, [5]int64{0, 0, 4}, 0), count: 3, back: 2, field: "count"},
		{entry: gave(game.EntryCard, 2, [5]int64{0, 1}, 0), count: 1, back: 1, field: "reverses"},
		{entry: gave(game.EntryRedeem, 0, [5]int64{-1, -1, -1, -1, -1}, 0), count: 1, field: "reverses"},
		{entry: gave(game.EntrySoldOut, 0, [5]int64{}, 0), count: 1, field: "reverses"},
		{entry: gave(game.EntryReversal, 1, [5]int64{-1}, 0), count: 1, field: "reverses"},
		{entry: game.Entry{Kind: game.EntryCash, Amount: 88}, count: 1, field: "reverses"},
	} {
		c := game.Correction{Kind: game.EntryReversal, Count: test.count, Card: 9}
		err := c.Reverse(test.entry, test.back)
		wantFields(t, err, test.field)
		if err == nil && c.Card != test.card {
			t.Errorf("%+v: card %d, want %d", test.entry, c.Card, test.card)
		}
	}
}

func TestDecidable(t *testing.T) {
	c := game.Correction{By: "ann", State: game.CorrectionProposed}
	for _, test := range []struct {
		by                game.StaffID
		fourEyes, consent bool
		want              game.Code
	}{
		{"bob", true, true, ""},
		{"ann", false, true, ""},
		{"ann", true, false, ""},
		{"ann", true, true, game.CodeForbidden},
	} {
		if got := game.CodeOf(c.Decidable(test.by, test.fourEyes, test.consent)); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
	c.State = game.CorrectionDeclined
	if got := game.CodeOf(c.Decidable("bob", true, true)); got != game.CodeStateConflict {
		t.Errorf("declined: %q", got)
	}
}

func TestCorrect(t *testing.T) {
	now := time.Date(2026, 2, 10, 4, 0, 0, 0, time.UTC)
	a := game.Album{Campaign: "c", Player: "p", N: 7, Counts: [5]int64{1}}
	e, err := a.Correct(game.Correction{Kind: game.EntryGrant, Card: 5, Count: 2}, "k", now)
	want := game.Entry{
		Campaign: "c", Player: "p", N: 8, Kind: game.EntryGrant, Card: 5, Counts: [5]int64{0, 0, 0, 0, 2}, Operation: "k", AcceptedAt: now, BookedAt: now,
	}
	if diff := cmp.Diff(want, e); diff != "" || err != nil || a.Counts != [5]int64{1, 0, 0, 0, 2} || a.N != 8 {
		t.Errorf("granted: %v, %+v, %s", err, a, diff)
	}
	e, err = a.Correct(game.Correction{Kind: game.EntryReversal, Card: 5, Count: 2, Reverses: 8}, "k", now)
	if err != nil || e.Counts[4] != -2 || a.Counts[4] != 0 || a.N != 9 {
		t.Errorf("taken back: %v, %+v", err, e)
	}
	before := a
	_, err = a.Correct(game.Correction{Kind: game.EntryReversal, Card: 1, Count: 2}, "k", now)
	if wantFields(t, err, "count"); a != before {
		t.Error("a refused correction changes the album")
	}
	if _, err = a.Correct(game.Correction{Kind: game.EntryGrant, Count: 3}, "k", now); err != nil || a.Wildcards != 3 {
		t.Errorf("wildcards: %v, %+v", err, a)
	}
}
