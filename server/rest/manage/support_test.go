package manage_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

// desk is support and reports that know the player "p1".
type desk struct{ m *memory }

var given = game.Entry{
	N: 1, Kind: game.EntryCard, Chance: game.Chance{Round: 1, Window: 2, Index: 3}, Version: 1, Outcome: "c5", Card: 5, Serial: 17, Code: "SECRET",
	Counts: [5]int64{0, 0, 0, 0, 1}, BookedAt: now,
}

func (d desk) Find(_ context.Context, _ game.Campaign, query string) ([]support.Found, error) {
	if query != "17" {
		return nil, game.FailField(game.CodeInvalid, "query", game.ReasonUnknown, "")
	}
	return []support.Found{{Player: "p1", Entry: given}, {Player: "p2"}}, nil
}

func (d desk) Read(_ context.Context, _ game.Campaign, id game.PlayerID, before int64, by game.StaffID) (support.Sheet, error) {
	if id != "p1" {
		return support.Sheet{}, game.Fail(game.CodeNotFound, "")
	}
	d.m.acts = append(d.m.acts, game.Act{By: by, Subject: string(id)})
	return support.Sheet{
		Album: game.Album{N: 1, Counts: given.Counts}, Known: true, Entries: []game.Entry{given}, Before: before,
		Redemption: &game.Redemption{RedeemedAt: now}, Payout: &game.Payout{Amount: 166, Currency: "CNY", State: game.PayoutSent},
	}, nil
}

func (d desk) Explain(_ context.Context, _ game.Campaign, id game.PlayerID, n int64, _ game.StaffID) (support.Explanation, error) {
	if id != "p1" || n != 1 {
		return support.Explanation{}, game.Fail(game.CodeNotFound, "")
	}
	return support.Explanation{
		Entry: given, Receipt: "r", Version: game.SavedVersion{Number: 1, Hash: "h"}, Part: 7, Known: true, Agrees: true,
		Drawn: game.Outcome{ID: "c5"}, Given: game.Outcome{ID: "c5"}, Ranges: []support.Range{{Outcome: game.Outcome{ID: "c5"}, To: 9}, {From: 9, To: game.Scale}},
	}, nil
}

func (d desk) Propose(_ context.Context, c game.Correction) (game.Correction, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	c.ID, c.State, c.At = int64(len(d.m.waiting)+1), game.CorrectionProposed, now
	d.m.waiting = append(d.m.waiting, c)
	return c, nil
}

func (d desk) GrantBonus(_ context.Context, g game.BonusGrant) (game.BonusGranted, error) {
	if err := g.Key.Check(); err != nil {
		return game.BonusGranted{}, err
	}
	if err := g.Check(); err != nil {
		return game.BonusGranted{}, err
	}
	if g.Player != "p1" {
		return game.BonusGranted{}, game.FailField(game.CodeNotFound, "player", game.ReasonUnknown, "")
	}
	if g.Chances > 5 {
		return game.BonusGranted{}, game.FailField(game.CodeBeyondChances, "chances", game.ReasonRange, "0..5")
	}
	d.m.granted = append(d.m.granted, g)
	return game.BonusGranted{Round: g.Round, Granted: 3 + g.Chances}, nil
}

func (d desk) decide(id int64, by game.StaffID, consent bool, to game.CorrectionState) (game.Correction, error) {
	if id > int64(len(d.m.waiting)) {
		return game.Correction{}, game.Fail(game.CodeNotFound, "")
	}
	c := &d.m.waiting[id-1]
	if err := c.Decidable(by, true, consent); err != nil {
		return *c, err
	}
	c.State, c.DecidedBy, c.DecidedAt = to, by, now
	return *c, nil
}

func (d desk) Consent(_ context.Context, _ game.Campaign, id int64, by game.StaffID) (game.Correction, error) {
	return d.decide(id, by, true, game.CorrectionBooked)
}

func (d desk) Decline(_ context.Context, _ game.Campaign, id int64, by game.StaffID, answer string) (game.Correction, error) {
	if err := game.CheckAnswer(answer); err != nil {
		return game.Correction{}, err
	}
	return d.decide(id, by, false, game.CorrectionDeclined)
}

func (d desk) Waiting(context.Context, game.Campaign) ([]game.Correction, error) {
	return d.m.waiting, nil
}

func (d desk) Of(_ context.Context, _ game.Campaign, id game.PlayerID) ([]game.Correction, error) {
	if id != "p1" {
		return nil, nil
	}
	return d.m.waiting, nil
}

func (d desk) Sheet(_ context.Context, w io.Writer, _ game.Campaign, name game.ReportName, mark bool, _ game.StaffID) error {
	if name != game.ReportPayouts || mark {
		return game.Fail(game.CodeNotFound, "")
	}
	_, err := io.WriteString(w, "player,kind\r\n")
	return err
}

func (d desk) Pack(_ context.Context, w io.Writer, _ game.Campaign, _ game.StaffID) error {
	if _, err := io.WriteString(w, "PK"); err != nil {
		return err
	}
	return d.m.reportErr
}

func TestPlayersByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	if a := s.send(http.MethodGet, "/campaigns/spring/players?query=17", ""); strings.TrimSpace(a.text) != `[{"player":"p1","entry":1},{"player":"p2"}]` {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/players?query=18", ""), http.StatusUnprocessableEntity, game.CodeInvalid)
	a := s.send(http.MethodGet, "/campaigns/spring/players/p1?before=9", "")
	s.want(a, http.StatusOK, "")
	if a.body["before"] != 9.0 || a.body["redeemed_at"] == nil || strings.Contains(a.text, "SECRET") || s.acts[0].By != "s1" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/players/p9", ""), http.StatusNotFound, game.CodeNotFound)
	x := s.send(http.MethodGet, "/campaigns/spring/players/p1/entries/1", "")
	if x.body["part"] != 7.0 || x.body["seed"] != nil || !strings.Contains(x.text, `{"outcome":"c5","from":0,"to":9},{"from":9,"to":1000000000}`) {
		t.Errorf("%s", x.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/players/p1/entries/x", ""), http.StatusNotFound, game.CodeNotFound)
}

// A program proposes in its maker's name, and cannot consent in the same.
func TestCorrectionsByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const path = "/campaigns/spring/players/p1/corrections"
	s.want(s.send(http.MethodPost, path, `{"kind": "grant", "count": 0, "reason": ""}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPost, path, `{"kind": "grant", "card": 6, "count": 1, "reason": "x"}`), http.StatusUnprocessableEntity, game.CodeCardUnknown)
	for range 2 {
		a := s.send(http.MethodPost, path, document(t, "/campaigns/{slug}/players/{player}/corrections", "post"))
		s.want(a, http.StatusCreated, "")
		if a.body["by"] != "s1" || a.body["state"] != "proposed" {
			t.Errorf("%s", a.text)
		}
	}
	s.want(s.send(http.MethodPost, "/campaigns/spring/corrections/1/consent", ""), http.StatusForbidden, game.CodeForbidden)
	s.want(s.send(http.MethodPost, "/campaigns/spring/corrections/9/consent", ""), http.StatusNotFound, game.CodeNotFound)
	s.want(s.send(http.MethodPost, "/campaigns/spring/corrections/2/decline", `{"answer": " "}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPost, "/campaigns/spring/corrections/2/decline", `{"answer": "no"}`), http.StatusOK, "")
	s.staff.ID = "s2"
	if a := s.send(http.MethodPost, "/campaigns/spring/corrections/1/consent", ""); a.body["state"] != "booked" || a.body["decided_by"] != "s2" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/campaigns/spring/corrections/1/consent", ""), http.StatusConflict, game.CodeStateConflict)
	if a := s.send(http.MethodGet, "/campaigns/spring/corrections", ""); strings.Count(a.text, `"id"`) != 2 {
		t.Errorf("%s", a.text)
	}
	if a := s.send(http.MethodGet, "/campaigns/spring/corrections?player=p2", ""); strings.TrimSpace(a.text) != "[]" {
		t.Errorf("%s", a.text)
	}
}

func TestReportsByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	if a := s.send(http.MethodGet, "/campaigns/spring/reports/payouts.csv", ""); a.text != "player,kind\r\n" {
		t.Errorf("%d %q", a.status, a.text)
	}
	if a := s.send(http.MethodGet, "/campaigns/spring/reports/pack.zip", ""); a.text != "PK" {
		t.Errorf("%d %q", a.status, a.text)
	}
	for _, name := range []string{"people.csv", "pack.csv", "payouts.zip", "payouts"} {
		s.want(s.send(http.MethodGet, "/campaigns/spring/reports/"+name, ""), http.StatusNotFound, game.CodeNotFound)
	}
	// What was broken off is not whole, and must not look so.
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("an answer that broke off ends like a whole one")
		}
	}()
	s.reportErr = game.Fail(game.CodeUnavailable, "away")
	s.send(http.MethodGet, "/campaigns/spring/reports/pack.zip", "")
}
