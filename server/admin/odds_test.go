package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/game"
)

const editing = "/admin/campaigns/spring/odds"

func TestSaveOdds(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	got := b.submit(editing, editing, url.Values{
		"odds-1": {"100"}, "odds-2": {"0"}, "odds-3": {""}, "odds-4": {"0"}, "odds-5": {"0"}, "comment": {"all of one"},
	})
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/admin/campaigns/spring/versions?done=saved&n=2" {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	v := s.versions[c.ID][1]
	if diff := cmp.Diff([]int64{1_000_000_000, 0, 0, 0, 0}, v.Odds.Weights()); diff != "" || v.Odds.Miss != 0 {
		t.Errorf("miss %d, weights %s", v.Odds.Miss, diff)
	}
	if v.Number != 2 || v.Comment != "all of one" || !v.PublishedAt.IsZero() {
		t.Errorf("%+v", v)
	}
	before := s.versions[c.ID][0]
	if diff := cmp.Diff(before.Stocks, v.Stocks); diff != "" {
		t.Errorf("stocks: %s", diff)
	}
	if diff := cmp.Diff(before.Rounds, v.Rounds); diff != "" {
		t.Errorf("rounds: %s", diff)
	}
}

func TestSaveOddsRefuses(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	good := b.get(editing).form(t, editing)
	for _, test := range []struct{ name, input, typed, wrong string }{
		{"do not sum", "odds-1", "60.0000001", "odds-miss"},
		{"above 100", "odds-1", "100.0000001", "odds-1"},
		{"negative", "odds-1", "-0.0000001", "odds-1"},
		{"too fine", "odds-1", "0.00000001", "odds-1"},
		{"negative stock", "stock-1-total", "-1", "stock-1-total"},
		{"absurd stock", "stock-1-total", "1e9", "stock-1-total"},
		{"more stock than there may be", "stock-wildcard-total", "1,000,000,001", "stock-wildcard-total"},
		{"falls back to what is limited", "stock-1-total", "5", "stock-5-out"},
		{"guarantee that the chances are no multiple of", "guarantee-every", "7", "chances"},
		{"guaranteed odds without a guarantee", "guarantee-3", "100", "guarantee-every"},
		{"endless comment", "comment", strings.Repeat("x", 1001), "comment"},
	} {
		t.Run(test.name, func(t *testing.T) {
			form := copied(good)
			form.Set(test.input, test.typed)
			got := b.post(editing, form)
			if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#`+test.wrong+`"`) {
				t.Errorf("%d, wrong %v; %s", got.status, got.wrong(), got.text("problems"))
			}
			if back := got.form(t, editing).Get(test.input); back != test.typed {
				t.Errorf("typed %q, came back %q", test.typed, back)
			}
			if len(s.versions[c.ID]) != 1 {
				t.Fatal("a version was saved")
			}
		})
	}
}

func TestOddsConflict(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	mei, lei := s.as(t, "designer"), s.as(t, "publisher")
	mine := mei.get(editing).form(t, editing)
	mine.Set("odds-1", "12")
	mine.Set("comment", "mine")
	lei.submit(editing, editing, url.Values{"odds-1": {"14"}, "odds-2": {"15"}, "stock-5-total": {"2000"}, "comment": {"theirs"}})

	got := mei.post(editing, mine)
	if got.status != http.StatusConflict {
		t.Fatalf("%d", got.status)
	}
	for _, want := range []string{"publisher has saved version 2", "version 2: 14 %", "version 2: 15 %", "version 2: 2,000", "theirs"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(got.body, "version 2: 10 %") {
		t.Error("what is the same is marked too")
	}
	again := got.form(t, editing)
	if again.Get("odds-1") != "12" || again.Get("comment") != "mine" || again.Get("after") != "2" {
		t.Errorf("what was typed came back as %v", again)
	}
	if len(s.versions[c.ID]) != 2 {
		t.Fatal("mine was saved over theirs")
	}
	if got := mei.post(editing, again); got.status != http.StatusSeeOther || len(s.versions[c.ID]) != 3 {
		t.Errorf("saved once more: %d, %d versions", got.status, len(s.versions[c.ID]))
	}
}

func TestEditFromOlder(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	b.submit(editing, editing, url.Values{"odds-1": {"14"}})
	page := b.get(editing + "?from=1")
	form := page.form(t, editing)
	if form.Get("odds-1") != "10" || page.text("from-older") == "" {
		t.Errorf("from version 1: %q, %q", form.Get("odds-1"), page.text("from-older"))
	}
	if got := b.post(editing, form); got.status != http.StatusSeeOther {
		t.Fatalf("%d", got.status)
	}
	if v := s.versions[c.ID][2]; v.Odds.Outcomes[0].Weight != 100_000_000 {
		t.Errorf("version 3: %+v", v)
	}
	for _, from := range []string{"0", "9", "x", "-1"} {
		if got := b.get(editing + "?from=" + from); got.status != http.StatusNotFound {
			t.Errorf("from %s: %d", from, got.status)
		}
	}
}

// A draft's rounds may still be changed; those of a published campaign may not.
func TestScheduleOfADraft(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	b.post(creating, filled(b))
	const page = "/admin/campaigns/gala-2026/odds"
	got := b.submit(page, page, url.Values{"opens-at": {"2026-02-17T20:00"}, "closes-at": {"2026-02-17T21:00"}, "rounds": {"2"}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	rounds := s.versions[s.campaigns[0].ID][1].Rounds
	if len(rounds) != 2 || !rounds[0].OpensAt.Equal(time.Date(2026, 2, 17, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("rounds: %+v", rounds)
	}
	s.sow(t, "spring")
	form := b.get(editing).form(t, editing)
	if form.Has("opens-at") {
		t.Error("the rounds of a published campaign can be typed")
	}
	form.Set("opens-at", "2026-02-17T20:00")
	b.post(editing, form)
	if saved := s.versions[s.campaigns[0].ID]; len(saved) != 2 || !saved[1].Rounds[0].Equal(saved[0].Rounds[0]) {
		t.Errorf("a form that was made up changed them: %+v", saved)
	}
}

// Opening the editor and saving changes nothing, whatever the version holds.
func TestEditorKeepsWhatItIsGiven(t *testing.T) {
	c, _ := sample("spring")
	rapid.Check(t, func(t *rapid.T) {
		v := anyVersion(t)
		if err := v.Check(); err != nil {
			t.Fatalf("the test made a version that is none: %v", err)
		}
		edited, ok := admin.Edited(c.Cards, v)
		if !ok {
			t.Fatalf("the form refuses %+v", v)
		}
		if diff := cmp.Diff(v, edited); diff != "" {
			t.Fatal(diff)
		}
	})
}

// anyVersion draws a version, with lines that the editor has no fixed place for too.
func anyVersion(t *rapid.T) game.Version {
	v := game.Version{Odds: game.Odds{Miss: game.Scale}}
	n := rapid.IntRange(1, 9).Draw(t, "outcomes")
	limited := map[int]bool{}
	for i := range n {
		out := game.Outcome{ID: game.OutcomeID(string(rune('a' + i))), Kind: game.KindWildcard}
		if rapid.IntRange(0, 4).Draw(t, "kind") > 0 {
			out.Kind, out.Card = game.KindCard, rapid.IntRange(1, game.SetSize).Draw(t, "card")
		}
		out.Weight = rapid.Int64Range(0, v.Odds.Miss).Draw(t, "weight")
		v.Odds.Miss -= out.Weight
		limited[i] = rapid.Bool().Draw(t, "limited")
		v.Odds.Outcomes = append(v.Odds.Outcomes, out)
	}
	for i := range v.Odds.Outcomes {
		if !limited[i] {
			continue
		}
		out := &v.Odds.Outcomes[i]
		if to := rapid.IntRange(0, n-1).Draw(t, "fallback"); !limited[to] {
			out.Fallback = v.Odds.Outcomes[to].ID
		}
		stock := game.Stock{Outcome: out.ID, Total: rapid.Int64Range(2, game.MaxStock).Draw(t, "total")}
		if rapid.Bool().Draw(t, "timetable") {
			stock.Releases = []game.Release{{At: begin, Released: 1}, {At: begin.Add(time.Hour), Released: stock.Total}}
		}
		v.Stocks = append(v.Stocks, stock)
	}
	if every := rapid.SampledFrom([]int{0, 2, 12}).Draw(t, "every"); every > 0 {
		v.Guarantee = &game.Guarantee{Every: every, Weights: admin.Proportional(v.Odds.Weights())}
		if v.Guarantee.Weights == nil || rapid.Bool().Draw(t, "own") {
			v.Guarantee.Weights = make([]int64, n)
			v.Guarantee.Weights[rapid.IntRange(0, n-1).Draw(t, "sure")] = game.Scale
		}
	}
	at := begin
	for i := range rapid.IntRange(1, 4).Draw(t, "rounds") {
		windows := rapid.IntRange(1, 3).Draw(t, "windows")
		r := game.Round{Number: i + 1, OpensAt: at, ClosesAt: at.Add(time.Duration(windows) * time.Minute), WindowSeconds: 60, Chances: 24}
		v.Rounds, at = append(v.Rounds, r), r.ClosesAt.Add(time.Duration(rapid.IntRange(0, 1).Draw(t, "gap"))*time.Minute)
	}
	return v
}

// A timetable's last step follows the total.
func TestStockWithATimetable(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	at := begin.Add(time.Hour)
	s.versions[c.ID][0].Stocks[0].Releases = []game.Release{{At: at, Released: 400}, {At: at.Add(time.Hour), Released: 1000}}
	b := s.as(t, "designer")
	if got := b.submit(editing, editing, url.Values{"stock-5-total": {"1500"}}); got.status != http.StatusSeeOther {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	want := []game.Stock{{Outcome: "o5", Total: 1500, Releases: []game.Release{{At: at, Released: 400}, {At: at.Add(time.Hour), Released: 1500}}}}
	if diff := cmp.Diff(want, s.versions[c.ID][1].Stocks); diff != "" {
		t.Error(diff)
	}
	if s.versions[c.ID][0].Stocks[0].Releases[1].Released != 1000 {
		t.Error("the version that was edited has changed")
	}
	got := b.submit(editing, editing, url.Values{"stock-5-total": {"300"}})
	if got.wrong()["stock-5-total"] == "" {
		t.Errorf("fewer pieces than a step releases: %d %v", got.status, got.wrong())
	}
}
