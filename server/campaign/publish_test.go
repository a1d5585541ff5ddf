package campaign_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// published creates the sample and publishes its first version an hour before it opens.
func published(t *testing.T) (*memory, *campaign.Service, *game.Campaign) {
	t.Helper()
	m, s := newMemory()
	c, err := s.Create(t.Context(), spring(), rounds(), "s1")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Publish(t.Context(), "spring", 1, "s1"); err != nil {
		t.Fatal(err)
	}
	return m, s, m.of(c.ID)
}

func TestFirstPublication(t *testing.T) {
	for _, c := range []struct {
		name string
		now  time.Duration // from the opening
		ok   bool
	}{
		{"long before", -time.Hour, true},
		{"a lead before", -lead, true},
		{"less than a lead before", -lead + 1, false},
		{"after the opening", 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, s := newMemory()
			created, err := s.Create(t.Context(), spring(), rounds(), "s1")
			if err != nil {
				t.Fatal(err)
			}
			m.now = at(c.now)
			saved, effective, err := s.Publish(t.Context(), "spring", 1, "s2")
			if !c.ok {
				if game.CodeOf(err) != game.CodeInvalid || !cmp.Equal(fields(err), []string{"rounds.0.opens_at"}) {
					t.Errorf("%v, want invalid rounds.0.opens_at", err)
				}
				if m.of(created.ID).State != game.StateDraft || m.announced != 0 || m.commitments != nil {
					t.Error("something changed")
				}
				return
			}
			if err != nil || saved.Number != 1 || !saved.PublishedAt.Equal(m.now) || saved.PublishedBy != "s2" {
				t.Errorf("%+v, %v", saved, err)
			}
			if !effective.Equal(start) {
				t.Errorf("effective from %v, want the opening %v", effective, start)
			}
			want := []game.Commitment{}
			for round := range 3 {
				want = append(want, game.Commitment{Round: round, Hash: "key of " + string(created.ID)})
			}
			if diff := cmp.Diff(want, m.commitments); diff != "" {
				t.Errorf("commitments of the order and two rounds (-want +got):\n%s", diff)
			}
			if m.announced != 1 {
				t.Errorf("announced %d times", m.announced)
			}
		})
	}
}

func save(t *testing.T, s *campaign.Service, v game.Version) {
	t.Helper()
	if _, err := s.SaveVersion(t.Context(), "spring", v, "", 1, "s1"); err != nil {
		t.Fatal(err)
	}
}

func TestLaterPublications(t *testing.T) {
	more := with(func(v *game.Version) { v.Stocks[0].Total = 200 })
	for _, c := range []struct {
		name      string
		state     game.State
		allowOpen bool
		now       time.Duration
		next      game.Version
		code      game.Code
		fields    []string
		effective time.Duration
	}{
		{name: "before the opening", state: game.StateScheduled, now: -30 * time.Minute, next: more, effective: 0},
		{name: "within the lead of the opening", state: game.StateScheduled, now: -time.Second, next: more, effective: time.Minute},
		{name: "open, in the players' favour", state: game.StateOpen, now: time.Second, next: more, effective: 2 * time.Minute},
		{name: "open, in dev", state: game.StateOpen, allowOpen: true, now: time.Second, next: more, effective: 2 * time.Minute},
		{name: "in the last window of a round", state: game.StateOpen, allowOpen: true, now: 130 * time.Second, next: more, effective: time.Hour},
		{name: "no window is left", state: game.StateOpen, allowOpen: true, now: 61*time.Minute + 1, next: more, code: game.CodeStateConflict},
		{name: "closed", state: game.StateClosed, allowOpen: true, now: 2 * time.Hour, next: more, code: game.CodeStateConflict},
		{name: "settled", state: game.StateSettled, allowOpen: true, now: 2 * time.Hour, next: more, code: game.CodeStateConflict},
		{
			name: "a round moved", state: game.StateScheduled, now: -30 * time.Minute,
			next:   with(func(v *game.Version) { v.Rounds[1].Chances = 61 }),
			code:   game.CodeChangeRefused,
			fields: []string{"rounds.1"},
		},
		{
			name: "a round added", state: game.StateScheduled, now: -30 * time.Minute,
			next: with(func(v *game.Version) {
				r := v.Rounds[1]
				r.Number, r.OpensAt, r.ClosesAt = 3, r.OpensAt.Add(time.Hour), r.ClosesAt.Add(time.Hour)
				v.Rounds = append(v.Rounds, r)
			}),
			code:   game.CodeChangeRefused,
			fields: []string{"rounds"},
		},
		{
			name: "a stock lowered", state: game.StateOpen, allowOpen: true, now: time.Second,
			next:   with(func(v *game.Version) { v.Stocks[0].Total = 99 }),
			code:   game.CodeChangeRefused,
			fields: []string{"stocks.two"},
		},
		{
			name: "a limit dropped", state: game.StateScheduled, now: -30 * time.Minute,
			next:   with(func(v *game.Version) { v.Stocks = nil }),
			code:   game.CodeChangeRefused,
			fields: []string{"stocks.two"},
		},
		{
			name: "an outcome of another card", state: game.StateScheduled, now: -30 * time.Minute,
			next:   with(func(v *game.Version) { v.Odds.Outcomes[0].Card = 3 }),
			code:   game.CodeChangeRefused,
			fields: []string{"outcomes.0.id"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, s, kept := published(t)
			s.AllowOpen = c.allowOpen
			save(t, s, c.next)
			kept.State, m.now = c.state, at(c.now)
			saved, effective, err := s.Publish(t.Context(), "spring", 2, "s1")
			if game.CodeOf(err) != c.code || !cmp.Equal(fields(err), c.fields) {
				t.Fatalf("%v, want %q of %v", err, c.code, c.fields)
			}
			if c.code != "" {
				if len(m.order) != 1 || m.announced != 1 {
					t.Error("something changed")
				}
				return
			}
			if saved.Number != 2 || !effective.Equal(at(c.effective)) {
				t.Errorf("version %d effective from %v, want %v", saved.Number, effective, at(c.effective))
			}
			if kept.State != c.state || len(m.commitments) != 3 {
				t.Errorf("state %s, %d commitments", kept.State, len(m.commitments))
			}
		})
	}
}

func TestPublishedAgainIsTheSame(t *testing.T) {
	m, s, kept := published(t)
	kept.State, m.now = game.StateOpen, at(time.Second)
	saved, effective, err := s.Publish(t.Context(), "spring", 1, "s9")
	if err != nil || saved.PublishedBy != "s1" || !saved.PublishedAt.Equal(at(-time.Hour)) || !effective.Equal(start) {
		t.Errorf("%+v, effective %v, %v", saved, effective, err)
	}
}

func TestPublishUnknown(t *testing.T) {
	m, s, _ := published(t)
	for _, number := range []int{-1, 0, 2} {
		_, _, err := s.Publish(t.Context(), "spring", number, "s1")
		if game.CodeOf(err) != game.CodeVersionUnknown || !cmp.Equal(fields(err), []string{"version"}) {
			t.Errorf("version %d: %v", number, err)
		}
	}
	if _, _, err := s.Publish(t.Context(), "autumn", 1, "s1"); game.CodeOf(err) != game.CodeCampaignUnknown {
		t.Errorf("unknown campaign: %v", err)
	}
	if m.announced != 1 {
		t.Error("a refusal was announced")
	}
}

func TestSwitch(t *testing.T) {
	m, s, kept := published(t)
	if err := s.Switch(t.Context(), "spring", game.Switches{ShakingPaused: true, RedemptionPaused: false}, "ada", "a fault"); err != nil || !kept.ShakingPaused || kept.RedemptionPaused || m.announced != 2 {
		t.Errorf("%+v, announced %d, %v", kept, m.announced, err)
	}
	if err := s.Switch(t.Context(), "spring", game.Switches{ShakingPaused: false, RedemptionPaused: true}, "ada", "a fault"); err != nil || kept.ShakingPaused || !kept.RedemptionPaused {
		t.Errorf("%+v, %v", kept, err)
	}
	if err := s.Switch(t.Context(), "autumn", game.Switches{ShakingPaused: true, RedemptionPaused: true}, "ada", "a fault"); game.CodeOf(err) != game.CodeCampaignUnknown {
		t.Errorf("unknown campaign: %v", err)
	}
}
