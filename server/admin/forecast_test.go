package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const foreseeing = "/admin/campaigns/spring/forecast"

// The editor shows the forecast of what it begins with, and answers that of what is typed.
func TestForecast(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	page := b.get(editing)
	before := page.text("forecast-finished")
	if !strings.HasPrefix(before, "Of 100,000 players, ") || page.text("forecast-share") == "" {
		t.Fatalf("the editor foretells %q", before)
	}
	form := page.form(t, editing)
	again := b.post(foreseeing, form)
	if got := again.text("forecast-finished"); again.status != http.StatusOK || got != before {
		t.Errorf("%d: the same odds foretell %q, then %q", again.status, before, got)
	}

	form.Set("odds-5", "0") // the limited card, which nothing stands in for
	never := b.post(foreseeing, form)
	if never.text("forecast-never") == "" || !strings.Contains(never.text("forecast-finished"), "0 finish a set (0 %)") {
		t.Errorf("without a card: %q, %q", never.text("forecast-finished"), never.text("forecast-never"))
	}
	form.Set("odds-5", "10")
	form.Set("crowd-players", "2000")
	if got := b.post(foreseeing, form).text("forecast-finished"); !strings.HasPrefix(got, "Of 2,000 players, ") {
		t.Errorf("of fewer players: %q", got)
	}
	if len(s.versions[c.ID]) != 1 {
		t.Error("a forecast saved a version")
	}
}

func TestForecastWaits(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	for lang, label := range map[string]string{"en": "Players: ", "zh": "参与人数："} {
		b := s.as(t, "designer")
		b.lang = lang
		form := b.get(editing).form(t, editing)
		for id, typed := range map[string]string{"crowd-players": "0", "odds-1": "x", "crowd-gifts": "101"} {
			wrong := url.Values{}
			for k, v := range form {
				wrong[k] = v
			}
			wrong.Set(id, typed)
			got := b.post(foreseeing, wrong)
			if got.status != http.StatusOK || !strings.Contains(got.body, `id="forecast-waits"`) {
				t.Errorf("%s of %q: %d %s", id, typed, got.status, got.body)
			}
			if id == "crowd-players" && !strings.Contains(got.body, label) {
				t.Errorf("nothing names %s: %s", label, got.body)
			}
		}
	}
}

// Who may only look sees the forecast of what is saved: a browser does not send inputs that are off.
func TestForecastOfAViewer(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "viewer")
	page := b.get(editing)
	form := page.form(t, editing)
	for k := range form {
		if strings.HasPrefix(k, "odds-") || strings.HasPrefix(k, "stock-") || strings.HasPrefix(k, "guarantee-") {
			form.Del(k)
		}
	}
	if got := b.post(foreseeing, form).text("forecast-finished"); got == "" || got != page.text("forecast-finished") {
		t.Errorf("%q, then %q", page.text("forecast-finished"), got)
	}
}

// The guarantee and the fallback are told in sentences, which follow what is typed.
func TestPromises(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	form := b.get(editing).form(t, editing)
	form.Set("guarantee-every", "12")
	form.Set("stock-5-out", "1")
	form.Set("stock-5-total", "700")
	for _, id := range []string{"1", "2", "3", "4", "5", "wildcard"} {
		form.Set("guarantee-"+id, "")
	}
	form.Set("guarantee-2", "100")
	got := b.post(foreseeing, form).body
	for _, want := range []string{"of each 12 chances in a window", "the first 11 were misses", " 100 %.", "700 in all"} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing says %q: %s", want, got)
		}
	}
	if strings.Contains(got, "sold out") {
		t.Error("who gets a fallback is told of nothing")
	}
	form.Set("stock-5-out", "")
	if got := b.post(foreseeing, form).body; !strings.Contains(got, "sold out") {
		t.Errorf("nothing says that it is sold out: %s", got)
	}
}
