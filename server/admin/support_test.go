package admin_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

// desk is a use case of support that knows the player "p1", and "twins" who are two.
type desk struct{ m *memory }

func supportOf(m *memory) admin.Support { return desk{m} }

func (d desk) Propose(_ context.Context, c game.Correction) (game.Correction, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	if c.Reverses == 58 {
		return c, game.FailField(game.CodeInvalid, "reverses", game.ReasonFixed, "")
	}
	if c.Count == 9 {
		return c, game.FailField(game.CodeInvalid, "count", game.ReasonMissing, "")
	}
	c.ID, c.State = int64(len(d.m.corrections)+1), game.CorrectionProposed
	d.m.corrections = append(d.m.corrections, c)
	return c, nil
}

func (d desk) decide(id int64, by game.StaffID, consent bool) (game.Correction, error) {
	if id > int64(len(d.m.corrections)) {
		return game.Correction{}, game.Fail(game.CodeNotFound, "")
	}
	c := &d.m.corrections[id-1]
	if err := c.Decidable(by, true, consent); err != nil {
		return *c, err
	}
	c.State, c.DecidedBy, c.N = game.CorrectionDeclined, by, 0
	if consent {
		c.State, c.N = game.CorrectionBooked, 61
	}
	return *c, nil
}

func (d desk) Consent(_ context.Context, _ game.Campaign, id int64, by game.StaffID) (game.Correction, error) {
	return d.decide(id, by, true)
}

func (d desk) Decline(_ context.Context, _ game.Campaign, id int64, by game.StaffID, answer string) (game.Correction, error) {
	if err := game.CheckAnswer(answer); err != nil {
		return game.Correction{}, err
	}
	return d.decide(id, by, false)
}

func (d desk) Waiting(context.Context, game.Campaign) ([]game.Correction, error) {
	return slices.DeleteFunc(slices.Clone(d.m.corrections), func(c game.Correction) bool { return c.State != game.CorrectionProposed }), nil
}

func (d desk) Of(context.Context, game.Campaign, game.PlayerID) ([]game.Correction, error) {
	return d.m.corrections, nil
}

func (d desk) MayConsent(c game.Correction, by game.StaffID) bool {
	return c.Decidable(by, true, true) == nil
}

func (d desk) Find(_ context.Context, _ game.Campaign, query string) ([]support.Found, error) {
	switch query {
	case "p1":
		return []support.Found{{Player: "p1"}}, nil
	case "twins":
		return []support.Found{{Player: "p1"}, {Player: "p2", Entry: game.Entry{N: 3, Serial: 7, Outcome: "rare"}}}, nil
	case "":
		return nil, game.FailField(game.CodeInvalid, "query", game.ReasonRequired, "")
	default:
		return nil, game.FailField(game.CodeInvalid, "query", game.ReasonUnknown, "")
	}
}

func (d desk) Read(_ context.Context, c game.Campaign, id game.PlayerID, before int64, by game.StaffID) (support.Sheet, error) {
	if id != "p1" {
		return support.Sheet{}, game.Fail(game.CodeNotFound, "nobody")
	}
	d.m.acts = append(d.m.acts, fmt.Sprintf("read %s from %d for %s", id, before, by))
	card := func(n int64, kind game.EntryKind, card int) game.Entry {
		return game.Entry{N: n, Kind: kind, Card: card, Chance: game.Chance{Round: 1, Window: 2, Index: int(n)}, BookedAt: begin}
	}
	bonus := func(e game.Entry) game.Entry {
		e.Chance.Window = game.BonusWindow
		return e
	}
	return support.Sheet{
		Album: game.Album{Campaign: c.ID, Player: id, N: 60, Counts: [5]int64{3, 0, 0, 0, 1234}}, Known: true, Player: game.Player{Locale: "zh"},
		Redemption: &game.Redemption{N: 60, RedeemedAt: begin}, Payout: &game.Payout{Amount: 166, Currency: "CNY", State: game.PayoutSent},
		Grants:  []game.BonusGrant{{Round: 1, Chances: 5, Reason: "brought a friend", By: by, At: begin}},
		Entries: []game.Entry{{N: 60, Kind: game.EntryRedeem, BookedAt: begin}, bonus(card(59, game.EntryCard, 1)), card(58, game.EntrySoldOut, 0)},
		Before:  58,
	}, nil
}

func (d desk) Explain(_ context.Context, _ game.Campaign, id game.PlayerID, n int64, _ game.StaffID) (support.Explanation, error) {
	drawn := game.Outcome{ID: "c1", Kind: game.KindCard, Card: 1, Weight: 250_000_000}
	x := support.Explanation{
		Entry:   game.Entry{Player: id, N: n, Kind: game.EntryCard, Card: 1, Outcome: "c1", Chance: game.Chance{Round: 1, Window: 2, Index: 3}},
		Receipt: "eyJ.receipt", Version: game.SavedVersion{Number: 4, Hash: "abc"}, Drawn: drawn, Given: drawn,
		Part: 123_456_789, Known: true, Agrees: n != 13,
		Ranges: []support.Range{{Outcome: drawn, To: 250_000_000, Hit: true}, {From: 250_000_000, To: game.Scale}},
	}
	if n == 59 {
		x.Entry.Chance.Window = game.BonusWindow
	}
	if n == 7 {
		x.Seed, x.Number = strings.Repeat("ab", 32), 77
	}
	return x, nil
}

func TestSupportFinds(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "auditor")
	const path = "/admin/campaigns/spring/support"
	if got := b.get(path); got.status != http.StatusOK || strings.Contains(got.body, `id="problems"`) {
		t.Errorf("the search alone: %d", got.status)
	}
	got := b.get(path + "?query=p1")
	if got.status != http.StatusSeeOther || got.header.Get("Location") != path+"/p1" {
		t.Errorf("one: %d to %s", got.status, got.header.Get("Location"))
	}
	two := b.get(path + "?query=twins")
	if !strings.Contains(two.body, path+"/p1") || !strings.Contains(two.body, path+"/p2") || !strings.Contains(two.body, "№ 7 of rare") {
		t.Error("of two, one is missing")
	}
	none := b.get(path + "?query=" + url.QueryEscape("<nobody>"))
	if none.status != http.StatusUnprocessableEntity || !strings.Contains(none.body, `id="query-wrong"`) || !strings.Contains(none.body, `value="&lt;nobody&gt;"`) {
		t.Errorf("none: %d", none.status)
	}
}

func TestSupportShowsAPlayer(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "publisher")
	got := b.get("/admin/campaigns/spring/support/p1")
	for _, want := range []string{">1,234<", "Redeemed a set", "CNY\u00a01.66", "payout-sent", `?before=58`, `/p1/entries/59"`, `/p1/entries/58"`,
		"round 1, bonus no. 59", "round 1, window 2, no. 58", "brought a friend", "publisher, <time"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(got.body, `/p1/entries/60"`) {
		t.Error("a redemption is offered to be explained")
	}
	if len(s.acts) != 1 || !strings.Contains(s.acts[0], "read p1 from 0 for") {
		t.Errorf("%v", s.acts)
	}
	if got := b.get("/admin/campaigns/spring/support/p9"); got.status != http.StatusNotFound {
		t.Errorf("nobody: %d", got.status)
	}
}

func TestSupportExplains(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	const path = "/admin/campaigns/spring/support/p1/entries/"
	before := b.get(path + "3")
	if !strings.Contains(before.body, "123,456,789") || !strings.Contains(before.body, "249,999,999") || strings.Contains(before.body, `id="disagrees"`) {
		t.Error("the number or its range is missing, or it is called wrong")
	}
	if strings.Contains(before.body, `id="seed"`) {
		t.Error("a seed is shown before the seal")
	}
	if after := b.get(path + "7"); !strings.Contains(after.body, strings.Repeat("ab", 32)) {
		t.Error("the seed is not shown after the seal")
	}
	if wrong := b.get(path + "13"); !strings.Contains(wrong.body, `id="disagrees"`) {
		t.Error("nobody is told that the number gives something else")
	}
	if bonus := b.get(path + "59"); !strings.Contains(bonus.body, "spent bonus chance 3 of round 1") || strings.Contains(bonus.body, "window 0") {
		t.Error("a bonus chance is not called so")
	}
	if got := b.get(path + "x"); got.status != http.StatusNotFound {
		t.Errorf("no number: %d", got.status)
	}
}

func TestSupportIsNotForAll(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	for _, login := range []string{"designer", "viewer"} {
		b := s.as(t, login)
		if got := b.get("/admin/campaigns/spring/support/p1"); got.status != http.StatusForbidden {
			t.Errorf("%s: %d", login, got.status)
		}
		if got := b.get("/admin/campaigns/spring"); strings.Contains(got.body, "/support") {
			t.Errorf("%s is led to a page that they may not see", login)
		}
	}
}
