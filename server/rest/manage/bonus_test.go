package manage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestBonusByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const path = "/campaigns/spring/players/p1/bonus"
	body := document(t, "/campaigns/{slug}/players/{player}/bonus", "post")
	a := s.send(http.MethodPost, path, body)
	if s.want(a, http.StatusUnprocessableEntity, game.CodeInvalid); !strings.Contains(a.text, `"Idempotency-Key"`) {
		t.Errorf("without a key: %s", a.text)
	}
	s.key = "invite-7"
	a = s.send(http.MethodPost, path, body)
	if s.want(a, http.StatusOK, ""); strings.TrimSpace(a.text) != `{"round":1,"granted":5}` {
		t.Errorf("%s", a.text)
	}
	want := []game.BonusGrant{{
		Campaign: s.campaigns[0].ID, Player: "p1", Round: 1, Chances: 2, Key: "invite-7", Reason: "A friend came along.", By: "s1",
	}}
	if diff := cmp.Diff(want, s.granted); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		path, body string
		status     int
		code       game.Code
		field      string
	}{
		{path, `{}`, http.StatusUnprocessableEntity, game.CodeInvalid, "reason"},
		{path, `{"round": 1, "chances": 6, "reason": "x"}`, http.StatusUnprocessableEntity, game.CodeBeyondChances, "chances"},
		{path, `{"round": 1, "chance": 1}`, http.StatusUnprocessableEntity, game.CodeInvalid, "chance"},
		{"/campaigns/spring/players/p9/bonus", body, http.StatusNotFound, game.CodeNotFound, "player"},
		{"/campaigns/autumn/players/p1/bonus", body, http.StatusNotFound, game.CodeCampaignUnknown, ""},
	} {
		a := s.send(http.MethodPost, c.path, c.body)
		s.want(a, c.status, c.code)
		if fields, _ := a.body["fields"].(map[string]any); c.field != "" && fields[c.field] == nil {
			t.Errorf("%s %s: %s is not named: %s", c.path, c.body, c.field, a.text)
		}
	}
	if len(s.granted) != 1 {
		t.Errorf("%d were granted", len(s.granted))
	}
}
