package main

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
)

// A rehearsal plays a version through the real handlers, agrees with the forecast for the same crowd,
// and leaves nothing behind but its result.
func TestRehearsal(t *testing.T) {
	s := start(t, testConfig(t))
	s.sample = "spring"
	if err := s.sow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.watch.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := s.book.Campaigns(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	c := list[0]
	number := withBonus(t, s, c)
	plan := rehearse.Plan{Players: 100, Windows: 3, Draws: 64, Confirm: true}
	if err := s.rehearsing.Start(t.Context(), c.Slug, number, plan, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.rehearsing.Start(t.Context(), c.Slug, number, plan, ""); err == nil {
		t.Error("two at once")
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if p, ok := s.rehearsing.Progress(c.ID); !ok || time.Now().After(deadline) {
			t.Fatalf("it does not end: %+v", p)
		} else if p.Over() {
			break
		}
	}
	kept, err := s.book.Rehearsals(t.Context(), c.ID, 10)
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept %v, %v", kept, err)
	}
	var r rehearse.Result
	if err := json.Unmarshal([]byte(kept[0].Result), &r); err != nil {
		t.Fatal(err)
	}
	if !r.Whole() || r.Failed > 0 || r.Alarm || r.Draws != 100*(3*60+3) {
		t.Errorf("%+v", r)
	}
	if r.Completed.Expected < 10 || r.Outside() > 1 { // one by luck
		t.Errorf("%d figures are outside: %+v", r.Outside(), r)
	}
	if left, err := s.book.Shadows(t.Context(), c.ID); err != nil || len(left) > 0 {
		t.Errorf("shadows are left: %v, %v", left, err)
	}
	if f, err := s.book.Figures(t.Context(), c.ID); err != nil || f.Players > 0 {
		t.Errorf("the campaign itself was played: %+v, %v", f, err)
	}
}

// withBonus saves a version whose windows have so few chances that the crowd goes on to the round's bonus.
func withBonus(t *testing.T, s *server, c game.Campaign) (number int) {
	t.Helper()
	versions, err := s.book.Versions(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	v := versions[0].Version
	v.Bonus = &game.Bonus{EachRound: 3}
	v.Rounds = slices.Clone(v.Rounds)
	for i := range v.Rounds {
		v.Rounds[i].Chances = 60
	}
	saved, err := s.campaigns.SaveVersion(t.Context(), c.Slug, v, "", 1, "")
	if err != nil {
		t.Fatal(err)
	}
	return saved.Number
}
