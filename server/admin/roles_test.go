package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

// staffPages are the addresses of all pages for the staff, of a site with the developer's controls and a
// campaign "spring".
var staffPages = []string{
	"/admin/campaigns", "/admin/new-campaign", "/admin/campaigns/spring", "/admin/campaigns/spring/live", "/admin/campaigns/spring/odds",
	"/admin/campaigns/spring/edit", "/admin/campaigns/spring/rounds", "/admin/campaigns/spring/art", "/admin/campaigns/spring/copy", "/admin/templates/gala", "/admin/import",
	"/admin/campaigns/spring/versions", "/admin/campaigns/spring/versions/1/publish", "/admin/tokens", "/admin/activity",
	"/admin/campaigns/spring/activity", "/admin/campaigns/spring/vouchers", "/admin/campaigns/spring/reports", "/admin/campaigns/spring/support", "/admin/campaigns/spring/support/p1",
	"/admin/campaigns/spring/support/p1/entries/3", "/admin/dev",
}

func TestRoles(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	visitors := map[game.Role]*browser{}
	for _, role := range game.Roles {
		visitors[role] = s.as(t, string(role))
	}
	all := "owner publisher designer viewer auditor"
	for _, test := range []struct{ method, path, may string }{
		{"GET", "/admin/campaigns", all},
		{"GET", "/admin/campaigns/spring", all},
		{"GET", "/admin/campaigns/spring/live", all},
		{"GET", "/admin/campaigns/spring/odds", all},
		{"GET", "/admin/campaigns/spring/versions", all},
		{"GET", "/admin/activity", all},
		{"GET", "/admin/campaigns/spring/activity", all},
		{"GET", "/admin/new-campaign", "owner publisher designer"},
		{"POST", "/admin/new-campaign", "owner publisher designer"},
		{"GET", "/admin/campaigns/spring/edit", all},
		{"GET", "/admin/campaigns/spring/copy", "owner publisher designer"},
		{"POST", "/admin/campaigns/spring/copy", "owner publisher designer"},
		{"POST", "/admin/templates/gala", "owner publisher designer"},
		{"GET", "/admin/campaigns/spring/file", all},
		{"GET", "/admin/campaigns/spring/rounds", all},
		{"POST", "/admin/campaigns/spring/rounds", "owner publisher designer"},
		{"GET", "/admin/campaigns/spring/vouchers", all},
		{"GET", "/admin/campaigns/spring/art", all},
		{"POST", "/admin/campaigns/spring/art", "owner publisher designer"},
		{"POST", "/admin/import", "owner publisher designer"},
		{"POST", "/admin/campaigns/spring/edit", "owner publisher designer"},
		{"POST", "/admin/campaigns/spring/odds", "owner publisher designer"},
		{"POST", "/admin/campaigns/spring/switch", "owner publisher"},
		{"GET", "/admin/campaigns/spring/versions/1/publish", "owner publisher"},
		{"POST", "/admin/campaigns/spring/versions/1/publish", "owner publisher"},
		{"POST", "/admin/dev/campaigns/spring/close", "owner publisher"},
		{"POST", "/admin/dev/reset", "owner publisher"},
	} {
		for _, role := range game.Roles {
			b := visitors[role]
			got := b.do(test.method, test.path, strings.NewReader(url.Values{"from": {"1"}, "switch": {"shaking"}}.Encode()), http.Header{
				"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"},
			})
			may := strings.Contains(test.may, string(role))
			if forbidden := got.status == http.StatusForbidden; forbidden == may || got.status >= 500 || got.status == http.StatusNotFound {
				t.Errorf("%s %s as %s: %d", test.method, test.path, role, got.status)
			}
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
