package manage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

// A program changes what it names, and nothing of what somebody else did meanwhile.
func TestEditByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const path = "/campaigns/spring"
	a := s.send(http.MethodPatch, path, document(t, "/campaigns/{slug}", "patch"))
	s.want(a, http.StatusOK, "")
	if a.body["revision"] != 2.0 || !strings.Contains(a.text, "by midnight") || !strings.Contains(a.text, `"amount":25000000000`) || !strings.Contains(a.text, `"Five Fortunes"`) {
		t.Errorf("%s", a.text)
	}
	a = s.send(http.MethodPatch, path, `{"revision": 1, "name": {"en": "Six", "zh": "六"}}`)
	s.want(a, http.StatusConflict, game.CodeVersionConflict)
	if !strings.Contains(a.text, `"revision"`) || s.campaigns[0].Name["en"] != "Five Fortunes" {
		t.Errorf("an old revision: %s", a.text)
	}
	for body, field := range map[string]string{
		`{"revision": 2, "name": {"en": "Six"}}`:    "name.zh",
		`{"revision": 2, "time_zone": "Mars"}`:      "time_zone",
		`{"revision": 2, "theme": "nowhere"}`:       "theme",
		`{"revision": 2, "cards": []}`:              "cards",
		`{"revision": 2, "pool": {"amount": -1}}`:   "pool.amount",
		`{"revision": 2, "slug": "autumn"}`:         "slug",
		`{"revision": 2, "version": {"rounds": 3}}`: "version",
	} {
		a := s.send(http.MethodPatch, path, body)
		s.want(a, http.StatusUnprocessableEntity, game.CodeInvalid)
		if !strings.Contains(a.text, `"`+field+`"`) {
			t.Errorf("%s: %s is not named: %s", body, field, a.text)
		}
	}
	s.campaigns[0].State = game.StateOpen
	a = s.send(http.MethodPatch, path, `{"revision": 2, "pool": {"amount": 1, "currency": "CNY", "split": "equal"}}`)
	s.want(a, http.StatusConflict, game.CodeChangeRefused)
	if !strings.Contains(a.text, `"pool.amount"`) {
		t.Errorf("players were promised more: %s", a.text)
	}
	s.want(s.send(http.MethodPatch, "/campaigns/nowhere", `{"revision": 1}`), http.StatusNotFound, game.CodeCampaignUnknown)
}

func TestCopyByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const copies = "/campaigns/spring/copies"
	a := s.send(http.MethodPost, copies, document(t, "/campaigns/{slug}/copies", "post"))
	s.want(a, http.StatusCreated, "")
	if a.body["slug"] != "autumn" || a.body["opens_at"] != "2026-09-25T12:00:00Z" || a.body["state"] != "draft" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, copies, `{"slug": "spring", "opens_at": "2026-09-25T12:00:00Z"}`), http.StatusConflict, game.CodeSlugTaken)
	s.want(s.send(http.MethodPost, copies, `{"slug": "winter"}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPost, "/campaigns/nowhere/copies", `{"slug": "winter", "opens_at": "2026-09-25T12:00:00Z"}`), http.StatusNotFound, game.CodeCampaignUnknown)
}

func TestTemplatesByProgram(t *testing.T) {
	s := newSite(t)
	if a := s.send(http.MethodGet, "/templates", ""); !strings.Contains(a.text, `{"template":"gala","name":{"en":`) {
		t.Errorf("%s", a.text)
	}
	a := s.send(http.MethodPost, "/templates/gala/copies", `{"slug": "evening", "opens_at": "2026-02-16T12:00:00Z"}`)
	s.want(a, http.StatusCreated, "")
	if a.body["opens_at"] != "2026-02-16T12:00:00Z" {
		t.Errorf("%s", a.text)
	}
	for _, name := range []string{"nothing", "..%2Fgala"} {
		s.want(s.send(http.MethodPost, "/templates/"+name+"/copies", `{"slug": "evening", "opens_at": "2026-02-16T12:00:00Z"}`), http.StatusNotFound, game.CodeNotFound)
	}
}
