package campaign_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

func TestCopy(t *testing.T) {
	m, s := newMemory()
	original := spring()
	original.Rules, original.Theme = game.Text{"en": "Shake."}, "moon"
	if _, err := s.Create(t.Context(), original, rounds(), "s1"); err != nil {
		t.Fatal(err)
	}
	m.campaigns["spring"].State = game.StateSettled
	from, err := s.CopyOf(t.Context(), "spring")
	if err != nil {
		t.Fatal(err)
	}
	if slug, err := s.FreeSlug(t.Context(), "summer"); err != nil || slug != "summer" {
		t.Errorf("a free one: %q, %v", slug, err)
	}
	slug, err := s.FreeSlug(t.Context(), "spring")
	if err != nil || slug != "spring-2" {
		t.Fatalf("slug %q, %v", slug, err)
	}
	name := game.Text{"en": "Again", "zh": "再来"}
	c, err := s.Copy(t.Context(), from, campaign.Copying{Slug: slug, Name: name, OpensAt: at(48 * time.Hour)}, "s2")
	if err != nil {
		t.Fatal(err)
	}
	want := original
	want.ID, want.Slug, want.Name, want.State, want.Revision = c.ID, "spring-2", name, game.StateDraft, 1
	want.OpensAt, want.ClosesAt = at(48*time.Hour), at(49*time.Hour+3*time.Minute)
	if diff := cmp.Diff(want, *m.campaigns["spring-2"]); diff != "" {
		t.Error(diff)
	}
	if c.ID == m.campaigns["spring"].ID || string(m.keys[c.ID]) == string(m.keys[m.campaigns["spring"].ID]) {
		t.Error("the copy has the original's identity")
	}
	v := m.versions[c.ID][0]
	if diff := cmp.Diff(rounds().Odds, v.Odds); diff != "" || v.SavedBy != "s2" {
		t.Errorf("by %s: %s", v.SavedBy, diff)
	}
	if next, err := s.FreeSlug(t.Context(), "spring-2"); err != nil || next != "spring-3" {
		t.Errorf("slug %q, %v", next, err)
	}
	if _, err := s.CopyOf(t.Context(), "none"); game.CodeOf(err) != game.CodeCampaignUnknown {
		t.Error(err)
	}
}

func daily(zone *time.Location, day time.Time, days, window int) game.Version {
	v := rounds()
	v.Rounds = nil
	for i := range days {
		opens := time.Date(day.Year(), day.Month(), day.Day()+i, 20, 0, 0, 0, zone)
		v.Rounds = append(v.Rounds, game.Round{
			Number: i + 1, OpensAt: opens.UTC(), ClosesAt: time.Date(day.Year(), day.Month(), day.Day()+i+1, 20, 0, 0, 0, zone).UTC(),
			WindowSeconds: window, Chances: 60,
		})
	}
	v.Stocks = []game.Stock{{Outcome: "two", Total: 100, Releases: []game.Release{
		{At: v.Rounds[0].OpensAt, Released: 40}, {At: v.Rounds[days-1].OpensAt, Released: 100},
	}}}
	return v
}

// What is at eight in the evening stays so, though the clocks change between.
func TestMoveByTheCalendar(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	from := daily(zone, time.Date(2026, 3, 27, 0, 0, 0, 0, zone), 4, 600) // the clocks go on at night on the 29th
	to := time.Date(2026, 10, 23, 20, 0, 0, 0, zone)                      // and back on the 25th
	want := daily(zone, time.Date(2026, 10, 23, 0, 0, 0, 0, zone), 4, 600)
	if diff := cmp.Diff(want, campaign.Move(from, to, zone)); diff != "" {
		t.Error(diff)
	}
	if from.Opens().Hour() != 19 {
		t.Error("the original was moved too")
	}
}

// Where that would cut a window, the spans stay as they are.
func TestMoveBySpan(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	from := daily(zone, time.Date(2026, 6, 1, 0, 0, 0, 0, zone), 4, 24*3600)
	moved := campaign.Move(from, time.Date(2026, 10, 23, 20, 0, 0, 0, zone), zone)
	if err := moved.Check(); err != nil {
		t.Fatal(err)
	}
	if got := moved.Closes().Sub(moved.Opens()); got != 96*time.Hour {
		t.Errorf("it takes %v", got)
	}
}

// Of many copies the number after the last is found by a few looks.
func TestFreeSlugOfMany(t *testing.T) {
	m, s := newMemory()
	for n := range 700 {
		slug := "spring"
		if n > 0 {
			slug = fmt.Sprint("spring-", n+1)
		}
		m.campaigns[slug] = &game.Campaign{Slug: slug}
	}
	if slug, err := s.FreeSlug(t.Context(), "spring"); err != nil || slug != "spring-701" {
		t.Errorf("%q, %v", slug, err)
	}
}
