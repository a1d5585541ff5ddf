package jobs_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/jobs"
)

// scene is campaigns, their figures and what was kept of them.
type scene struct {
	now     time.Time
	running []*game.Running
	figures game.Figures
	kept    []game.Sample
}

func (s *scene) All() []*game.Running { return s.running }
func (s *scene) At() time.Time        { return s.now }
func (s *scene) Figures(context.Context, game.CampaignID) (game.Figures, error) {
	return s.figures, nil
}

func (s *scene) KeepSample(_ context.Context, _ game.CampaignID, sample game.Sample) error {
	s.kept = append(s.kept, sample)
	return nil
}

func TestSampler(t *testing.T) {
	opens := time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)
	v := &game.SavedVersion{Number: 1}
	v.Odds = game.Odds{Miss: 500_000_000, Outcomes: []game.Outcome{{ID: "a", Weight: 400_000_000}, {ID: "b", Weight: 100_000_000}}}
	c := game.Campaign{ID: "c", Slug: "spring", State: game.StateOpen, OpensAt: opens, ClosesAt: opens.Add(2 * time.Hour)}
	shadow := c
	shadow.ID, shadow.ShadowOf = "s", "c"
	s := &scene{now: opens.Add(30 * time.Second), running: []*game.Running{{Campaign: c, Versions: []*game.SavedVersion{v}}, {Campaign: shadow}}}
	s.figures = game.Figures{Players: 7, Drawn: map[int]map[game.OutcomeID]int64{1: {"a": 800, "b": 200}}}
	registry := prometheus.NewRegistry()
	sampler := jobs.NewSampler(jobs.Sampler{
		Book: s, Watch: s, Draws: func(context.Context, game.CampaignID) (int64, error) { return 2000, nil },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}, registry)
	evidence := func() float64 {
		t.Helper()
		families, err := registry.Gather()
		if err != nil || len(families) != 1 {
			t.Fatalf("%v, %v", families, err)
		}
		return families[0].GetMetric()[0].GetGauge().GetValue()
	}
	for _, step := range []struct {
		after time.Duration
		kept  int
	}{{30 * time.Second, 1}, {50 * time.Second, 1}, {61 * time.Second, 2}, {2*time.Hour + 30*time.Second, 2}, {2*time.Hour + 61*time.Second, 3}, {3 * time.Hour, 3}} {
		s.now = opens.Add(step.after)
		if err := sampler.Sample(t.Context()); err != nil || len(s.kept) != step.kept {
			t.Errorf("after %s: %d samples, %v", step.after, len(s.kept), err)
		}
	}
	if first := s.kept[0]; !first.At.Equal(opens) || first.Players != 7 || *first.Draws != 2000 {
		t.Errorf("%+v", first)
	}
	if e := evidence(); e >= .1 {
		t.Errorf("as published: evidence %g", e)
	}
	s.figures.Drawn = map[int]map[game.OutcomeID]int64{1: {"a": 900, "b": 100}}
	s.now = opens.Add(time.Hour)
	if err := sampler.Sample(t.Context()); err != nil || evidence() < 1 {
		t.Errorf("half of what was published: evidence %g, %v", evidence(), err)
	}
}

// However long a campaign is, its samples are some thousands.
func TestSampleEvery(t *testing.T) {
	for length, want := range map[time.Duration]time.Duration{
		10 * time.Minute: time.Minute, 50 * time.Hour: time.Minute, 72 * time.Hour: 2 * time.Minute, 20 * 24 * time.Hour: 10 * time.Minute,
	} {
		opens := time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)
		if got := (game.Campaign{OpensAt: opens, ClosesAt: opens.Add(length)}).SampleEvery(); got != want {
			t.Errorf("%s: every %s, want %s", length, got, want)
		}
	}
}
