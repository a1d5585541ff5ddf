package manage_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

// A program watches a campaign as the overview shows it.
func TestNowByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	s.versions[0].PublishedAt = now
	a := s.send(http.MethodGet, "/campaigns/spring/now", "")
	s.want(a, http.StatusOK, "")
	for _, want := range []string{`"draws":70`, `"redemptions":4`, `"requests_per_second":12`, `"draw_p50_ms":1`, `"alarm":true`} {
		if !strings.Contains(a.text, want) {
			t.Errorf("%s lacks %s", a.text, want)
		}
	}
	s.liveErr = errors.New("Redis is away")
	s.campaigns[0].State = game.StateSettled
	if a := s.send(http.MethodGet, "/campaigns/spring/now", ""); a.body["draws"] != nil || !strings.Contains(a.text, `"share":50`) {
		t.Errorf("%s", a.text)
	}
	if a := s.send(http.MethodGet, "/campaigns/spring/samples", ""); strings.Count(a.text, `"at"`) != 2 || strings.Count(a.text, `"draws"`) != 1 {
		t.Errorf("%s", a.text)
	}
}

func TestCampaignsAreListedByPages(t *testing.T) {
	s := newSite(t)
	s.create()
	s.want(s.send(http.MethodGet, "/campaigns?search=five&state=draft&after=spring&limit=7", ""), http.StatusOK, "")
	want := game.CampaignFilter{Search: "five", State: game.StateDraft, After: s.campaigns[0].Place(), Limit: 7}
	if s.listed != want {
		t.Errorf("%+v", s.listed)
	}
	s.want(s.send(http.MethodGet, "/campaigns", ""), http.StatusOK, "")
	if s.listed.Limit != 100 {
		t.Errorf("%d at once", s.listed.Limit)
	}
	for _, query := range []string{"after=nowhere", "state=ajar", "limit=501"} {
		s.want(s.send(http.MethodGet, "/campaigns?"+query, ""), http.StatusUnprocessableEntity, game.CodeInvalid)
	}
}

// Nothing of a version is lost where it is read, changed and saved again; and an older one comes back.
func TestVersionsComeBack(t *testing.T) {
	s := newSite(t)
	s.create()
	s.want(s.send(http.MethodPost, "/campaigns/spring/versions", document(t, "/campaigns/{slug}/versions", "post")), http.StatusCreated, "")
	s.versions[0].Odds.Outcomes[4].Weight += 1000
	s.versions[0].Odds.Miss -= 1000
	a := s.send(http.MethodGet, "/campaigns/spring/versions/2/review", "")
	s.want(a, http.StatusOK, "")
	if a.body["in_favour"] != false || a.body["against"] != 1.0 || !strings.Contains(a.text, `"outcomes.4.weight":"less"`) || !strings.Contains(a.text, `"cap"`) {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/versions/2/review?against=3", ""), http.StatusNotFound, game.CodeVersionUnknown)
	s.want(s.send(http.MethodPost, "/campaigns/spring/versions/1/restore", `{"after": 1}`), http.StatusConflict, game.CodeVersionConflict)
	a = s.send(http.MethodPost, "/campaigns/spring/versions/1/restore", `{"after": 2}`)
	s.want(a, http.StatusCreated, "")
	if a.body["number"] != 3.0 || a.body["comment"] != "Restores version 1." || s.versions[2].Odds.Outcomes[4].Weight != s.versions[0].Odds.Outcomes[4].Weight {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/campaigns/spring/versions/9/restore", `{"after": 3}`), http.StatusNotFound, game.CodeVersionUnknown)
}

func TestTokenEndsItself(t *testing.T) {
	s := newSite(t)
	if a := s.send(http.MethodDelete, "/token", ""); a.status != http.StatusNoContent || s.revoked != "t1 by s1" {
		t.Errorf("%d, %q", a.status, s.revoked)
	}
}

func TestActivityOfACampaign(t *testing.T) {
	s := newSite(t)
	s.create()
	s.token.Scopes = []game.Scope{game.ScopeCampaignsRead}
	s.staff.Role = game.RoleViewer
	s.want(s.send(http.MethodGet, "/campaigns/spring/activity?from=2026-02-16T12:00:00Z&until=2026-02-17T12:00:00Z", ""), http.StatusOK, "")
	if s.filter.Campaign != s.campaigns[0].ID || s.filter.From.IsZero() || s.filter.Until.IsZero() {
		t.Errorf("%+v", s.filter)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/activity?from=yesterday", ""), http.StatusUnprocessableEntity, game.CodeInvalid)
}
