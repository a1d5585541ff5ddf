package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestSaveBonus(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	b.submit(editing, editing, url.Values{"bonus-each": {"3"}, "bonus-grants": {""}})
	b.submit(editing, editing, url.Values{"odds-1": {"9"}, "bonus-grants": {"20"}})
	for i, want := range []*game.Bonus{nil, {EachRound: 3}, {EachRound: 3, Grants: 20}} {
		if diff := cmp.Diff(want, s.versions[c.ID][i].Bonus); diff != "" {
			t.Errorf("version %d (-want +got):\n%s", i+1, diff)
		}
	}
	b.submit(editing, editing, url.Values{"bonus-each": {"0"}, "bonus-grants": {"0"}})
	if got := s.versions[c.ID][3].Bonus; got != nil {
		t.Errorf("no bonus is saved as %+v", got)
	}
	got := b.get("/admin/campaigns/spring/versions/3?against=2")
	for _, want := range []string{"Bonus chances that may be granted to a player in a round: 0 → 20.", "becomes rarer"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the version does not say %q", want)
		}
	}
	if got := b.get("/admin/campaigns/spring/versions/4?against=3"); !strings.Contains(got.body, "Bonus chances of each player in a round: 3 → 0.") {
		t.Error("the version does not say that the bonus is gone")
	}
}

func TestSaveBonusRefuses(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	for input, typed := range map[string]string{"bonus-each": "1001", "bonus-grants": "-1"} {
		got := b.submit(editing, editing, url.Values{input: {typed}})
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#`+input+`"`) {
			t.Errorf("%s %s: %d, wrong %v", input, typed, got.status, got.wrong())
		}
		if back := got.form(t, editing).Get(input); back != typed {
			t.Errorf("typed %q, came back %q", typed, back)
		}
	}
	if len(s.versions[c.ID]) != 1 {
		t.Error("a version was saved")
	}
}

// A bonus that somebody else has saved meanwhile stands beside one's own.
func TestBonusConflict(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	mei, lei := s.as(t, "designer"), s.as(t, "publisher")
	mine := mei.get(editing).form(t, editing)
	lei.submit(editing, editing, url.Values{"bonus-each": {"7"}})
	got := mei.post(editing, mine)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "version 2: 7") {
		t.Errorf("%d, and theirs is not told", got.status)
	}
}

// The editors of rounds and of odds leave what the other one has, and the forecast reckons with it.
func TestBonusStaysAndCounts(t *testing.T) {
	s, id := drafted(t)
	b := s.as(t, "designer")
	got := b.submit(roundsPage, roundsPage, url.Values{"bonus-each": {"3"}, "act": {"save"}})
	if got.status != http.StatusSeeOther {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	b.submit(editing, editing, url.Values{"odds-1": {"9"}})
	versions := s.versions[id]
	if last := versions[len(versions)-1]; last.BonusRule().EachRound != 3 {
		t.Errorf("the odds were saved with the bonus %+v", last.Bonus)
	}
	if got := b.get(editing); !strings.Contains(got.body, "Bonus: 3 chances more in each round") {
		t.Error("the forecast does not say what the bonus gives")
	}
}
