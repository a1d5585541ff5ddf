package admin_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

const creating = "/admin/new-campaign"

// filled is a form that can be sent as it is.
func filled(b *browser) url.Values {
	b.t.Helper()
	form := b.get(creating).form(b.t, creating)
	for name, value := range map[string]string{
		"slug": "gala-2026", "theme": "moon", "name-zh": "联欢", "name-en": "Gala", "rules-zh": "摇。", "rules-en": "Shake.",
		"opens-at": "2026-02-16T20:00", "closes-at": "2026-02-16T22:00:00", "rounds": "4", "window-seconds": "60",
		"chances": "120", "taps-per-second": "8", "pool-amount": "215,000,000.00", "pool-cap": "50000",
		"odds-5": "0.0123456", "odds-wildcard": "0.5", "stock-5-total": "826,888", "stock-5-out": "wildcard", "guarantee-every": "12",
	} {
		form.Set(name, value)
	}
	return form
}

func TestCreateOffersThemes(t *testing.T) {
	b := newSite(t, false).as(t, "designer")
	page := b.get(creating)
	for _, option := range []string{`<option value="moon">Moon</option>`, `<option value="spring" selected>Spring</option>`} {
		if !strings.Contains(page.body, option) {
			t.Errorf("the form lacks %s", option)
		}
	}
	form := filled(b)
	form.Set("theme", "beach")
	got := b.post(creating, form)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "There is no such look. There are: moon") {
		t.Errorf("%d %v", got.status, got.wrong())
	}
}

func TestCreate(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	got := b.post(creating, filled(b))
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/admin/campaigns/gala-2026?done=created" {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	c := s.campaigns[0]
	text := func(en, zh string) game.Text { return game.Text{"en": en, "zh": zh} }
	want := game.Campaign{
		ID: c.ID, Slug: "gala-2026", Name: text("Gala", "联欢"), Rules: text("Shake.", "摇。"), State: game.StateDraft,
		TimeZone: "Asia/Shanghai", Theme: "moon",
		Cards: []game.Card{
			{Position: 1, Code: "patriotism", Name: text("Patriotism", "爱国福")},
			{Position: 2, Code: "prosperity", Name: text("Prosperity", "富强福")},
			{Position: 3, Code: "harmony", Name: text("Harmony", "和谐福")},
			{Position: 4, Code: "friendship", Name: text("Friendship", "友善福")},
			{Position: 5, Code: "dedication", Name: text("Dedication", "敬业福")},
		},
		Pool:     game.Pool{Amount: 21_500_000_000, Currency: "CNY", Split: game.SplitEqual, Cap: 5_000_000, Overflow: game.Text{}},
		OpensAt:  time.Date(2026, 2, 16, 12, 0, 0, 0, time.UTC),
		ClosesAt: time.Date(2026, 2, 16, 14, 0, 0, 0, time.UTC),
		Revision: 1,
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("campaign: %s", diff)
	}
	v := s.versions[c.ID][0]
	wantOdds := game.Odds{Miss: 794_876_544, Outcomes: []game.Outcome{
		{ID: "card-1", Kind: game.KindCard, Card: 1, Weight: 50_000_000},
		{ID: "card-2", Kind: game.KindCard, Card: 2, Weight: 50_000_000},
		{ID: "card-3", Kind: game.KindCard, Card: 3, Weight: 50_000_000},
		{ID: "card-4", Kind: game.KindCard, Card: 4, Weight: 50_000_000},
		{ID: "card-5", Kind: game.KindCard, Card: 5, Weight: 123_456, Fallback: "wildcard"},
		{ID: "wildcard", Kind: game.KindWildcard, Weight: 5_000_000},
	}}
	if diff := cmp.Diff(wantOdds, v.Odds); diff != "" {
		t.Errorf("odds: %s", diff)
	}
	if diff := cmp.Diff([]game.Stock{{Outcome: "card-5", Total: 826_888}}, v.Stocks); diff != "" {
		t.Errorf("stocks: %s", diff)
	}
	if len(v.Rounds) != 4 || !v.Rounds[3].ClosesAt.Equal(want.ClosesAt) || v.Rounds[1].Windows() != 30 {
		t.Errorf("rounds: %+v", v.Rounds)
	}
	if v.Guarantee == nil || v.Guarantee.Every != 12 || v.SavedBy == "" || v.Version.Check() != nil {
		t.Errorf("version: %+v, %v", v, v.Version.Check())
	}
}

// badCampaigns are forms with one input typed over, and the input that the page then names.
var badCampaigns = []struct {
	name, input, typed string
	wrong              string // the input that is named; "" the typed one
}{
	{"slug missing", "slug", "", ""},
	{"slug with a slash", "slug", "a/b", ""},
	{"slug of a page", "slug", "../x", ""},
	{"slug taken", "slug", "spring", ""},
	{"no name", "name-zh", "  ", ""},
	{"no English name", "name-en", "", ""},
	{"a card without a name", "card-3-zh", "", ""},
	{"a card without art", "card-5-code", "", ""},
	{"unknown zone", "time-zone", "Mars/Olympus", ""},
	{"the server's zone", "time-zone", "Local", ""},
	{"a zone of the file system", "time-zone", "../../etc/passwd", ""},
	{"no opening", "opens-at", "", ""},
	{"no such day", "opens-at", "2026-02-30T20:00", ""},
	{"a time in words", "closes-at", "tomorrow", ""},
	{"closes before it opens", "closes-at", "2026-02-16T19:00", ""},
	{"closes as it opens", "closes-at", "2026-02-16T20:00", ""},
	{"not a whole number of windows", "window-seconds", "7", "closes-at"},
	{"no windows", "window-seconds", "0", ""},
	{"negative windows", "window-seconds", "-60", ""},
	{"rounds uneven", "rounds", "7", ""},
	{"no rounds", "rounds", "0", ""},
	{"a million rounds", "rounds", "1000000", ""},
	{"no chances", "chances", "0", ""},
	{"half a chance", "chances", "1.5", ""},
	{"more chances than the pace allows", "chances", "481", ""},
	{"chances no multiple of the guarantee", "chances", "121", ""},
	{"negative pace", "taps-per-second", "-1", ""},
	{"no amount", "pool-amount", "", ""},
	{"negative amount", "pool-amount", "-1", ""},
	{"a third of a cent", "pool-amount", "0.333", ""},
	{"absurd amount", "pool-amount", "99999999999999999999", ""},
	{"currency of two letters", "pool-currency", "CN", ""},
	{"cap above the pool", "pool-cap", "215000000.01", ""},
	{"cap of nothing", "pool-cap", "0", ""},
	{"odds that do not sum", "odds-1", "90", "odds-miss"},
	{"odds above 100", "odds-1", "100.1", ""},
	{"negative odds", "odds-2", "-1", ""},
	{"odds too fine", "odds-2", "0.00000001", ""},
	{"odds in words", "odds-wildcard", "few", ""},
	{"negative stock", "stock-5-total", "-1", ""},
	{"a stock of nothing", "stock-5-total", "0", ""},
	{"absurd stock", "stock-5-total", "1000000001", ""},
	{"a stock beyond all numbers", "stock-5-total", "99999999999999999999", ""},
	{"half a piece", "stock-5-total", "0.5", ""},
	{"falls back to itself", "stock-5-out", "5", ""},
	{"falls back to nothing that is there", "stock-5-out", "9", ""},
	{"guarantee of one", "guarantee-every", "1", ""},
	{"guarantee beyond its block", "guarantee-every", "257", ""},
	{"guaranteed odds that do not sum", "guarantee-1", "99", "guarantee-sum"},
	{"guaranteed odds in words", "guarantee-1", "all", ""},
}

func TestCreateRefuses(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	good := filled(b)
	for _, test := range badCampaigns {
		t.Run(test.name, func(t *testing.T) {
			form := copied(good)
			form.Set(test.input, test.typed)
			got := b.post(creating, form)
			if got.status != http.StatusUnprocessableEntity && got.status != http.StatusConflict {
				t.Fatalf("status %d", got.status)
			}
			want := test.wrong
			if want == "" {
				want = test.input
			}
			sentence := got.wrong()[want]
			if sentence == "" {
				t.Fatalf("nothing is said of %s, but of %v; %s", want, got.wrong(), got.text("problems"))
			}
			if strings.ContainsAny(sentence, "{}") || strings.Contains(sentence, "wrong.") {
				t.Errorf("it says %q", sentence)
			}
			if !strings.Contains(got.body, `href="#`+want+`"`) {
				t.Error("the list above does not lead there")
			}
			back := got.form(t, creating)
			for name := range form {
				if strings.HasSuffix(test.input, "-out") {
					continue // a list holds only what may be chosen
				}
				if name != "csrf" && name != "odds-miss" && back.Get(name) != form.Get(name) {
					t.Errorf("%s was typed %q and came back %q", name, form.Get(name), back.Get(name))
				}
			}
			if len(s.campaigns) != 1 {
				t.Fatal("a campaign was made")
			}
		})
	}
}

// copied copies a form.
func copied(form url.Values) url.Values {
	c := url.Values{}
	for name, values := range form {
		c[name] = slices.Clone(values)
	}
	return c
}

// Everything that is wrong is told at once.
func TestCreateTellsAllAtOnce(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	form := filled(b)
	for input, typed := range map[string]string{
		"slug": "", "card-1-en": "", "time-zone": "?", "opens-at": "", "chances": "x", "pool-amount": "", "odds-1": "x",
		"stock-2-total": "-5", "guarantee-every": "x",
	} {
		form.Set(input, typed)
	}
	want := []string{"card-1-en", "chances", "guarantee-every", "odds-1", "opens-at", "pool-amount", "slug", "stock-2-total", "time-zone"}
	if diff := cmp.Diff(want, b.post(creating, form).wrongInputs()); diff != "" {
		t.Error(diff)
	}
}

// On 29 March 2026 the clocks of Berlin went from two to three.
func TestATimeThatTheZoneSkips(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	form := filled(b)
	form.Set("time-zone", "Europe/Berlin")
	form.Set("opens-at", "2026-03-29T02:30")
	form.Set("closes-at", "2026-03-29T04:30")
	if got := b.post(creating, form).wrongInputs(); !cmp.Equal(got, []string{"opens-at"}) {
		t.Errorf("half past two: %v", got)
	}
	form.Set("opens-at", "2026-03-29T01:30")
	if got := b.post(creating, form); got.status != http.StatusSeeOther {
		t.Fatalf("half past one: %v", got.wrong())
	}
	if length := s.campaigns[0].ClosesAt.Sub(s.campaigns[0].OpensAt); length != 2*time.Hour {
		t.Errorf("from 1:30 to 4:30 that night are %v, want 2h", length)
	}
}

func TestCreateInChinese(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	b.lang = "zh-CN,zh;q=0.9"
	form := filled(b)
	form.Set("odds-1", "９０％")
	got := b.post(creating, form)
	if want := "概率合计为 105.5123456 %，超出 5.5123456 %。"; got.wrong()["odds-miss"] != want {
		t.Errorf("it says %q, want %q", got.wrong()["odds-miss"], want)
	}
	if back := got.form(t, creating).Get("odds-1"); back != "９０％" {
		t.Errorf("what was typed came back as %q", back)
	}
}
