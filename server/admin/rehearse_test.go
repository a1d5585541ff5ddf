package admin_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
)

// stageHand starts rehearsals that never get on.
type stageHand struct {
	open    bool
	started []rehearse.Plan
}

func (s *stageHand) Open() bool { return s.open }

func (s *stageHand) Start(_ context.Context, _ string, _ int, p rehearse.Plan, _ game.StaffID) error {
	if err := p.Check(); err != nil {
		return err
	}
	if s.open && !p.Confirm {
		return game.FailField(game.CodeInvalid, "confirm", game.ReasonRequired, "")
	}
	if len(s.started) > 0 {
		return game.Fail(game.CodeStateConflict, "busy")
	}
	s.started = append(s.started, p)
	return nil
}

func (s *stageHand) Stop(game.CampaignID) { s.started = nil }

func (s *stageHand) Progress(id game.CampaignID) (rehearse.Progress, bool) {
	return rehearse.Progress{Campaign: id, Version: 1, Phase: rehearse.PhasePlay, Percent: 42}, len(s.started) > 0
}

func TestRehearse(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "designer")
	path := overview + "/rehearse"
	send := func(players, windows string) answer {
		return b.submit(path, path, url.Values{"version": {"1"}, "rehearse-players": {players}, "rehearse-windows": {windows}, "rehearse-draws": {"40"}})
	}
	if got := send("7", "5"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("seven players: %d", got.status)
	}
	if got := send("10000", "20"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text("refused"), "3 windows at most") {
		t.Errorf("too long: %d, %q", got.status, got.text("refused"))
	}
	if got := send("1000", "5"); got.status != http.StatusSeeOther {
		t.Fatalf("%d", got.status)
	}
	if got := send("1000", "5"); got.status != http.StatusConflict || !strings.Contains(got.text("refused"), "under way") {
		t.Errorf("a second: %d, %q", got.status, got.text("refused"))
	}
	if got := b.get(path + "/progress"); !strings.Contains(got.body, "42 %") || got.header.Get("HX-Refresh") != "" {
		t.Errorf("on its way: %s", got.body)
	}
	result := rehearse.Result{Plan: rehearse.Defaults(), Draws: 200_000, Planned: 200_000, Crowds: 399, Currency: "CNY"}
	result.Completed = rehearse.Figure{Got: 500, Expected: 510, Low: 480, High: 540}
	result.Share = rehearse.Figure{Got: 1777, Expected: 1742, Low: 1646, High: 1851}
	keep := func() {
		text, err := json.Marshal(result)
		if err != nil {
			t.Fatal(err)
		}
		s.rehearsals = []game.Rehearsal{{Campaign: id, Version: 1, At: s.now, Result: string(text)}}
	}
	keep()
	if got := b.get(path); !strings.Contains(got.body, "As forecast: every figure is inside its bounds.") || !strings.Contains(got.body, "CNY\u00a017.77") {
		t.Error("a good one is not told")
	}
	result.Completed.Got = 400
	keep()
	if got := b.get(path); !strings.Contains(got.body, "Not quite as forecast") || !strings.Contains(got.body, `class="outside"`) {
		t.Error("one that is outside is not told")
	}
}
