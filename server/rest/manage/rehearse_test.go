package manage_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
)

// stageHand starts rehearsals that never get on.
type stageHand struct {
	open    bool
	started []rehearse.Plan
	version int
}

func (h *stageHand) Start(_ context.Context, slug string, number int, p rehearse.Plan, _ game.StaffID) error {
	if err := p.Check(); err != nil {
		return err
	}
	switch {
	case slug != "spring":
		return game.Fail(game.CodeCampaignUnknown, "")
	case number != 1:
		return game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	case h.open && !p.Confirm:
		return game.FailField(game.CodeInvalid, "confirm", game.ReasonRequired, "")
	case len(h.started) > 0:
		return game.Fail(game.CodeStateConflict, "busy")
	}
	h.started, h.version = append(h.started, p), number
	return nil
}

func (h *stageHand) Stop(game.CampaignID) { h.started = nil }

func (h *stageHand) Progress(id game.CampaignID) (rehearse.Progress, bool) {
	return rehearse.Progress{Campaign: id, Version: h.version, Phase: rehearse.PhasePlay, Percent: 42}, h.version > 0
}

func (m *memory) Rehearsals(context.Context, game.CampaignID, int) ([]game.Rehearsal, error) {
	result, err := json.Marshal(rehearse.Result{
		Plan: rehearse.Defaults(), Draws: 10, Planned: 10, P50: time.Millisecond, Currency: "CNY",
		Drawn: []rehearse.Drawn{{Outcome: "c1", Figure: rehearse.Figure{Got: 7, Expected: 6.5, Low: 2, High: 11}}},
	})
	return []game.Rehearsal{{ID: 4, Version: 1, At: now, By: "s1", Result: string(result)}}, err
}

func TestRehearsalByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const all, one = "/campaigns/spring/rehearsals", "/campaigns/spring/rehearsal"
	s.want(s.send(http.MethodGet, one, ""), http.StatusNotFound, game.CodeNotFound)
	for body, field := range map[string]string{
		`{"version": 1, "players": 3}`:                    "players",
		`{"version": 1, "players": 10000, "windows": 20}`: "windows",
		`{"version": 1, "crowd": 3}`:                      "crowd",
	} {
		a := s.send(http.MethodPost, all, body)
		s.want(a, http.StatusUnprocessableEntity, game.CodeInvalid)
		if !strings.Contains(a.text, `"`+field+`"`) {
			t.Errorf("%s is not named: %s", field, a.text)
		}
	}
	s.want(s.send(http.MethodPost, all, `{"version": 2}`), http.StatusNotFound, game.CodeVersionUnknown)
	s.stage.open = true
	s.want(s.send(http.MethodPost, all, `{"version": 1}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	a := s.send(http.MethodPost, all, `{"version": 1, "players": 100, "confirm": true}`)
	s.want(a, http.StatusAccepted, "")
	if p := s.stage.started[0]; p.Players != 100 || p.Windows != rehearse.Defaults().Windows || a.body["percent"] != 42.0 {
		t.Errorf("%+v: %s", p, a.text)
	}
	s.want(s.send(http.MethodPost, all, `{"version": 1, "confirm": true}`), http.StatusConflict, game.CodeStateConflict)
	s.want(s.send(http.MethodGet, one, ""), http.StatusOK, "")
	s.want(s.send(http.MethodDelete, one, ""), http.StatusOK, "")
	if len(s.stage.started) > 0 {
		t.Error("it was not stopped")
	}
	if a := s.send(http.MethodGet, all+"?limit=3", ""); !strings.Contains(a.text, `"good":true`) || !strings.Contains(a.text, `"expected":6.5`) {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodGet, all+"?limit=101", ""), http.StatusUnprocessableEntity, game.CodeInvalid)
}

// previews writes addresses that say what they show.
type previews struct{}

func (previews) Address(slug, theme string, _ time.Time) string {
	return "preview." + slug + "." + theme
}

func TestPlayByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	a := s.send(http.MethodPost, "/campaigns/spring/versions/1/play", "")
	s.want(a, http.StatusCreated, "")
	if address, _ := a.body["address"].(string); !strings.HasPrefix(address, "/play/spring--preview-") || address != "/play/"+a.body["slug"].(string) {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/campaigns/spring/versions/2/play", ""), http.StatusNotFound, game.CodeVersionUnknown)
	unsaved := document(t, "/campaigns/{slug}/play", "post")
	s.want(s.send(http.MethodPost, "/campaigns/spring/play", unsaved), http.StatusCreated, "")
	s.want(s.send(http.MethodPost, "/campaigns/spring/play", strings.Replace(unsaved, `"miss":5`, `"miss":4`, 1)), http.StatusUnprocessableEntity, game.CodeOddsSum)
	s.want(s.send(http.MethodPost, "/campaigns/spring/play", `{}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	if len(s.versions) != 1 {
		t.Error("what was played is saved")
	}
	if a := s.send(http.MethodGet, "/campaigns/spring/preview?theme=moon", ""); a.body["address"] != "/play/preview.spring.moon" {
		t.Errorf("%s", a.text)
	}
	if a := s.send(http.MethodGet, "/campaigns/spring/preview", ""); a.body["address"] != "/play/preview.spring.spring" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/preview?theme=mars", ""), http.StatusUnprocessableEntity, game.CodeInvalid)
	if a := s.send(http.MethodGet, "/themes", ""); !strings.Contains(a.text, `"theme":"moon"`) {
		t.Errorf("%s", a.text)
	}
}
