package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeveloperControls(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	for _, page := range []string{overview, "/admin/dev"} {
		s.acts = nil
		for _, act := range []string{"skip-window", "close", "seal", "settle"} {
			got := b.submit(page, "/admin/dev/campaigns/spring/"+act, nil)
			if got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), overview+"?done=") {
				t.Errorf("%s on %s: %d to %s", act, page, got.status, got.header.Get("Location"))
			}
		}
		if diff := cmp.Diff([]string{"skip-window spring", "close spring", "seal spring", "settle spring"}, s.acts); diff != "" {
			t.Errorf("%s: %s", page, diff)
		}
	}
	if got := b.submit("/admin/dev", "/admin/dev/reset", nil); got.status != http.StatusSeeOther || s.acts[len(s.acts)-1] != "reset" {
		t.Errorf("reset: %d, %v", got.status, s.acts)
	}
	if got := b.script("/admin/dev/campaigns/none/close", ""); got.status != http.StatusNotFound || !strings.Contains(got.body, `"code":"campaign_unknown"`) {
		t.Errorf("unknown campaign: %d %s", got.status, got.body)
	}
}

// Nothing of the developer's controls is there in production.
func TestNoDeveloperControlsInServe(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	token := b.get("/admin/campaigns").form(t, "/admin/logout")
	for _, path := range changes {
		if !strings.HasPrefix(path, "/admin/dev/") {
			continue
		}
		if got := b.post(path, token); got.status != http.StatusNotFound {
			t.Errorf("POST %s: %d, want 404", path, got.status)
		}
		if got := b.script(path, "{}"); got.status != http.StatusNotFound {
			t.Errorf("POST %s by a script: %d, want 404", path, got.status)
		}
	}
	if got := b.get("/admin/dev"); got.status != http.StatusNotFound {
		t.Errorf("GET /admin/dev: %d, want 404", got.status)
	}
	for _, page := range []string{overview, "/admin/campaigns"} {
		if body := b.get(page).body; strings.Contains(body, "/admin/dev") || strings.Contains(body, "dev-") {
			t.Errorf("%s shows the controls", page)
		}
	}
	if len(s.acts) != 0 {
		t.Errorf("something was done: %v", s.acts)
	}
}
