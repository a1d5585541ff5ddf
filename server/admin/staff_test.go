package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

var inviteLink = regexp.MustCompile(`id="invite-link"[^>]* value="http://[^/]+(/admin/join/[\w-]{43})"`)

func (s *site) login(login string) *game.Staff {
	return s.Person(func(p game.Staff) bool { return p.Login == login })
}

func TestInvitedPersonJoins(t *testing.T) {
	s := newSite(t, false)
	s.Book.Now = time.Now() // invitations end by the time of day
	owner := s.as(t, "owner")
	got := owner.submit("/admin/staff", "/admin/staff", url.Values{"staff-login": {"Mei@Example.com"}, "staff-role": {"publisher"}})
	link := inviteLink.FindStringSubmatch(got.body)
	if got.status != http.StatusOK || link == nil || s.login("mei@example.com") == nil {
		t.Fatalf("%d, link %v", got.status, link)
	}
	if again := owner.get("/admin/staff"); strings.Contains(again.body, link[1]) || !strings.Contains(again.body, "link out until") {
		t.Error("the link is shown twice, or the invitation not at all")
	}

	mei := s.browser(t)
	got = mei.submit(link[1], link[1], url.Values{"join-password": {"a password of hers"}, "join-again": {"a password of mine"}})
	if got.status != http.StatusUnprocessableEntity || !cmp.Equal(got.wrongInputs(), []string{"join-again"}) {
		t.Errorf("two passwords: %d %v", got.status, got.wrong())
	}
	got = mei.submit(link[1], link[1], url.Values{"join-password": {"short"}, "join-again": {"short"}})
	if got.status != http.StatusUnprocessableEntity || !cmp.Equal(got.wrongInputs(), []string{"join-password"}) {
		t.Errorf("a short password: %d %v", got.status, got.wrong())
	}
	got = mei.submit(link[1], link[1], url.Values{"join-password": {"a password of hers"}, "join-again": {"a password of hers"}})
	if got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/admin/login") {
		t.Fatalf("joined: %d", got.status)
	}
	if got := mei.get(link[1]); got.status != http.StatusNotFound || got.text("join-over") == "" {
		t.Errorf("the link once more: %d", got.status)
	}
	got = mei.submit("/admin/login", "/admin/login", url.Values{"login": {"mei@example.com"}, "password": {"a password of hers"}})
	if got.status != http.StatusSeeOther {
		t.Errorf("log in: %d", got.status)
	}
}

func TestInvitationsRefused(t *testing.T) {
	s := newSite(t, false)
	owner := s.as(t, "owner")
	for login, want := range map[string]string{
		"designer": "Somebody has this login already.",
		"li mei":   "2 to 64 small letters, digits and . _ @ + -, with a letter or digit first.",
	} {
		got := owner.submit("/admin/staff", "/admin/staff", url.Values{"staff-login": {login}})
		if got.status != http.StatusUnprocessableEntity || got.wrong()["staff-login"] != want {
			t.Errorf("%s: %d %v", login, got.status, got.wrong())
		}
	}
}

func TestStaffIsChanged(t *testing.T) {
	s := newSite(t, false)
	owner, designer := s.as(t, "owner"), s.as(t, "designer")
	path := "/admin/staff/" + string(s.login("designer").ID)
	if got := owner.submit("/admin/staff", path+"/role", url.Values{"role": {"viewer"}}); got.status != http.StatusSeeOther {
		t.Fatalf("another role: %d", got.status)
	}
	if got := designer.get("/admin/new-campaign"); got.status != http.StatusForbidden {
		t.Errorf("the role is not of now: %d", got.status)
	}
	if got := owner.submit("/admin/staff", path+"/disable", nil); got.status != http.StatusSeeOther {
		t.Fatalf("disable: %d", got.status)
	}
	if got := designer.get("/admin/campaigns"); got.status != http.StatusSeeOther {
		t.Errorf("a disabled person's session: %d", got.status)
	}
	got := s.browser(t).submit("/admin/login", "/admin/login", url.Values{"login": {"designer"}, "password": {password("designer")}})
	if got.status != http.StatusUnauthorized || got.text("login-wrong") != "The login or the password is wrong." {
		t.Errorf("a disabled person's log-in: %d %q", got.status, got.text("login-wrong"))
	}
	if got := owner.submit("/admin/staff", path+"/enable", nil); got.status != http.StatusSeeOther || s.login("designer").Disabled() {
		t.Errorf("enable: %d", got.status)
	}
	s.as(t, "designer")
}

func TestTheLastOwnerIsNotLockedOut(t *testing.T) {
	s := newSite(t, false)
	owner := s.as(t, "owner")
	path := "/admin/staff/" + string(s.login("owner").ID)
	for change, form := range map[string]url.Values{"/disable": nil, "/role": {"role": {"auditor"}}} {
		got := owner.submit("/admin/staff", path+change, form)
		if got.status != http.StatusConflict || !strings.Contains(got.text("refused"), "last owner") {
			t.Errorf("%s: %d %q", change, got.status, got.text("refused"))
		}
	}
	if p := s.login("owner"); p.Role != game.RoleOwner || p.Disabled() {
		t.Errorf("the last owner is %+v", p)
	}
}

func TestAccountPassword(t *testing.T) {
	s := newSite(t, false)
	here, there := s.as(t, "viewer"), s.as(t, "viewer")
	const path = "/admin/account/password"
	for name, test := range map[string]struct {
		form  url.Values
		wrong []string
	}{
		"two new ones": {url.Values{"account-password": {password("viewer")}, "account-new_password": {"a new password"}, "account-again": {"another one"}}, []string{"account-again"}},
		"not the old":  {url.Values{"account-password": {"wrong"}, "account-new_password": {"a new password"}, "account-again": {"a new password"}}, []string{"account-password"}},
		"a short one":  {url.Values{"account-password": {password("viewer")}, "account-new_password": {"new"}, "account-again": {"new"}}, []string{"account-new_password"}},
	} {
		if got := here.submit("/admin/account", path, test.form); got.status != http.StatusUnprocessableEntity || !cmp.Equal(got.wrongInputs(), test.wrong) {
			t.Errorf("%s: %d %v", name, got.status, got.wrong())
		}
	}
	got := here.submit("/admin/account", path, url.Values{"account-password": {password("viewer")}, "account-new_password": {"a new password"}, "account-again": {"a new password"}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("changed: %d", got.status)
	}
	if got := here.get("/admin/account"); got.status != http.StatusOK {
		t.Errorf("the session that changed it: %d", got.status)
	}
	if got := there.get("/admin/account"); got.status != http.StatusSeeOther {
		t.Errorf("the other session: %d", got.status)
	}
}

func TestAccountSessions(t *testing.T) {
	s := newSite(t, false)
	here, there := s.as(t, "viewer"), s.as(t, "viewer")
	page := here.get("/admin/account")
	if n := strings.Count(page.body, "data-session="); n != 2 || strings.Count(page.body, "this one") != 1 {
		t.Fatalf("%d sessions", n)
	}
	form := page.form(t, "/admin/account/sessions/end") // the one of the other
	if got := here.post("/admin/account/sessions/end", form); got.status != http.StatusSeeOther {
		t.Fatalf("end: %d", got.status)
	}
	if got := there.get("/admin/account"); got.status != http.StatusSeeOther {
		t.Errorf("it goes on: %d", got.status)
	}
	there = s.as(t, "viewer")
	here.submit("/admin/account", "/admin/account/sessions/end-others", nil)
	if got := there.get("/admin/account"); got.status != http.StatusSeeOther {
		t.Errorf("another goes on: %d", got.status)
	}
	if got := here.get("/admin/account"); got.status != http.StatusOK {
		t.Errorf("this one: %d", got.status)
	}
}

// A language that was chosen follows its person to another browser.
func TestAccountLanguage(t *testing.T) {
	s := newSite(t, false)
	s.as(t, "viewer").submit("/admin/account", "/admin/account/language", url.Values{"language": {"zh"}})
	if got := s.as(t, "viewer").get("/admin/account"); !strings.Contains(got.body, `lang="zh-Hans"`) || got.title() != "我的账号 · Fivefold" {
		t.Errorf("in another browser: %s", got.title())
	}
	if got := s.as(t, "viewer").post("/admin/account/language", url.Values{"language": {"fr"}}); got.status == http.StatusSeeOther {
		t.Error("a language that there is not was taken")
	}
}
