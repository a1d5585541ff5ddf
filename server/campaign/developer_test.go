package campaign_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// stage is a book with a clock that can be moved on, and notes what is done to campaigns.
type stage struct {
	now    time.Time
	run    *game.Running
	done   []string
	broken error
}

func newStage(now time.Duration) (*stage, *campaign.Developer) {
	s := &stage{now: at(now), run: running("spring")}
	d := &campaign.Developer{Clock: s, Entering: s, Restart: func(context.Context) error {
		s.done, s.now = append(s.done, "reset"), start
		return s.broken
	}}
	d.Watch = newWatch(func(context.Context) (*game.Snapshot, error) {
		return &game.Snapshot{At: s.now, Campaigns: []*game.Running{s.run}}, nil
	}, nil)
	return s, d
}

func (s *stage) Now(context.Context) (time.Time, error) { return s.now, s.broken }

func (s *stage) Skip(_ context.Context, d time.Duration) error {
	s.now = s.now.Add(d)
	return nil
}

func (s *stage) enter(what string, r *game.Running) error {
	s.done = append(s.done, what+" "+r.Slug)
	return s.broken
}

func (s *stage) Open(_ context.Context, r *game.Running) error   { return s.enter("open", r) }
func (s *stage) Close(_ context.Context, r *game.Running) error  { return s.enter("close", r) }
func (s *stage) Seal(_ context.Context, r *game.Running) error   { return s.enter("seal", r) }
func (s *stage) Settle(_ context.Context, r *game.Running) error { return s.enter("settle", r) }

func TestSkipWindow(t *testing.T) {
	for _, c := range []struct {
		name     string
		now, to  time.Duration
		conflict bool
	}{
		{name: "to the opening", now: -time.Hour, to: 0},
		{name: "to the next window", now: 10 * time.Second, to: time.Minute},
		{name: "from the instant of an opening", now: time.Minute, to: 2 * time.Minute},
		{name: "to the next round", now: 130 * time.Second, to: time.Hour},
		{name: "from between rounds", now: 30 * time.Minute, to: time.Hour},
		{name: "from the last window", now: 62*time.Minute + 1, conflict: true},
		{name: "from the end", now: 2 * time.Hour, conflict: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, d := newStage(c.now)
			err := d.SkipWindow(t.Context(), "spring")
			if c.conflict {
				if game.CodeOf(err) != game.CodeStateConflict || !s.now.Equal(at(c.now)) {
					t.Errorf("%v at %v, want state_conflict and no skip", err, s.now)
				}
				return
			}
			if err != nil || !s.now.Equal(at(c.to)) || !d.Watch.At().Equal(at(c.to)) {
				t.Errorf("%v; the clock is at %v and the watch at %v, want %v", err, s.now, d.Watch.At(), at(c.to))
			}
		})
	}
}

func TestDeveloperEnters(t *testing.T) {
	s, d := newStage(0)
	ctx := t.Context()
	for _, err := range []error{d.Close(ctx, "spring"), d.Seal(ctx, "spring"), d.Settle(ctx, "spring"), d.Reset(ctx)} {
		if err != nil {
			t.Error(err)
		}
	}
	if want := []string{"open spring", "close spring", "seal spring", "settle spring", "reset"}; !slices.Equal(s.done, want) {
		t.Errorf("done %v, want %v", s.done, want)
	}
	s.broken = errors.New("away")
	for name, f := range map[string]func() error{
		"skip":  func() error { return d.SkipWindow(ctx, "spring") },
		"close": func() error { return d.Close(ctx, "spring") },
		"reset": func() error { return d.Reset(ctx) },
	} {
		if err := f(); !errors.Is(err, s.broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.broken = nil
	for name, f := range map[string]func(context.Context, string) error{
		"skip": d.SkipWindow, "close": d.Close, "seal": d.Seal, "settle": d.Settle,
	} {
		if err := f(ctx, "winter"); game.CodeOf(err) != game.CodeCampaignUnknown {
			t.Errorf("%s of an unknown campaign: %v", name, err)
		}
	}
}
