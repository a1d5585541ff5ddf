package admin_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/game"
)

// code is what an authenticator app shows for a key, computed apart from the server (RFC 6238).
func code(t *testing.T, key string, at time.Time) string {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(key, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/30)))
	sum := mac.Sum(nil)
	from := sum[19] & 15
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[from:from+4])&0x7fffffff)%1000000)
}

var (
	factorKey    = regexp.MustCompile(`id="factor-key"[^>]* value="([A-Z2-7 ]+)"`)
	recoveryCode = regexp.MustCompile(`<li><code>([A-Z2-7-]{19})</code></li>`)
)

// demanding is a site on which a second factor is demanded.
func demanding(t *testing.T) *site {
	s := newSite(t, true, func(c *admin.Config) { c.Factor = true })
	s.sow(t, "spring")
	return s
}

// setUp sets up a second factor in a browser and gives its key and the recovery codes.
func (b *browser) setUp(t *testing.T) (key string, recovery []string) {
	t.Helper()
	if got := b.submit("/admin/account", "/admin/account/factor", nil); got.header.Get("Location") != "/admin/account/factor" {
		t.Fatalf("begin: %d", got.status)
	}
	page := b.get("/admin/account/factor")
	found := factorKey.FindStringSubmatch(page.body)
	if found == nil || !strings.Contains(page.body, `<path d="M`) {
		t.Fatal("no key, or no QR code")
	}
	const confirm = "/admin/account/factor/confirm"
	wrong := b.submit("/admin/account/factor", confirm, url.Values{"factor-code": {"12345"}})
	if wrong.status != http.StatusUnprocessableEntity || !cmp.Equal(wrong.wrongInputs(), []string{"factor-code"}) {
		t.Errorf("a wrong code: %d %v", wrong.status, wrong.wrong())
	}
	done := b.submit("/admin/account/factor", confirm, url.Values{"factor-code": {code(t, found[1], b.site.Book.Now)}})
	for _, m := range recoveryCode.FindAllStringSubmatch(done.body, -1) {
		recovery = append(recovery, m[1])
	}
	if done.status != http.StatusOK || len(recovery) != 10 {
		t.Fatalf("confirm: %d, %d recovery codes", done.status, len(recovery))
	}
	if done.text("lacks-factor") != "" {
		t.Error("the page that sets it up says that it is lacking")
	}
	b.site.Book.Now = b.site.Book.Now.Add(time.Minute)
	return found[1], recovery
}

// Without the second factor that their role needs, people may look and not publish, switch or manage.
func TestFactorIsDemanded(t *testing.T) {
	s := demanding(t)
	publisher := s.as(t, "publisher")
	page := publisher.get("/admin/campaigns/spring")
	if page.status != http.StatusOK || page.text("lacks-factor") == "" {
		t.Errorf("the page: %d, told %q", page.status, page.text("lacks-factor"))
	}
	reserved := []string{
		"/admin/campaigns/spring/switch", "/admin/campaigns/spring/versions/1/publish", "/admin/dev/reset",
		"/admin/staff", "/admin/staff/extra/disable",
	}
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"}}
	owner := s.as(t, "owner")
	for _, path := range reserved {
		got := owner.do(http.MethodPost, path, strings.NewReader("switch=shaking"), header)
		if got.status != http.StatusForbidden || !strings.Contains(got.body, `id="factor-unset"`) {
			t.Errorf("POST %s: %d", path, got.status)
		}
	}
	if s.campaigns[0].ShakingPaused || len(s.acts) != 0 {
		t.Error("something was done")
	}
	token := url.Values{"token-name": {"deploy"}, "token-days": {"30"}, "scope-publish": {"on"}}
	if got := owner.submit("/admin/tokens", "/admin/tokens", token); got.status != http.StatusForbidden || len(s.tokens) != 0 {
		t.Errorf("a token that publishes: %d", got.status)
	}
	form := publisher.get("/admin/campaigns/spring/odds").form(t, "/admin/campaigns/spring/odds")
	if got := publisher.post("/admin/campaigns/spring/odds", form); got.status == http.StatusForbidden {
		t.Error("a version may not be saved")
	}
	if got := s.as(t, "designer").get("/admin/campaigns"); got.text("lacks-factor") != "" {
		t.Error("a designer is told to set one up")
	}

	owner.setUp(t)
	if got := owner.do(http.MethodPost, reserved[0], strings.NewReader("switch=shaking&paused=true&reason=a+fault"), header); got.status != http.StatusSeeOther || !s.campaigns[0].ShakingPaused {
		t.Errorf("with a second factor: %d", got.status)
	}
}

func TestLogInWithFactor(t *testing.T) {
	s := demanding(t)
	key, recovery := s.as(t, "owner").setUp(t)
	b := s.browser(t)
	asked := b.submit("/admin/login?next=/admin/tokens", "/admin/login", url.Values{"login": {"owner"}, "password": {password("owner")}})
	if asked.status != http.StatusUnauthorized || !strings.Contains(asked.body, `id="login-code"`) || strings.Contains(asked.body, password("owner")) {
		t.Fatalf("without a code: %d", asked.status)
	}
	form := asked.form(t, "/admin/login")
	form.Set("code", "12345")
	wrong := b.post("/admin/login", form)
	if wrong.status != http.StatusUnauthorized || wrong.text("login-wrong") == "" || s.Refused != 1 {
		t.Errorf("a wrong code: %d, %d recorded", wrong.status, s.Refused)
	}
	form = wrong.form(t, "/admin/login")
	form.Set("code", code(t, key, s.Book.Now))
	if got := b.post("/admin/login", form); got.header.Get("Location") != "/admin/tokens" {
		t.Fatalf("the code: %d", got.status)
	}
	if got := s.browser(t).post("/admin/login", form); got.status == http.StatusSeeOther {
		t.Error("the same code let another in")
	}
	for i, want := range []int{http.StatusSeeOther, http.StatusUnauthorized} {
		b := s.browser(t)
		form := b.submit("/admin/login", "/admin/login", url.Values{"login": {"owner"}, "password": {password("owner")}}).form(t, "/admin/login")
		form.Set("code", recovery[0])
		if got := b.post("/admin/login", form); got.status != want {
			t.Errorf("a recovery code, use %d: %d", i+1, got.status)
		}
	}
	clear(s.Attempts)
	script := s.browser(t)
	body := `{"login": "owner", "password": "` + password("owner") + `", "code": "%s"}`
	if got := script.script("/admin/login", fmt.Sprintf(body, "")); got.status != http.StatusUnauthorized || !strings.Contains(got.body, `"code":"factor_needed"`) {
		t.Errorf("a script without a code: %d %s", got.status, got.body)
	}
	if got := script.script("/admin/login", fmt.Sprintf(body, recovery[1])); got.status != http.StatusOK {
		t.Errorf("a script with a code: %d %s", got.status, got.body)
	}
}

// A session that ends while somebody types: the log-in asks for the code, and nothing is lost.
func TestResumeAsksForTheCode(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	key, _ := b.setUp(t)
	const page = "/admin/campaigns/spring/odds"
	form := b.get(page).form(t, page)
	form.Set("odds-1", "11.5")
	clear(s.Open)

	again := b.post(page, form).form(t, page)
	again.Set("resume_login", "designer")
	again.Set("resume_password", password("designer"))
	asked := b.post(page, again)
	if asked.status != http.StatusUnauthorized || !strings.Contains(asked.body, `name="resume_code"`) || len(s.versions[c.ID]) != 1 {
		t.Fatalf("without a code: %d", asked.status)
	}
	if strings.Contains(asked.body, password("designer")) {
		t.Error("the page holds the password")
	}
	again = asked.form(t, page)
	again.Set("resume_code", code(t, key, s.Book.Now))
	if got := b.post(page, again); got.status != http.StatusSeeOther {
		t.Fatalf("with the code: %d %v", got.status, got.wrong())
	}
	saved := s.versions[c.ID]
	if len(saved) != 2 || saved[1].Odds.Outcomes[0].Weight != 115_000_000 {
		t.Errorf("saved: %+v", saved)
	}
}

func TestFactorIsRenewedAndRemoved(t *testing.T) {
	s := demanding(t)
	b := s.as(t, "owner")
	_, recovery := b.setUp(t)
	renew := b.submit("/admin/account", "/admin/account/factor/recovery", url.Values{"recovery-password": {"wrong"}})
	if renew.status != http.StatusUnprocessableEntity || !cmp.Equal(renew.wrongInputs(), []string{"recovery-password"}) {
		t.Errorf("renew with a wrong password: %d %v", renew.status, renew.wrong())
	}
	renew = b.submit("/admin/account", "/admin/account/factor/recovery", url.Values{"recovery-password": {password("owner")}})
	if found := recoveryCode.FindAllString(renew.body, -1); len(found) != 10 || strings.Contains(renew.body, recovery[0]) {
		t.Errorf("renewed: %d, %d codes", renew.status, len(found))
	}
	if got := b.submit("/admin/account", "/admin/account/factor/remove", url.Values{"factor-password": {"wrong"}}); !cmp.Equal(got.wrongInputs(), []string{"factor-password"}) {
		t.Errorf("remove with a wrong password: %d %v", got.status, got.wrong())
	}
	if got := b.submit("/admin/account", "/admin/account/factor/remove", url.Values{"factor-password": {password("owner")}}); got.status != http.StatusSeeOther {
		t.Fatalf("remove: %d", got.status)
	}
	s.as(t, "owner")
	if p := s.login("owner"); p.HasFactor() || p.Role != game.RoleOwner {
		t.Errorf("afterwards %+v", p)
	}
}
