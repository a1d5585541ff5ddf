package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

const editPage = "/admin/campaigns/spring/edit"

// edit sends the form of the edit page, with some inputs typed over.
func (b *browser) edit(typed url.Values) answer { return b.submit(editPage, editPage, typed) }

func TestEditCampaign(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	s.at(c.ID).State = game.StateDraft
	b := s.as(t, "designer")
	got := b.edit(url.Values{
		"name-en": {"Lanterns"}, "rules-zh": {"第一行\r\n第二行\r\n"}, "theme": {"moon"}, "time-zone": {"Asia/Tokyo"},
		"card-3-zh": {"灯"}, "card-3-code": {"lamp"}, "pool-amount": {"1,000"}, "pool-currency": {"jpy"}, "pool-cap": {"10"},
		"slug": {"another"},
	})
	if got.status != http.StatusSeeOther || got.header.Get("Location") != editPage+"?done=edited" {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	want := c
	want.State, want.Revision, want.Theme, want.TimeZone = game.StateDraft, 2, "moon", "Asia/Tokyo"
	want.Name = game.Text{"en": "Lanterns", "zh": "春节"}
	want.Rules = game.Text{"en": "Shake.", "zh": "第一行\n第二行"}
	want.Cards = append([]game.Card{}, c.Cards...)
	want.Cards[2] = game.Card{Position: 3, Code: "lamp", Name: game.Text{"en": "Card3", "zh": "灯"}}
	want.Pool = game.Pool{Amount: 1000, Currency: "JPY", Split: game.SplitEqual, Cap: 10, Overflow: game.Text{}}
	if diff := cmp.Diff(want, *s.at(c.ID)); diff != "" {
		t.Error(diff)
	}
	// What is saved without a change stays to the letter.
	if got := b.edit(nil); got.status != http.StatusSeeOther || s.at(c.ID).Revision != 2 {
		t.Errorf("%d %v, revision %d", got.status, got.wrong(), s.at(c.ID).Revision)
	}
}

func TestEditRefuses(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring") // is published
	b := s.as(t, "designer")
	for input, typed := range map[string]string{
		"name-zh": "", "theme": "beach", "time-zone": "Mars", "card-1-code": "other", "pool-currency": "EUR",
		"pool-amount": "8888.87", "pool-cap": "5",
	} {
		got := b.edit(url.Values{input: {typed}, "name-en": {"New"}})
		if got.status != http.StatusUnprocessableEntity && got.status != http.StatusConflict {
			t.Fatalf("%s: %d", input, got.status)
		}
		if got.wrong()[input] == "" {
			t.Errorf("%s: the page names %v", input, got.wrong())
		}
		if got.form(t, editPage).Get("name-en") != "New" {
			t.Errorf("%s: what was typed is lost", input)
		}
	}
	if s.at(c.ID).Revision != 1 {
		t.Error("something was saved")
	}
	page := b.get(editPage).body
	for _, input := range []string{"pool-currency", "card-1-code", "card-5-code"} {
		if _, rest, _ := strings.Cut(page, `id="`+input+`"`); !strings.Contains(rest[:200], " readonly") {
			t.Errorf("%s of a published campaign can be typed", input)
		}
	}
	if _, rest, _ := strings.Cut(page, `id="pool-amount"`); strings.Contains(rest[:200], " readonly") {
		t.Error("the pool of a published campaign cannot grow")
	}
}

// Two designers edit at once. Neither loses anything, and the second decides.
func TestEditAtOnce(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	ada, bo := s.as(t, "designer"), s.as(t, "owner")
	mine := bo.get(editPage).form(t, editPage)
	if got := ada.edit(url.Values{"name-en": {"Hers"}, "rules-en": {"Her rules"}, "card-2-en": {"Her card"}}); got.status != http.StatusSeeOther {
		t.Fatalf("%d", got.status)
	}
	mine.Set("name-en", "His")
	mine.Set("name-zh", "他的")
	mine.Set("card-2-en", "")
	mine.Set("card-2-en", "His card")
	got := bo.post(editPage, mine)
	if got.status != http.StatusConflict || !strings.Contains(got.text("conflict"), "designer has saved a change") {
		t.Fatalf("%d %s", got.status, got.text("conflict"))
	}
	for _, want := range []string{"designer wrote: Hers", "designer wrote: Her card", "Taken over from designer."} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	back := got.form(t, editPage)
	for input, want := range map[string]string{"name-en": "His", "name-zh": "他的", "card-2-en": "His card", "rules-en": "Her rules"} {
		if back.Get(input) != want {
			t.Errorf("%s came back as %q, want %q", input, back.Get(input), want)
		}
	}
	if s.at(c.ID).Name["en"] != "Hers" {
		t.Error("it was saved over hers")
	}
	if got := bo.post(editPage, back); got.status != http.StatusSeeOther {
		t.Fatalf("his decision: %d %v", got.status, got.wrong())
	}
	saved := s.at(c.ID)
	if saved.Name["en"] != "His" || saved.Rules["en"] != "Her rules" || saved.Cards[1].Name["en"] != "His card" {
		t.Errorf("%+v", saved)
	}
}

// Where two changed different things, nothing has to be decided but to save.
func TestEditAtOnceWithoutClash(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	ada, bo := s.as(t, "designer"), s.as(t, "owner")
	mine := bo.get(editPage).form(t, editPage)
	ada.edit(url.Values{"name-en": {"Hers"}})
	mine.Set("name-zh", "他的")
	got := bo.post(editPage, mine)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "Nothing clashes") {
		t.Errorf("%d %s", got.status, got.text("conflict"))
	}
	if name := got.form(t, editPage).Get("name-en"); name != "Hers" {
		t.Errorf("the name came back as %q", name)
	}
}
