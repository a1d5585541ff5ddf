package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

// Sampler keeps the figures of campaigns over time, and judges whether what was booked agrees with
// the published odds, whether or not somebody looks.
type Sampler struct {
	Book interface {
		Figures(ctx context.Context, id game.CampaignID) (game.Figures, error)
		KeepSample(ctx context.Context, id game.CampaignID, s game.Sample) error
	}
	Draws func(ctx context.Context, id game.CampaignID) (int64, error)
	Watch interface {
		All() []*game.Running
		At() time.Time
	}
	Log *slog.Logger

	evidence *prometheus.GaugeVec
	kept     map[game.CampaignID]time.Time
	alarm    map[game.CampaignID]bool
}

// NewSampler gives the sampler its metric.
func NewSampler(s Sampler, registry prometheus.Registerer) *Sampler {
	s.kept, s.alarm = map[game.CampaignID]time.Time{}, map[game.CampaignID]bool{}
	s.evidence = prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "fivefold_mix_evidence",
		Help: "Evidence against the published odds, of the mix of booked outcomes: log e-value over its alarm, which is at 1. On the leader alone.",
	}, []string{"campaign"})
	registry.MustRegister(s.evidence)
	return &s
}

// Sample samples the campaigns of which a sample is due.
func (s *Sampler) Sample(ctx context.Context) error {
	for _, r := range s.Watch.All() {
		at, due := r.SampleAt(s.Watch.At())
		if !due || r.Shadow() || s.kept[r.ID].Equal(at) {
			continue
		}
		f, err := s.Book.Figures(ctx, r.ID)
		if err != nil {
			return err
		}
		s.judge(r, f)
		sample := game.Sample{At: at, Players: f.Players, Wins: f.Wins, Redemptions: f.Redemptions, Taken: f.Taken}
		if draws, err := s.Draws(ctx, r.ID); err == nil { // Redis may be away
			sample.Draws = &draws
		}
		if err := s.Book.KeepSample(ctx, r.ID, sample); err != nil {
			return err
		}
		s.kept[r.ID] = at
	}
	return nil
}

func (s *Sampler) judge(r *game.Running, f game.Figures) {
	worst := 0.0
	for i, v := range r.Versions {
		a := fairness.Agree(v.Odds, f.Drawn[v.Number])
		worst = max(worst, a.Evidence/fairness.AlarmFrom(i+1))
		if a.Alarm(i+1) && !s.alarm[r.ID] {
			s.alarm[r.ID] = true
			s.Log.Error("jobs: what was drawn does not agree with the published odds", "campaign", r.Slug, "version", v.Number, "evidence", a.Evidence)
		}
	}
	s.evidence.WithLabelValues(r.Slug).Set(worst)
}
