package admin_test

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
	"github.com/fivefold/fivefold/server/vitals"
)

const lead = 2 * time.Second

// site is the pages on a server of a test's own, with a person of each role, whose login is the
// role's name.
type site struct {
	*memory
	url    string
	logs   *strings.Builder
	routes []*echo.Route
}

func password(login string) string { return "the password of " + login }

// everybody is hashed once: it is what takes long.
var everybody = sync.OnceValue(func() []game.Staff {
	m := newMemory()
	people := m.Service()
	for _, role := range game.Roles {
		if _, err := people.Add(context.Background(), string(role), password(string(role)), role); err != nil {
			panic(err)
		}
	}
	return m.Staff
})

func newSite(t *testing.T, dev bool, change ...func(*admin.Config)) *site {
	t.Helper()
	m, logs := newMemory(), &strings.Builder{}
	m.Staff = slices.Clone(everybody())
	campaigns := &campaign.Service{
		Book: m, Keys: m, Documents: fairness.Document, Themes: []string{"moon"}, Lead: lead, AllowOpen: dev, Plans: m, Announce: func(context.Context) {},
	}
	cfg := admin.Config{
		Staff: m.Service(), Tokens: &staff.Tokens{Book: m}, Support: supportOf(m), Reports: reportsOf(m), Activity: m, Vouchers: m, Book: m, Live: m, Lead: lead, Dev: dev, Developer: m,
		Themes:    []admin.Theme{{Name: "moon", Title: game.Text{"en": "Moon", "zh": "月"}}, {Name: "spring", Title: game.Text{"en": "Spring", "zh": "春"}}},
		Log:       slog.New(slog.NewTextHandler(logs, nil)),
		Approvals: &campaign.Approvals{Book: m}, Plans: campaigns, Reviews: m,
		Campaigns: campaigns, Shadows: campaigns, Vitals: func() vitals.Sign { return m.vitals }, Rehearsals: &stageHand{}, Editor: campaigns, Artist: campaigns, Templates: campaign.Templates{Files: assets.Templates},
	}
	for _, f := range change {
		f(&cfg)
	}
	a, err := admin.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	a.Register(e)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return &site{memory: m, url: server.URL, logs: logs, routes: e.Routes()}
}

// browser is somebody's browser: it keeps cookies and follows no redirect by itself.
type browser struct {
	t    *testing.T
	site *site
	http http.Client
	lang string
}

// answer is what a browser got.
type answer struct {
	status int
	header http.Header
	body   string
}

func (s *site) browser(t *testing.T) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &browser{t: t, site: s, http: http.Client{Jar: jar, CheckRedirect: stay}, lang: "en"}
}

// as gives a browser in which somebody has logged in.
func (s *site) as(t *testing.T, login string) *browser {
	t.Helper()
	b := s.browser(t)
	got := b.submit("/admin/login", "/admin/login", url.Values{"login": {login}, "password": {password(login)}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("log in as %s: %d", login, got.status)
	}
	return b
}

func (b *browser) do(method, path string, body io.Reader, header http.Header) answer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.site.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Accept-Language", b.lang)
	maps.Copy(r.Header, header)
	response, err := b.http.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	return b.do(http.MethodGet, path, nil, nil)
}

// post sends a form as it is.
func (b *browser) post(path string, form url.Values) answer {
	b.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(form.Encode()),
		http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
}

// script sends JSON, as a program does.
func (b *browser) script(path, body string) answer {
	b.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(body), http.Header{"Content-Type": {"application/json"}})
}

// submit sends the form of a page, with some inputs typed over.
func (b *browser) submit(page, path string, typed url.Values) answer {
	b.t.Helper()
	got := b.get(page)
	if got.status != http.StatusOK {
		b.t.Fatalf("GET %s: %d\n%s", page, got.status, got.title())
	}
	form := got.form(b.t, path)
	maps.Copy(form, typed)
	return b.post(path, form)
}

var (
	formTag   = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag  = regexp.MustCompile(`(?s)<(input|textarea|select)\b([^>]*)>`)
	attribute = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	areaText  = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>`)
	selected  = regexp.MustCompile(`(?s)<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>`)
	chosen    = regexp.MustCompile(`<option value="([^"]*)" selected`)
	titleTag  = regexp.MustCompile(`(?s)<title>(.*?)</title>`)
	wrongTag  = regexp.MustCompile(`<p class="wrong" id="([^"]*)-wrong">([^<]*)</p>`)
)

// form gives the values that a page's form holds, as a browser would send them.
func (a answer) form(t *testing.T, action string) url.Values {
	t.Helper()
	for _, m := range formTag.FindAllStringSubmatch(a.body, -1) {
		if html.UnescapeString(m[1]) != action {
			continue
		}
		values := url.Values{}
		for _, input := range inputTag.FindAllStringSubmatch(m[2], -1) {
			attrs := map[string]string{}
			for _, pair := range attribute.FindAllStringSubmatch(input[2], -1) {
				attrs[pair[1]] = html.UnescapeString(pair[2])
			}
			unticked := (attrs["type"] == "checkbox" || attrs["type"] == "radio") && !strings.HasSuffix(input[2], " checked")
			if attrs["name"] != "" && !unticked {
				values.Set(attrs["name"], attrs["value"])
			}
		}
		for _, area := range areaText.FindAllStringSubmatch(m[2], -1) {
			values.Set(area[1], html.UnescapeString(area[2]))
		}
		for _, list := range selected.FindAllStringSubmatch(m[2], -1) {
			if option := chosen.FindStringSubmatch(list[2]); option != nil {
				values.Set(list[1], option[1])
			}
		}
		return values
	}
	t.Fatalf("no form for %s on %s", action, a.title())
	return nil
}

func (a answer) title() string {
	if m := titleTag.FindStringSubmatch(a.body); m != nil {
		return html.UnescapeString(m[1])
	}
	return a.body
}

// wrong gives what the page says of its inputs.
func (a answer) wrong() map[string]string {
	all := map[string]string{}
	for _, m := range wrongTag.FindAllStringSubmatch(a.body, -1) {
		all[m[1]] = html.UnescapeString(m[2])
	}
	return all
}

func (a answer) wrongInputs() []string { return slices.Sorted(maps.Keys(a.wrong())) }

// text gives the text of the element of an id.
func (a answer) text(id string) string {
	m := regexp.MustCompile(`(?s)<([a-z0-9]+)[^>]* id="` + regexp.QuoteMeta(id) + `"[^>]*>(.*?)</`).FindStringSubmatch(a.body)
	if m == nil {
		return ""
	}
	return strings.TrimSpace(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], "")))
}

// sow makes a published campaign that opens an hour after begin, for an hour, in 60 windows.
func (s *site) sow(t *testing.T, slug string) game.Campaign {
	t.Helper()
	owner, err := s.StaffByLogin(t.Context(), "owner")
	if err != nil {
		t.Fatal(err)
	}
	c, v := sample(slug)
	service := campaign.Service{Book: s.memory, Keys: s.memory, Documents: fairness.Document, Lead: lead, Announce: func(context.Context) {}}
	c, err = service.Create(t.Context(), c, v, owner.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := service.Publish(t.Context(), slug, 1, owner.ID); err != nil {
		t.Fatal(err)
	}
	return *s.at(c.ID)
}

func sample(slug string) (game.Campaign, game.Version) {
	c := game.Campaign{
		Slug: slug, Name: game.Text{"en": "Spring", "zh": "春节"}, TimeZone: "Asia/Shanghai",
		Rules: game.Text{"en": "Shake.", "zh": "摇。"},
		Pool:  game.Pool{Amount: 888_888, Currency: "CNY", Split: game.SplitEqual},
	}
	v := game.Version{Odds: game.Odds{Miss: 500_000_000}}
	for i := range game.SetSize {
		c.Cards = append(c.Cards, game.Card{
			Position: i + 1, Code: fmt.Sprint("code", i+1), Name: game.Text{"en": fmt.Sprint("Card", i+1), "zh": fmt.Sprint("卡", i+1)},
		})
		v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{
			ID: game.OutcomeID(fmt.Sprint("o", i+1)), Kind: game.KindCard, Card: i + 1, Weight: 100_000_000,
		})
	}
	v.Odds.Outcomes[4].Fallback = "o1"
	v.Stocks = []game.Stock{{Outcome: "o5", Total: 1000}}
	opens := begin.Add(time.Hour)
	v.Rounds = []game.Round{{
		Number: 1, OpensAt: opens, ClosesAt: opens.Add(time.Hour), WindowSeconds: 60, Chances: 60, TapsPerSecond: 4,
	}}
	return c, v
}
