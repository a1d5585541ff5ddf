package admin_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

func TestFaultPages(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b, viewer := s.as(t, "owner"), s.as(t, "viewer")
	for _, test := range []struct {
		name   string
		get    func(b *browser) answer
		who    *browser
		status int
		en, zh string
	}{
		{"no page", func(b *browser) answer { return b.get("/admin/nothing/here") }, b, 404, "There is no such page.", "页面不存在。"},
		{"no campaign", func(b *browser) answer { return b.get("/admin/campaigns/none") }, b, 404, "There is no such campaign.", "没有这个活动。"},
		{"no version", func(b *browser) answer { return b.get("/admin/campaigns/spring/odds?from=7") }, b, 404, "There is no such version.", "没有这个版本。"},
		{"no role for it", func(b *browser) answer { return b.get("/admin/new-campaign") }, viewer, 403, "Your role may not do this.", "您的角色没有此权限。"},
		{"no token", func(b *browser) answer { return b.post("/admin/new-campaign", nil) }, b, 403, "The form did not come from this page", "表单来源不符"},
	} {
		for lang, want := range map[string]string{"en": test.en, "zh-CN": test.zh} {
			test.who.lang = lang
			got := test.get(test.who)
			if got.status != test.status || !strings.Contains(got.body, want) || !strings.Contains(got.header.Get("Content-Type"), "text/html") {
				t.Errorf("%s in %s: %d %q", test.name, lang, got.status, got.title())
			}
		}
	}
}

// Who is logged in finds the way on from the page of an error.
func TestFaultKeepsTheNavigation(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "viewer")
	for _, path := range []string{"/admin/new-campaign", "/admin/campaigns/none"} {
		if got := b.get(path); !strings.Contains(got.body, `id="logout"`) {
			t.Errorf("%s: %d without the navigation", path, got.status)
		}
	}
}

func TestFaultsOfOursStayInside(t *testing.T) {
	for _, test := range []struct {
		name   string
		spoil  func(*site)
		status int
		says   string
		logged string
	}{
		{"an error without a code", func(s *site) { s.bookErr = errors.New("pq: secret table") }, 500, "Something went wrong on our side.", "secret table"},
		{"a panic", func(s *site) { s.boom = true }, 500, "Something went wrong on our side.", "memory_test.go"},
		{"the book away", func(s *site) { s.bookErr = game.Fail(game.CodeUnavailable, "secret address") }, 503, "The database cannot be reached", "secret address"},
	} {
		s := newSite(t, false)
		s.sow(t, "spring")
		b := s.as(t, "owner")
		test.spoil(s)
		for _, path := range []string{"/admin/campaigns/spring", "/admin/new-campaign"} {
			s.logs.Reset()
			got := b.get(path)
			if got.status != test.status || !strings.Contains(got.body, test.says) || strings.Contains(got.body, "secret") {
				t.Errorf("%s: GET %s: %d\n%s", test.name, path, got.status, got.body)
			}
			if !strings.Contains(s.logs.String(), test.logged) {
				t.Errorf("%s: GET %s: nothing is logged", test.name, path)
			}
		}
	}
}

func TestWhatPeopleDoWrongIsNotLogged(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "viewer")
	b.get("/admin/nothing")
	b.get("/admin/new-campaign")
	if s.logs.Len() > 0 {
		t.Error(s.logs.String())
	}
}

func TestStatic(t *testing.T) {
	s := newSite(t, false)
	b := s.browser(t)
	page := b.get("/admin/login").body
	_, after, _ := strings.Cut(page, `href="/admin/static/admin.css`)
	query, _, _ := strings.Cut(after, `"`)
	for path, want := range map[string]string{
		"/admin/static/admin.css" + query: "public, max-age=31536000, immutable",
		"/admin/static/admin.css":         "no-store",
		"/admin/static/admin.css?old":     "no-store",
	} {
		got := b.get(path)
		if got.status != http.StatusOK || got.header.Get("Cache-Control") != want || !strings.HasPrefix(got.header.Get("Content-Type"), "text/css") {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
	}
	for _, path := range []string{"/admin/static/none.js", "/admin/static/../admin.go", "/admin/static/"} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}
