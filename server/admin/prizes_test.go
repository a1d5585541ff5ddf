package admin_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

var addedPrize = regexp.MustCompile(`name="prizes" value="((?:cash|voucher)-[a-z0-9]+)"`)

// A packet is added, gets its odds, pieces and amount, is saved, changed and taken away.
func TestPrizesInTheEditor(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	added := b.submit(editing, editing, url.Values{"act": {"add-cash"}, "odds-1": {"9"}})
	id := addedPrize.FindStringSubmatch(added.body)
	if added.status != http.StatusOK || id == nil || len(s.versions[c.ID]) != 1 || !strings.Contains(added.body, `name="odds-1" value="9"`) {
		t.Fatalf("%d, added %v, %d versions", added.status, id, len(s.versions[c.ID]))
	}
	key := id[1]
	typed := added.form(t, editing)
	maps.Copy(typed, url.Values{
		"odds-" + key: {"1"}, "prize-" + key + "-amount": {"0.88"}, "prize-" + key + "-name-en": {"A little luck"}, "prize-" + key + "-name-zh": {"小福气"},
	})
	refused := b.post(editing, typed)
	if refused.status != http.StatusUnprocessableEntity || refused.wrong()["stock-"+key+"-total"] == "" || !strings.Contains(refused.body, "A little luck") {
		t.Errorf("without pieces: %d %v", refused.status, refused.wrong())
	}
	typed.Set("stock-"+key+"-total", "500")
	if got := b.post(editing, typed); got.status != http.StatusSeeOther {
		t.Fatalf("save: %d %v", got.status, got.wrong())
	}
	v := s.versions[c.ID][1]
	out, _ := v.Odds.Find(game.OutcomeID(key))
	want := game.Outcome{ID: game.OutcomeID(key), Kind: game.KindCash, Amount: 88, Weight: 10_000_000, Name: game.Text{"en": "A little luck", "zh": "小福气"}}
	if diff := cmp.Diff(want, out); diff != "" || v.Budget().Total != 44_000 {
		t.Errorf("budget %d (-want +got):\n%s", v.Budget().Total, diff)
	}
	page := b.get(editing)
	if !strings.Contains(page.text("budget"), "440.00") {
		t.Errorf("the budget: %q", page.text("budget"))
	}
	// The saved one has its kind for a key.
	if got := b.submit(editing, editing, url.Values{"prize-cash-amount": {"much"}}); got.wrong()["prize-cash-amount"] == "" {
		t.Errorf("%d %v", got.status, got.wrong())
	}
	b.save(url.Values{"prize-cash-gone": {"on"}})
	if _, there := s.versions[c.ID][2].Odds.Find(game.OutcomeID(key)); there {
		t.Error("it is still there")
	}
}

// What a form names as a prize and is none is passed over.
func TestPrizesThatAreNone(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	got := b.submit(editing, editing, url.Values{"prizes": {"card-1 gold-x cash " + strings.Repeat("cash-a ", 30)}, "act": {"add-voucher"}})
	if got.status != http.StatusOK || strings.Contains(got.body, "gold-x-") || strings.Count(got.body, `class="prize"`) > 3 {
		t.Errorf("%d, %d prizes", got.status, strings.Count(got.body, `class="prize"`))
	}
}
