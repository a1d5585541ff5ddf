package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

const roundsPage = "/admin/campaigns/spring/rounds"

// drafted is a site whose campaign is a draft with releases.
func drafted(t *testing.T) (*site, game.CampaignID) {
	t.Helper()
	s := newSite(t, false)
	c := s.sow(t, "spring")
	s.at(c.ID).State = game.StateDraft
	opens := s.versions[c.ID][0].Opens()
	s.versions[c.ID][0].Stocks[0].Releases = []game.Release{{At: opens, Released: 400}, {At: opens.Add(time.Hour), Released: 1000}}
	return s, c.ID
}

func TestRoundsAreSaved(t *testing.T) {
	s, id := drafted(t)
	b := s.as(t, "designer")
	form := b.get(roundsPage).form(t, roundsPage)
	if form.Get("round-1-opens") != "2026-02-10T13:00:00" || form.Get("round-1-taps") != "4" || form.Has("round-2-opens") {
		t.Errorf("it shows %v", form)
	}
	// Uneven rounds of a gala, a day later than it was.
	for name, value := range map[string]string{
		"round-1-opens": "2026-02-11T20:00", "round-1-closes": "2026-02-11T20:05", "round-1-chances": "240",
		"round-2-opens": "2026-02-11T21:17:30", "round-2-closes": "2026-02-11T21:22:30", "round-2-window": "30", "round-2-chances": "60", "round-2-taps": "0",
		"move-releases": "yes", "comment": "two rounds", "act": "save",
	} {
		form.Set(name, value)
	}
	got := b.post(roundsPage, form)
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/admin/campaigns/spring/versions?done=saved&n=2" {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	v := s.versions[id][1]
	opens := time.Date(2026, 2, 11, 12, 0, 0, 0, time.UTC)
	want := []game.Round{
		{Number: 1, OpensAt: opens, ClosesAt: opens.Add(5 * time.Minute), WindowSeconds: 60, Chances: 240, TapsPerSecond: 4},
		{Number: 2, OpensAt: opens.Add(77*time.Minute + 30*time.Second), ClosesAt: opens.Add(82*time.Minute + 30*time.Second), WindowSeconds: 30, Chances: 60},
	}
	if len(v.Rounds) != 2 || !v.Rounds[0].Equal(want[0]) || !v.Rounds[1].Equal(want[1]) || v.Comment != "two rounds" {
		t.Errorf("%+v", v)
	}
	if !v.Stocks[0].Releases[1].At.Equal(opens.Add(time.Hour)) {
		t.Errorf("the releases did not move along: %+v", v.Stocks)
	}
	if !s.versions[id][0].Stocks[0].Releases[0].At.Equal(begin.Add(time.Hour)) {
		t.Error("those of the version before moved too")
	}
}

func TestRoundsRefused(t *testing.T) {
	s, id := drafted(t)
	b := s.as(t, "designer")
	good := b.get(roundsPage).form(t, roundsPage)
	good.Set("round-2-opens", "2026-02-10T14:00:00")
	good.Set("round-2-closes", "2026-02-10T15:00:00")
	good.Set("round-2-window", "60")
	good.Set("round-2-chances", "60")
	good.Set("round-2-taps", "0")
	for _, test := range []struct{ input, typed string }{
		{"round-2-opens", "2026-02-10T13:30"}, {"round-2-closes", "2026-02-10T14:00:30"}, {"round-2-closes", "2026-02-10T13:59"},
		{"round-1-window", "0"}, {"round-1-chances", "241"}, {"round-2-taps", "-1"}, {"round-1-opens", "soon"}, {"round-2-opens", ""},
	} {
		form := copied(good)
		form.Set(test.input, test.typed)
		got := b.post(roundsPage, form)
		if got.status != http.StatusUnprocessableEntity || got.wrong()[test.input] == "" {
			t.Errorf("%s %q: %d %v", test.input, test.typed, got.status, got.wrong())
			continue
		}
		if back := got.form(t, roundsPage); back.Get(test.input) != test.typed || back.Get("round-2-chances") != "60" {
			t.Errorf("%s %q came back as %q", test.input, test.typed, back.Get(test.input))
		}
	}
	if len(s.versions[id]) != 1 {
		t.Error("something was saved")
	}
	s.at(id).State = game.StateScheduled
	if got := b.post(roundsPage, good); got.status != http.StatusConflict {
		t.Errorf("of a published campaign: %d", got.status)
	}
	if page := b.get(roundsPage).body; !strings.Contains(page, `id="rounds-fixed"`) || strings.Contains(page, `id="save"`) {
		t.Error("the page of a published campaign offers to save")
	}
}

// The list grows, shrinks and is filled by a rule, without a script and without a save.
func TestRoundsAreListed(t *testing.T) {
	s, id := drafted(t)
	b := s.as(t, "designer")
	act := func(form url.Values, act string) url.Values {
		t.Helper()
		form.Set("act", act)
		got := b.post(roundsPage, form)
		if got.status != http.StatusOK || !strings.Contains(got.body, "<svg viewBox") {
			t.Fatalf("%s: %d %v", act, got.status, got.wrong())
		}
		return got.form(t, roundsPage)
	}
	form := act(b.get(roundsPage).form(t, roundsPage), "add")
	if form.Get("round-2-opens") != "2026-02-10T14:00:00" || form.Get("round-2-closes") != "2026-02-10T15:00:00" || form.Get("round-2-chances") != "60" {
		t.Errorf("one more: %v", form)
	}
	form.Set("round-2-opens", "2026-02-10T14:30:00")
	form = act(form, "add")
	if form.Get("round-3-opens") != "2026-02-10T16:00:00" {
		t.Errorf("the third opens at %s", form.Get("round-3-opens"))
	}
	form = act(form, "remove-1")
	if form.Get("round-1-opens") != "2026-02-10T14:30:00" || form.Get("round-2-opens") != "2026-02-10T16:00:00" || form.Has("round-3-opens") {
		t.Errorf("the first removed: %v", form)
	}
	for name, value := range map[string]string{"fill-opens": "2026-03-01T20:00", "fill-rounds": "7", "fill-minutes": "120", "fill-every": "1440"} {
		form.Set(name, value)
	}
	form = act(form, "fill")
	if form.Get("round-7-opens") != "2026-03-07T20:00:00" || form.Get("round-7-closes") != "2026-03-07T22:00:00" || form.Has("round-8-opens") {
		t.Errorf("filled: %v", form)
	}
	form.Set("fill-every", "60")
	form.Set("act", "fill")
	if got := b.post(roundsPage, form); got.status != http.StatusUnprocessableEntity || got.wrong()["fill-every"] == "" {
		t.Errorf("rounds that overlap: %d %v", got.status, got.wrong())
	}
	if len(s.versions[id]) != 1 {
		t.Error("something was saved")
	}
}

func TestRoundsAtOnce(t *testing.T) {
	s, id := drafted(t)
	ada, bo := s.as(t, "designer"), s.as(t, "owner")
	mine := bo.get(roundsPage).form(t, roundsPage)
	if got := ada.submit(roundsPage, roundsPage, url.Values{"round-1-chances": {"30"}}); got.status != http.StatusSeeOther {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	mine.Set("round-1-window", "120")
	got := bo.post(roundsPage, mine)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "version 2: 30") || got.form(t, roundsPage).Get("round-1-window") != "120" {
		t.Fatalf("%d", got.status)
	}
	if got := bo.post(roundsPage, got.form(t, roundsPage)); got.status != http.StatusSeeOther || len(s.versions[id]) != 3 {
		t.Errorf("his decision: %d", got.status)
	}
}

// A timeline has some marks, whatever it spans.
func TestTimeline(t *testing.T) {
	s, id := drafted(t)
	b := s.as(t, "designer")
	for name, length := range map[string]time.Duration{
		"five minutes": 5 * time.Minute, "an evening": 4 * time.Hour, "a day": 24 * time.Hour, "a week": 7 * 24 * time.Hour,
		"a quarter": 90 * 24 * time.Hour, "three years": 3 * 365 * 24 * time.Hour,
	} {
		opens := begin
		s.versions[id][0].Rounds = []game.Round{
			{Number: 1, OpensAt: opens, ClosesAt: opens.Add(length / 5), WindowSeconds: 60, Chances: 1},
			{Number: 2, OpensAt: opens.Add(length / 2), ClosesAt: opens.Add(length), WindowSeconds: 60, Chances: 1},
		}
		page := b.get(roundsPage).body
		if marks := strings.Count(page, `class="tick"`); marks < 1 || marks > 6 || strings.Count(page, `class="round"`) != 2 {
			t.Errorf("%s has %d marks", name, marks)
		}
	}
}
