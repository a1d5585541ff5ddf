package manage_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest/manage"
)

// document gives the example of a body of the file.
func document(t *testing.T, path, method string) string {
	t.Helper()
	b, err := json.Marshal(file(t).At("paths", path, method, "requestBody", "content", "application/json", "example"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (s *site) create() {
	s.t.Helper()
	s.want(s.send(http.MethodPost, "/campaigns", document(s.t, "/campaigns", "post")), http.StatusCreated, "")
}

// Each route is closed to a token without its scope, and to one whose maker has lost the right.
func TestScopes(t *testing.T) {
	s := newSite(t)
	s.create()
	for name, scope := range manage.Scopes() {
		method, path, _ := strings.Cut(strings.NewReplacer(":slug", "spring", ":number", "1").Replace(name), " ")
		s.want(s.sendAs("", method, path, "{}"), http.StatusUnauthorized, game.CodeUnauthorized)
		if scope == "" {
			continue
		}
		s.token.Scopes = slices.DeleteFunc(slices.Clone(game.Scopes), func(other game.Scope) bool { return other == scope })
		s.want(s.send(method, path, "{}"), http.StatusForbidden, game.CodeForbidden)
		s.token.Scopes = []game.Scope{scope}
		if a := s.send(method, path, "{}"); a.status == http.StatusForbidden {
			t.Errorf("%s with its scope: %s", name, a.text)
		}
		if s.staff.Role = game.RoleViewer; !s.staff.Role.MayScope(scope) {
			s.want(s.send(method, path, "{}"), http.StatusForbidden, game.CodeForbidden)
		}
		s.staff.Role = game.RoleOwner
	}
}

// A token whose maker took their second factor away opens no more than the pages would: what publishes,
// switches, corrects and names people needs one at each request, not only when the token was made.
func TestTokenLosesWhatItsMakerLoses(t *testing.T) {
	s := newSite(t)
	s.create()
	s.staff.FactorAt = time.Time{}
	for name, scope := range manage.Scopes() {
		method, path, _ := strings.Cut(strings.NewReplacer(":slug", "spring", ":number", "1").Replace(name), " ")
		a := s.send(method, path, "{}")
		switch scope {
		case game.ScopePublish, game.ScopeSwitch, game.ScopeSupportWrite, game.ScopeBonus, game.ScopeStaff:
			s.want(a, http.StatusForbidden, game.CodeFactorUnset)
		default:
			if a.status == http.StatusForbidden {
				t.Errorf("%s needs no second factor: %s", name, a.text)
			}
		}
	}
	if a := s.send(http.MethodGet, "/token", ""); strings.Contains(fmt.Sprint(a.body["open"]), "publish") {
		t.Errorf("the token says that it opens what it does not: %s", a.text)
	}
	s.staff.FactorAt = now
	if a := s.send(http.MethodGet, "/token", ""); !strings.Contains(fmt.Sprint(a.body["open"]), "publish") {
		t.Errorf("%s", a.text)
	}
}

func TestRateOfAToken(t *testing.T) {
	s := newSite(t)
	s.refuse = true
	s.want(s.send(http.MethodGet, "/token", ""), http.StatusTooManyRequests, game.CodeRateLimited)
}

func TestTokenSaysWhoItIs(t *testing.T) {
	s := newSite(t)
	a := s.send(http.MethodGet, "/token", "")
	if a.body["login"] != "ada" || a.body["name"] != "deploy" {
		t.Errorf("%s", a.text)
	}
}

// A campaign comes into being, gets new odds and is published, as a program does it.
func TestCampaignByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	s.want(s.send(http.MethodPost, "/campaigns", document(t, "/campaigns", "post")), http.StatusConflict, game.CodeSlugTaken)
	if a := s.send(http.MethodGet, "/campaigns", ""); !strings.Contains(a.text, `"slug":"spring"`) {
		t.Errorf("%s", a.text)
	}
	next := document(t, "/campaigns/{slug}/versions", "post")
	saved := s.send(http.MethodPost, "/campaigns/spring/versions", next)
	s.want(saved, http.StatusCreated, "")
	s.want(s.send(http.MethodPost, "/campaigns/spring/versions", next), http.StatusConflict, game.CodeVersionConflict)
	whole := s.send(http.MethodGet, "/campaigns/spring/versions/2", "")
	if diff := cmp.Diff(saved.body, whole.body); diff != "" || saved.body["document"] != s.versions[1].Document {
		t.Errorf("(-saved +read):\n%s", diff)
	}
	published := s.send(http.MethodPost, "/campaigns/spring/versions/2/publication", "")
	s.want(published, http.StatusOK, "")
	if published.body["published_by"] != "s1" || published.body["effective_at"] == nil {
		t.Errorf("%s", published.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/versions", ""), http.StatusOK, "")
	s.want(s.send(http.MethodGet, "/campaigns/spring/figures", ""), http.StatusOK, "")
}

// A program adds codes to a voucher, as often as it likes, and reads none.
func TestCodesByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const codes = "/campaigns/spring/vouchers/tea/codes"
	s.want(s.send(http.MethodPost, codes, `{"codes": ["A", "B"]}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.versions[0].Odds.Outcomes = append(s.versions[0].Odds.Outcomes, game.Outcome{ID: "tea", Kind: game.KindVoucher})
	for range 2 {
		a := s.send(http.MethodPost, codes, `{"codes": ["A", "B"]}`)
		s.want(a, http.StatusOK, "")
		if strings.TrimSpace(a.text) != `{"codes":{"tea":2}}` {
			t.Errorf("%s", a.text)
		}
	}
	a := s.send(http.MethodPost, codes, `{"codes": ["C", ""]}`)
	s.want(a, http.StatusUnprocessableEntity, game.CodeInvalid)
	if !strings.Contains(a.text, `"codes.1"`) {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/campaigns/nowhere/vouchers/tea/codes", `{"codes": ["A"]}`), http.StatusNotFound, game.CodeCampaignUnknown)
	if a := s.send(http.MethodGet, "/campaigns/spring/vouchers", ""); strings.TrimSpace(a.text) != `{"codes":{"tea":2}}` {
		t.Errorf("%s", a.text)
	}
}

func TestSwitchesNeedAReason(t *testing.T) {
	s := newSite(t)
	s.create()
	s.want(s.send(http.MethodPut, "/campaigns/spring/switches", `{"shaking_paused": true}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	if s.campaigns[0].ShakingPaused {
		t.Error("it was paused all the same")
	}
	a := s.send(http.MethodPut, "/campaigns/spring/switches", `{"shaking_paused": true, "shaking_notice": {"en": " Back at 8. "}, "reason": "a fault"}`)
	if a.body["shaking_paused"] != true || !strings.Contains(a.text, `"shaking_notice":{"en":"Back at 8."}`) {
		t.Errorf("%s", a.text)
	}
	a = s.send(http.MethodPut, "/campaigns/spring/switches", `{"shaking_paused": true, "shaking_notice": {"fr": "Une panne."}, "reason": "a fault"}`)
	if s.want(a, http.StatusUnprocessableEntity, game.CodeInvalid); !strings.Contains(a.text, "shaking_notice.fr") {
		t.Errorf("%s", a.text)
	}
	listed := s.send(http.MethodGet, "/activity?action=switches_moved&before=9&limit=5", "")
	want := game.ActFilter{Action: game.ActionSwitchesMoved, Before: 9, Limit: 5}
	if !strings.Contains(listed.text, `"reason":"a fault"`) || !strings.Contains(listed.text, `"token":"t1"`) || s.filter != want {
		t.Errorf("%+v: %s", s.filter, listed.text)
	}
	for _, query := range []string{"limit=0", "limit=501", "before=x"} {
		s.want(s.send(http.MethodGet, "/activity?"+query, ""), http.StatusUnprocessableEntity, game.CodeInvalid)
	}
}

func TestRefused(t *testing.T) {
	s := newSite(t)
	s.create()
	invalid := func(change ...string) string {
		return strings.NewReplacer(append(change, `"slug":"spring"`, `"slug":"autumn"`)...).Replace(document(t, "/campaigns", "post"))
	}
	for _, test := range []struct {
		method, path, body string
		status             int
		code               game.Code
		field              string
	}{
		{"POST", "/campaigns", `{`, 400, game.CodeMalformed, ""},
		{"POST", "/campaigns", `{} {}`, 400, game.CodeMalformed, ""},
		{"POST", "/campaigns", `{"slug": 7}`, 422, game.CodeInvalid, "slug"},
		{"POST", "/campaigns", `{"pool": {"amount": "much"}}`, 422, game.CodeInvalid, "pool.amount"},
		{"POST", "/campaigns", `{"slugg": "spring"}`, 422, game.CodeInvalid, "slugg"},
		{"POST", "/campaigns", `{"name": "` + strings.Repeat("x", 2<<20) + `"}`, 413, game.CodeTooLarge, ""},
		{"POST", "/campaigns", invalid(`"miss":500000000`, `"miss":1`), 422, game.CodeOddsSum, "odds"},
		{"POST", "/campaigns", invalid(`"time_zone":"Asia/Shanghai"`, `"time_zone":"Mars"`), 422, game.CodeInvalid, "time_zone"},
		{"GET", "/campaigns/autumn", "", 404, game.CodeCampaignUnknown, ""},
		{"GET", "/campaigns/autumn/figures", "", 404, game.CodeCampaignUnknown, ""},
		{"GET", "/campaigns/spring/versions/9", "", 404, game.CodeVersionUnknown, "number"},
		{"GET", "/campaigns/spring/versions/x", "", 404, game.CodeVersionUnknown, "number"},
		{"POST", "/campaigns/spring/versions/9/publication", "", 404, game.CodeVersionUnknown, "version"},
	} {
		a := s.send(test.method, test.path, test.body)
		s.want(a, test.status, test.code)
		fields, _ := a.body["fields"].(map[string]any)
		if _, named := fields[test.field]; test.field != "" && !named {
			t.Errorf("%s %s: %s is not named: %s", test.method, test.path, test.field, a.text)
		}
	}
	s.campaigns[0].State = game.StateSealed
	s.want(s.send("POST", "/campaigns/spring/versions/1/publication", ""), http.StatusConflict, game.CodeStateConflict)
}
