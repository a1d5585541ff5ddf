package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

// changes are all addresses that change something, of a site with the developer's controls.
var changes = []string{
	"/admin/login", "/admin/logout", "/admin/new-campaign", "/admin/campaigns/spring/switch", "/admin/campaigns/spring/odds",
	"/admin/campaigns/spring/versions/1/publish", "/admin/dev/reset", "/admin/dev/campaigns/spring/skip-window",
	"/admin/dev/campaigns/spring/close", "/admin/dev/campaigns/spring/seal", "/admin/dev/campaigns/spring/settle",
	"/admin/staff", "/admin/staff/extra/role", "/admin/staff/extra/disable", "/admin/staff/extra/invite", "/admin/account/password",
	"/admin/account/factor", "/admin/account/factor/confirm", "/admin/account/factor/remove", "/admin/account/sessions/end-others",
}

func TestChangesNeedTheirOwnPage(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	sessions := len(s.Open)
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for _, path := range changes {
		for name, send := range map[string]func() answer{
			"no token":    func() answer { return b.post(path, url.Values{}) },
			"wrong token": func() answer { return b.post(path, url.Values{"csrf": {strings.Repeat("x", 32)}}) },
			"another site's page": func() answer {
				token := b.get("/admin/campaigns").form(t, "/admin/logout").Get("csrf")
				header := form.Clone()
				header.Set("Sec-Fetch-Site", "cross-site")
				return b.do(http.MethodPost, path, strings.NewReader(url.Values{"csrf": {token}}.Encode()), header)
			},
			"another site's script": func() answer {
				return b.do(http.MethodPost, path, strings.NewReader("{}"), http.Header{
					"Content-Type": {"application/json"}, "Sec-Fetch-Site": {"cross-site"},
				})
			},
		} {
			if got := send(); got.status != http.StatusForbidden {
				t.Errorf("POST %s, %s: %d, want 403", path, name, got.status)
			}
		}
	}
	if len(s.acts) != 0 || len(s.Open) != sessions {
		t.Errorf("something was done: %v", s.acts)
	}
}

func TestTheBrowsersWordIsEnough(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	got := b.do(http.MethodPost, "/admin/dev/campaigns/spring/close", nil, http.Header{
		"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"},
	})
	if got.status != http.StatusSeeOther || len(s.acts) != 1 {
		t.Errorf("%d, %v", got.status, s.acts)
	}
}

func TestHeaders(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	inline := regexp.MustCompile(`<script(?:>|[^>]* src="[^/])|<style|\son[a-z]+="|\sstyle="|javascript:`)
	for _, path := range staffPages {
		got := b.get(path)
		policy := got.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy %q lacks %s", path, policy, want)
			}
		}
		if strings.Contains(policy, "unsafe") || got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, got.header)
		}
		if found := inline.FindString(got.body); found != "" {
			t.Errorf("%s holds %q, which the policy stops", path, found)
		}
	}
}

// What people write is shown as they wrote it and never read as HTML.
func TestWritingIsEscaped(t *testing.T) {
	s := newSite(t, true)
	c := s.sow(t, "spring")
	evil := `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`
	kept := s.at(c.ID)
	kept.Name, kept.Rules = game.Text{"en": evil, "zh": evil}, game.Text{"en": evil}
	kept.TimeZone, kept.Pool.Currency, kept.Pool.Overflow = evil, evil, game.Text{"en": evil}
	kept.Cards[0].Name = game.Text{"en": evil, "zh": evil}
	s.versions[c.ID][0].Comment, s.versions[c.ID][0].SavedBy = evil, game.StaffID(evil)
	b := s.as(t, "owner")
	for _, path := range append(staffPages, "/admin/campaigns?done="+url.QueryEscape(evil)+"&n=1", "/admin/login?next="+url.QueryEscape(evil)) {
		if got := b.get(path); strings.Contains(got.body, "<script>alert") || strings.Contains(got.body, "<img src=x") {
			t.Errorf("%s shows it raw", path)
		}
	}
	form := b.get("/admin/new-campaign").form(t, "/admin/new-campaign")
	for name := range form {
		if name != "csrf" {
			form.Set(name, evil)
		}
	}
	got := b.post("/admin/new-campaign", form)
	if got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "<script>alert") || strings.Contains(got.body, "<img src=x") {
		t.Errorf("a form full of it: %d", got.status)
	}
	if back := got.form(t, "/admin/new-campaign"); back.Get("name-en") != evil || back.Get("odds-1") != evil {
		t.Errorf("what was typed came back as %q and %q", back.Get("name-en"), back.Get("odds-1"))
	}
}

func TestOversizedForm(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "owner")
	form := b.get("/admin/new-campaign").form(t, "/admin/new-campaign")
	form.Set("rules-en", strings.Repeat("x", 300_000))
	if got := b.post("/admin/new-campaign", form); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", got.status)
	}
}
