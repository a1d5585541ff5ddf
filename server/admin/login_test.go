package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/admin"
)

func TestLogInLeadsBack(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.browser(t)
	got := b.get("/admin/campaigns/spring/odds?from=1")
	if got.status != http.StatusSeeOther {
		t.Fatalf("without a session: %d", got.status)
	}
	login := got.header.Get("Location")
	got = b.submit(login, "/admin/login", url.Values{"login": {"designer"}, "password": {password("designer")}})
	if want := "/admin/campaigns/spring/odds?from=1"; got.header.Get("Location") != want {
		t.Errorf("after logging in: %d to %s, want %s", got.status, got.header.Get("Location"), want)
	}
	if got := b.get("/admin/campaigns/spring/odds?from=1"); got.status != http.StatusOK || got.text("who") != "designer designer" {
		t.Errorf("the page: %d for %q", got.status, got.text("who"))
	}
}

func TestSessionCookie(t *testing.T) {
	s := newSite(t, false)
	for _, test := range []struct {
		proto  string
		secure bool
	}{{"http", false}, {"https", true}} {
		b := s.browser(t)
		form := b.get("/admin/login").form(t, "/admin/login")
		page := b.do(http.MethodGet, "/admin/login", nil, http.Header{"X-Forwarded-Proto": {test.proto}})
		for _, cookie := range (&http.Response{Header: page.header}).Cookies() {
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Secure != test.secure {
				t.Errorf("over %s: %s", test.proto, cookie)
			}
		}
		form.Set("login", "owner")
		form.Set("password", password("owner"))
		got := b.do(http.MethodPost, "/admin/login", strings.NewReader(form.Encode()), http.Header{
			"Content-Type": {"application/x-www-form-urlencoded"}, "X-Forwarded-Proto": {test.proto},
		})
		found := false
		for _, cookie := range (&http.Response{Header: got.header}).Cookies() {
			if cookie.Name != "fivefold_staff" {
				continue
			}
			found = true
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Secure != test.secure || cookie.Path != "/admin" {
				t.Errorf("over %s: %s", test.proto, cookie)
			}
		}
		if !found {
			t.Errorf("over %s: no session, %d", test.proto, got.status)
		}
	}
}

func TestLogInRefused(t *testing.T) {
	s := newSite(t, false)
	b := s.browser(t)
	var bodies []string
	for _, login := range []string{"owner", "nobody"} {
		got := b.submit("/admin/login", "/admin/login", url.Values{"login": {login}, "password": {"wrong password"}})
		if got.status != http.StatusUnauthorized || got.text("login-wrong") != "The login or the password is wrong." {
			t.Errorf("%s: %d, %q", login, got.status, got.text("login-wrong"))
		}
		bodies = append(bodies, strings.ReplaceAll(got.body, login, "LOGIN"))
	}
	if bodies[0] != bodies[1] {
		t.Error("the answer tells whether a login exists")
	}
	if len(s.Open) != 0 {
		t.Error("a session was opened")
	}
}

func TestLogInLimited(t *testing.T) {
	s := newSite(t, false)
	b := s.browser(t)
	var got answer
	for range 11 {
		got = b.submit("/admin/login", "/admin/login", url.Values{"login": {"owner"}, "password": {"wrong password"}})
	}
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "600" {
		t.Errorf("the eleventh attempt: %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
}

func TestLogOut(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "owner")
	got := b.submit("/admin/campaigns", "/admin/logout", nil)
	if got.status != http.StatusSeeOther || len(s.Open) != 0 {
		t.Errorf("%d, %d sessions left", got.status, len(s.Open))
	}
	if got := b.get("/admin/campaigns"); got.status != http.StatusSeeOther {
		t.Errorf("afterwards: %d", got.status)
	}
}

func TestLogInByScript(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	b := s.browser(t)
	if got := b.script("/admin/login", `{"login": "owner", "password": "wrong password"}`); got.status != http.StatusUnauthorized ||
		!strings.Contains(got.body, `"code":"login_failed"`) {
		t.Errorf("wrong password: %d %s", got.status, got.body)
	}
	if got := b.script("/admin/login", `{"login": `); got.status != http.StatusBadRequest || !strings.Contains(got.body, `"code":"malformed"`) {
		t.Errorf("half of a document: %d %s", got.status, got.body)
	}
	if got := b.script("/admin/dev/campaigns/spring/close", ""); got.status != http.StatusUnauthorized {
		t.Errorf("not logged in: %d %s", got.status, got.body)
	}
	if got := b.script("/admin/login", `{"login": "owner", "password": "`+password("owner")+`"}`); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := b.script("/admin/dev/campaigns/spring/close", ""); got.status != http.StatusOK ||
		!strings.Contains(got.body, `"state":"scheduled"`) || !strings.Contains(got.body, `"now":"2026-02-10T04:00:00Z"`) {
		t.Errorf("logged in: %d %s", got.status, got.body)
	}
}

// A session that ends while somebody types costs them nothing: the log-in carries the form on.
func TestNothingTypedIsLostWithTheSession(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	const page = "/admin/campaigns/spring/odds"
	form := b.get(page).form(t, page)
	form.Set("odds-1", "11.5")
	form.Set("comment", `"quoted" <b>& typed</b>`)
	clear(s.Open)

	asked := b.post(page, form)
	if asked.status != http.StatusUnauthorized || asked.text("resumed") == "" {
		t.Fatalf("without a session: %d", asked.status)
	}
	again := asked.form(t, page)
	again.Set("resume_login", "designer")
	again.Set("resume_password", "wrong password")
	asked = b.post(page, again)
	if asked.status != http.StatusUnauthorized || asked.text("login-wrong") == "" {
		t.Fatalf("wrong password: %d", asked.status)
	}
	if strings.Contains(asked.body, "wrong password\"") {
		t.Error("the page holds the password")
	}
	again = asked.form(t, page)
	again.Set("resume_password", password("designer"))
	if got := b.post(page, again); got.status != http.StatusSeeOther {
		t.Fatalf("right password: %d %v", got.status, got.wrong())
	}
	saved := s.versions[c.ID]
	if len(saved) != 2 || saved[1].Odds.Outcomes[0].Weight != 115_000_000 || saved[1].Comment != `"quoted" <b>& typed</b>` {
		t.Errorf("saved: %+v", saved)
	}
}

func TestSafeNext(t *testing.T) {
	for next, want := range map[string]string{
		"":                                "/admin/campaigns",
		"/admin/campaigns/x?from=2":       "/admin/campaigns/x?from=2",
		"/":                               "/admin/campaigns",
		"/adminx":                         "/admin/campaigns",
		"//evil.example/admin/":           "/admin/campaigns",
		"https://evil.example/admin/":     "/admin/campaigns",
		`/\evil.example/admin/`:           "/admin/campaigns",
		`/admin/\\evil.example`:           "/admin/campaigns",
		"javascript:alert(1)":             "/admin/campaigns",
		"/admin/x\r\nSet-Cookie: a=b":     "/admin/campaigns",
		"https:/admin/campaigns":          "/admin/campaigns",
		"///admin/campaigns":              "/admin/campaigns",
		"/admin/campaigns#//evil.example": "/admin/campaigns",
	} {
		if got := admin.SafeNext(next); got != want {
			t.Errorf("SafeNext(%q) = %q, want %q", next, got, want)
		}
	}
}
