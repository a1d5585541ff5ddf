package admin_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const simulating = "/admin/campaigns/spring/simulation"

// The answer tells how far the crowd is, and ends with the panel, which has its figures.
func TestSimulate(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	form := b.get(editing).form(t, editing)
	form.Set("crowd-players", "300")
	got := b.post(simulating, form)
	if got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	lines := strings.Split(strings.TrimSpace(got.body), "\n")
	for i, line := range lines {
		var step struct {
			Done, Of int
			HTML     string
		}
		if err := json.Unmarshal([]byte(line), &step); err != nil {
			t.Fatal(err)
		}
		if last := i == len(lines)-1; !last && (step.Done != i+1 || step.Of != len(lines)-1) ||
			last && (!strings.Contains(step.HTML, `id="simulated"`) || !strings.Contains(step.HTML, "Of 300 players")) {
			t.Errorf("line %d of %d: %+v", i+1, len(lines), step)
		}
	}
	if len(lines) < 6 {
		t.Errorf("%d lines", len(lines))
	}

	form.Set("crowd-gifts", "101")
	if got := b.post(simulating, form); strings.Count(got.body, "\n") != 1 || !strings.Contains(got.body, "forecast-waits") {
		t.Errorf("of what is wrong: %s", got.body)
	}
}

// Without a script the page comes with the crowd's figures.
func TestSimulateByButton(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	for act, want := range map[string]bool{"forecast": false, "simulate": true} {
		got := b.submit(editing, editing, url.Values{"act": {act}, "crowd-players": {"300"}})
		if got.status != http.StatusOK || strings.Contains(got.body, `id="simulated"`) != want || !strings.HasPrefix(got.text("forecast-finished"), "Of 300 players") {
			t.Errorf("%s: %d %q", act, got.status, got.text("forecast-finished"))
		}
	}
}

func TestAssumptions(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	form := b.get(editing).form(t, editing)
	before := b.post(foreseeing, form).text("forecast-finished")
	form.Set("habit-1-share", "100")
	form.Set("habit-1-draws", "1")
	for _, id := range []string{"habit-2-share", "habit-2-draws", "habit-3-share", "habit-3-draws"} {
		form.Set(id, "")
	}
	if got := b.post(foreseeing, form).text("forecast-finished"); got == "" || got == before {
		t.Errorf("of those who draw once: %q, before %q", got, before)
	}
	for id, test := range map[string]struct{ typed, label string }{
		"habit-1-share":         {"99", "Share of habit 1"},
		"habit-1-draws":         {"0", "Draws in a window of habit 1"},
		"crowd-arrivals":        {"0, 0", "Arrivals by day"},
		"crowd-active":          {"50, 101", "Active share by day (%)"},
		"crowd-days":            {"40", "Days"},
		"crowd-accounts":        {"-1", "Accounts in one hand"},
		"crowd-account-windows": {"", "Windows a day of such an account"},
		"crowd-redeem":          {"x", "Redeems (%)"},
	} {
		wrong := copied(form)
		wrong.Set(id, test.typed)
		if got := b.post(foreseeing, wrong); got.status != http.StatusOK || !strings.Contains(got.body, "<li>"+test.label+": ") {
			t.Errorf("%s of %q: %d %s", id, test.typed, got.status, got.body)
		}
	}
}
