package admin_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Without a script the server balances. The sample has 10 % each for five cards, and a miss.
func TestBalanceByButton(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	got := b.submit(editing, editing, url.Values{
		"act": {"balance"}, "odds-5": {"0.1"}, "lock-5": {"on"}, "lock-miss": {"on"}, "odds-miss": {"60"}, "comment": {"kept"},
	})
	form := got.form(t, editing)
	var odds []string
	for _, key := range []string{"1", "2", "3", "4", "5", "miss"} {
		odds = append(odds, form.Get("odds-"+key))
	}
	want := []string{"9.975", "9.975", "9.975", "9.975", "0.1", "60"}
	if diff := cmp.Diff(want, odds); got.status != http.StatusOK || diff != "" {
		t.Errorf("%d %s", got.status, diff)
	}
	if form.Get("lock-5") != "on" || form.Get("lock-1") != "" || form.Get("comment") != "kept" {
		t.Errorf("what was typed came back as %v", form)
	}
	if len(s.versions[c.ID]) != 1 {
		t.Fatal("a version was saved")
	}
	if got := b.post(editing, form); got.status != http.StatusSeeOther || s.versions[c.ID][1].Odds.Miss != 600_000_000 {
		t.Errorf("saved afterwards: %d %v", got.status, got.wrong())
	}
}

func TestBalanceRefuses(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	for name, test := range map[string]struct {
		typed url.Values
		wrong string
	}{
		"the locked are too much": {url.Values{"act": {"balance"}, "odds-1": {"60"}, "odds-2": {"41"}, "lock-1": {"on"}, "lock-2": {"on"}}, "odds-miss"},
		"no percentage":           {url.Values{"act": {"balance"}, "odds-3": {"x"}}, "odds-3"},
		"saved out of balance":    {url.Values{"lock-miss": {"on"}, "odds-miss": {"10"}, "odds-1": {"0.5"}}, "odds-miss"},
	} {
		got := b.submit(editing, editing, test.typed)
		if got.status != http.StatusUnprocessableEntity || got.wrong()[test.wrong] == "" {
			t.Errorf("%s: %d %v", name, got.status, got.wrong())
		}
	}
	if got := b.submit(editing, editing, url.Values{"act": {"dance"}}); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an act that there is not: %d", got.status)
	}
}
