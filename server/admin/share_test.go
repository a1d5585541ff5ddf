package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestCreateWithARandomSplit(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	form := filled(b)
	form.Set("pool-split", "random")
	form.Set("pool-floor", "8.88")
	if got := b.post(creating, form); got.status != http.StatusSeeOther {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	for _, c := range s.campaigns {
		if want := (game.Pool{Amount: 21_500_000_000, Currency: "CNY", Split: game.SplitRandom, Floor: 888, Cap: 5_000_000, Overflow: game.Text{}}); !cmp.Equal(c.Pool, want) {
			t.Errorf("%+v, want %+v", c.Pool, want)
		}
	}
}

func TestCreateRefusesAFloor(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	for _, c := range []struct{ split, floor, input string }{
		{"random", "50000.01", "pool-floor"}, // above the cap
		{"random", "-1", "pool-floor"},
		{"random", "some", "pool-floor"},
		{"fair", "", "pool-split"},
		{"", "", "pool-split"},
	} {
		form := filled(b)
		form.Set("pool-split", c.split)
		form.Set("pool-floor", c.floor)
		got := b.post(creating, form)
		if got.status != http.StatusUnprocessableEntity || got.wrong()[c.input] == "" || !strings.Contains(got.body, `href="#`+c.input+`"`) {
			t.Errorf("%+v: %d %v", c, got.status, got.wrong())
		}
		if back := got.form(t, creating); c.split == "random" && (back.Get("pool-split") != "random" || back.Get("pool-floor") != c.floor) {
			t.Errorf("%+v came back as %q, %q", c, back.Get("pool-split"), back.Get("pool-floor"))
		}
	}
	// Without script the input is there with an equal split too; nothing that stands in it counts.
	form := filled(b)
	form.Set("pool-floor", "some")
	if got := b.post(creating, form); got.status != http.StatusSeeOther {
		t.Errorf("a floor of an equal split: %d %v", got.status, got.wrong())
	}
}

// Once players count on it the way of sharing stays, and the floor only rises.
func TestEditOfARandomSplit(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	pool := &s.at(c.ID).Pool
	pool.Split, pool.Floor = game.SplitRandom, 100
	b := s.as(t, "designer")
	page := b.get(editPage).body
	if !strings.Contains(page, `id="pool-split-random"`) || strings.Contains(page, `id="pool-split-equal"`) {
		t.Error("the page offers what may not be chosen")
	}
	for input, typed := range map[string]string{"pool-floor": "0.99", "pool-split": "equal"} {
		if got := b.edit(url.Values{input: {typed}}); got.wrong()[input] == "" {
			t.Errorf("%s of %s: %d %v", input, typed, got.status, got.wrong())
		}
	}
	if got := b.edit(url.Values{"pool-floor": {"1.01"}}); got.status != http.StatusSeeOther || s.at(c.ID).Pool.Floor != 101 {
		t.Errorf("a higher floor: %d %v, now %+v", got.status, got.wrong(), s.at(c.ID).Pool)
	}
}

func TestRandomShare(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "viewer")
	s.at(id).Pool.Split, s.at(id).Pool.Floor = game.SplitRandom, 888
	page := b.get(overview)
	for _, want := range []string{"Average share now", "shared by luck; at least CNY\u00a08.88 for one winner"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got, want := page.text("figure-share"), "CNY\u00a02,962.96"; got != want {
		t.Errorf("before: %q, want %q", got, want)
	}
	s.at(id).State = game.StateSettled
	s.settled[id] = game.Settlement{Split: game.SplitRandom, Shares: game.Shares{Redemptions: 4, Share: 888, Overflow: 88_888}}
	if got := b.get(overview); got.text("figure-share") != "CNY\u00a02,000.00" || strings.Contains(got.body, "Average share now") {
		t.Errorf("settled: %q", got.text("figure-share"))
	}
	s.settled[id] = game.Settlement{Split: game.SplitEqual, Shares: game.Shares{Redemptions: 4, Share: 222_222}}
	if got := b.get(overview); got.text("figure-share") != "CNY\u00a02,222.22" || !strings.Contains(got.body, "it was shared equally") {
		t.Errorf("fallen to equal shares: %q", got.text("figure-share"))
	}
}

// Of a pool that is shared by luck the editor foretells the average, and how far luck goes.
func TestForecastOfLuck(t *testing.T) {
	s := newSite(t, false)
	pool := &s.at(s.sow(t, "spring").ID).Pool
	b := s.as(t, "designer")
	if page := b.get(editing); page.text("forecast-luck") != "" || page.text("forecast-share") == "" {
		t.Errorf("of equal shares: %q", page.text("forecast-luck"))
	}
	pool.Split, pool.Amount, pool.Floor, pool.Cap = game.SplitRandom, 1_000_000_000, 100, 0
	page := b.get(editing)
	if got := page.text("forecast-luck"); strings.Count(got, "CNY") != 1 || !strings.Contains(got, " – ") || !strings.Contains(page.body, "Nobody gets less than CNY\u00a01.00. Assumed: exactly as many redeem as foretold.") {
		t.Errorf("by luck: %q", got)
	}
	pool.Floor = 900_000_000
	if page := b.get(editing); page.text("forecast-luck") != "" || !strings.Contains(page.body, "more than the least amount for each would allow") {
		t.Error("the floor cannot be had, and the page does not say so")
	}
}
