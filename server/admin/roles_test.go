package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// staffPages are the addresses of all pages for the staff, of a site with the developer's controls and a
// campaign "spring".
var staffPages = []string{
	"/admin/campaigns", "/admin/new-campaign", "/admin/campaigns/spring", "/admin/campaigns/spring/live", "/admin/campaigns/spring/odds",
	"/admin/campaigns/spring/edit", "/admin/campaigns/spring/rounds", "/admin/campaigns/spring/art", "/admin/campaigns/spring/copy", "/admin/templates/gala", "/admin/import",
	"/admin/campaigns/spring/versions", "/admin/campaigns/spring/versions/1", "/admin/campaigns/spring/versions/1/publish", "/admin/tokens", "/admin/activity",
	"/admin/campaigns/spring/activity", "/admin/campaigns/spring/vouchers", "/admin/campaigns/spring/reports", "/admin/campaigns/spring/support", "/admin/campaigns/spring/support/p1",
	"/admin/campaigns/spring/support/p1/entries/3", "/admin/dev",
	"/admin/staff", "/admin/account",
}

const allRoles = "owner publisher designer viewer auditor"

// mayDo says which roles may do what. Every route stands here, or among the open ones.
var mayDo = []struct{ method, path, may string }{
	{"GET", "/admin", allRoles},
	{"GET", "/admin/", allRoles},
	{"GET", "/admin/campaigns", allRoles},
	{"GET", "/admin/campaigns/spring", allRoles},
	{"GET", "/admin/campaigns/spring/live", allRoles},
	{"GET", "/admin/campaigns/spring/odds", allRoles},
	{"POST", "/admin/campaigns/spring/forecast", allRoles},
	{"POST", "/admin/campaigns/spring/simulation", allRoles},
	{"GET", "/admin/campaigns/spring/versions", allRoles},
	{"GET", "/admin/activity", allRoles},
	{"GET", "/admin/activity.csv", allRoles},
	{"GET", "/admin/activity.jsonl", allRoles},
	{"GET", "/admin/campaigns/spring/activity", allRoles},
	{"GET", "/admin/new-campaign", "owner publisher designer"},
	{"POST", "/admin/new-campaign", "owner publisher designer"},
	{"GET", "/admin/campaigns/spring/edit", allRoles},
	{"GET", "/admin/campaigns/spring/copy", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/copy", "owner publisher designer"},
	{"GET", "/admin/templates/gala", "owner publisher designer"},
	{"POST", "/admin/templates/gala", "owner publisher designer"},
	{"GET", "/admin/campaigns/spring/file", allRoles},
	{"GET", "/admin/campaigns/spring/rounds", allRoles},
	{"POST", "/admin/campaigns/spring/rounds", "owner publisher designer"},
	{"GET", "/admin/import", "owner publisher designer"},
	{"POST", "/admin/import", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/edit", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/odds", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/switch", "owner publisher"},
	{"GET", "/admin/campaigns/spring/versions/1/publish", "owner publisher"},
	{"POST", "/admin/campaigns/spring/versions/1/publish", "owner publisher"},
	{"GET", "/admin/campaigns/spring/versions/1", allRoles},
	{"POST", "/admin/campaigns/spring/versions/1/approval", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/versions/1/restore", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/versions/1/plan", "owner publisher"},
	{"POST", "/admin/campaigns/spring/versions/1/cancel", "owner publisher"},
	{"POST", "/admin/campaigns/spring/versions/1/decision", "owner publisher"},
	{"GET", "/admin/campaigns/spring/support", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/support/p1", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/support/p1/entries/3", "owner publisher auditor"},
	{"POST", "/admin/campaigns/spring/versions/1/play", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/support/p1/corrections", "owner publisher"},
	{"POST", "/admin/campaigns/spring/corrections/c1/consent", "owner publisher"},
	{"POST", "/admin/campaigns/spring/corrections/c1/decline", "owner publisher"},
	{"GET", "/admin/campaigns/spring/reports", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/reports/redemptions.csv", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/reports/issues.csv", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/reports/payouts.csv", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/reports/pack.zip", "owner publisher auditor"},
	{"GET", "/admin/campaigns/spring/vouchers", allRoles},
	{"POST", "/admin/campaigns/spring/vouchers", "owner publisher designer"},
	{"GET", "/admin/campaigns/spring/art", allRoles},
	{"POST", "/admin/campaigns/spring/art", "owner publisher designer"},
	{"GET", "/admin/campaigns/spring/charts", allRoles},
	{"GET", "/admin/campaigns/spring/rehearse", allRoles},
	{"GET", "/admin/campaigns/spring/rehearse/progress", allRoles},
	{"POST", "/admin/campaigns/spring/rehearse", "owner publisher designer"},
	{"POST", "/admin/campaigns/spring/rehearse/stop", "owner publisher designer"},
	{"GET", "/admin/tokens", allRoles},
	{"POST", "/admin/tokens", allRoles},
	{"POST", "/admin/tokens/t1/revoke", allRoles},
	{"GET", "/admin/account", allRoles},
	{"POST", "/admin/account/password", allRoles},
	{"POST", "/admin/account/language", allRoles},
	{"POST", "/admin/account/sessions/end", allRoles},
	{"POST", "/admin/account/sessions/end-others", allRoles},
	{"GET", "/admin/account/factor", allRoles},
	{"POST", "/admin/account/factor", allRoles},
	{"POST", "/admin/account/factor/confirm", allRoles},
	{"POST", "/admin/account/factor/remove", allRoles},
	{"POST", "/admin/account/factor/recovery", allRoles},
	{"GET", "/admin/staff", "owner"},
	{"POST", "/admin/staff", "owner"},
	{"POST", "/admin/staff/extra/invite", "owner"},
	{"POST", "/admin/staff/extra/role", "owner"},
	{"POST", "/admin/staff/extra/disable", "owner"},
	{"POST", "/admin/staff/extra/enable", "owner"},
	{"POST", "/admin/staff/extra/reset-factor", "owner"},
	{"GET", "/admin/dev", allRoles},
	{"POST", "/admin/dev/campaigns/spring/skip-window", "owner publisher"},
	{"POST", "/admin/dev/campaigns/spring/close", "owner publisher"},
	{"POST", "/admin/dev/campaigns/spring/seal", "owner publisher"},
	{"POST", "/admin/dev/campaigns/spring/settle", "owner publisher"},
	{"POST", "/admin/dev/reset", "owner publisher"},
}

// open are the routes of those who have not logged in.
var open = []string{
	"GET /admin/static/*", "GET /admin/login", "POST /admin/login", "POST /admin/logout", "GET /admin/join/:token", "POST /admin/join/:token",
}

func TestRoles(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	s.Staff = append(s.Staff, game.Staff{ID: "extra", Login: "extra", Role: game.RoleViewer})
	visitors := map[game.Role]*browser{}
	for _, role := range game.Roles {
		visitors[role] = s.as(t, string(role))
	}
	for _, test := range mayDo {
		for _, role := range game.Roles {
			s.tokens = []game.Token{{ID: "t1", By: s.Person(func(p game.Staff) bool { return p.Role == role }).ID}}
			b := visitors[role]
			got := b.do(test.method, test.path, strings.NewReader(url.Values{"from": {"1"}, "switch": {"shaking"}, "role": {"viewer"}}.Encode()), http.Header{
				"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"},
			})
			may := strings.Contains(test.may, string(role))
			if forbidden := got.status == http.StatusForbidden; forbidden == may || got.status >= 500 || got.status == http.StatusNotFound && test.method == http.MethodGet {
				t.Errorf("%s %s as %s: %d", test.method, test.path, role, got.status)
			}
		}
	}
}

// No route is forgotten above: one that is added has to say who may use it.
func TestEveryRouteHasItsRoles(t *testing.T) {
	parameter := regexp.MustCompile(`:[a-z]+`)
	for _, route := range newSite(t, true).routes {
		name := route.Method + " " + route.Path
		if route.Method == echo.RouteNotFound || slices.Contains(open, name) {
			continue
		}
		like := regexp.MustCompile("^" + parameter.ReplaceAllString(name, "[^/]+") + "$")
		judged := false
		for _, test := range mayDo {
			judged = judged || like.MatchString(test.method+" "+test.path)
		}
		if !judged {
			t.Errorf("%s: mayDo does not say who may", name)
		}
	}
}

// A role sees no button that it may not press.
func TestButtonsOfRoles(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	s.versions[s.campaigns[0].ID] = append(s.versions[s.campaigns[0].ID], game.SavedVersion{Version: s.versions[s.campaigns[0].ID][0].Version, Number: 2})
	visitors := map[game.Role]*browser{}
	for _, role := range game.Roles {
		visitors[role] = s.as(t, string(role))
	}
	for _, test := range []struct{ path, id, may string }{
		{"/admin/campaigns", "new-campaign", "owner publisher designer"},
		{"/admin/campaigns/spring", "switch-shaking", "owner publisher"},
		{"/admin/campaigns/spring", "dev-close", "owner publisher"},
		{"/admin/campaigns/spring/odds", "save", "owner publisher designer"},
		{"/admin/campaigns/spring/odds", "read-only", "viewer auditor"},
		{"/admin/campaigns/spring/edit", "save", "owner publisher designer"},
		{"/admin/campaigns/spring/edit", "read-only", "viewer auditor"},
		{"/admin/campaigns/spring/versions", "publish-2", "owner publisher"},
	} {
		for _, role := range game.Roles {
			shown := strings.Contains(visitors[role].get(test.path).body, `id="`+test.id+`"`)
			if may := strings.Contains(test.may, string(role)); shown != may {
				t.Errorf("%s #%s as %s: shown %t", test.path, test.id, role, shown)
			}
		}
	}
}

func TestEveryPageNeedsALogIn(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.browser(t)
	for _, path := range staffPages {
		if got := b.get(path); got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/admin/login") {
			t.Errorf("GET %s: %d", path, got.status)
		}
	}
	if got := b.do(http.MethodGet, "/admin/campaigns/spring/live", nil, http.Header{"X-Fragment": {"1"}}); got.status != http.StatusUnauthorized {
		t.Errorf("a page's own script: %d", got.status)
	}
	for _, path := range changes[2:] {
		got := b.do(http.MethodPost, path, nil, http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"},
		})
		if got.status != http.StatusUnauthorized {
			t.Errorf("POST %s: %d", path, got.status)
		}
	}
	if len(s.acts) != 0 {
		t.Errorf("something was done: %v", s.acts)
	}
}
