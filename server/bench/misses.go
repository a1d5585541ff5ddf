package main

import (
	"context"
	"fmt"
)

const (
	clients = 64     // connections of a load
	winners = 256    // connections where each request waits for the disk
	crowd   = 10_000 // players, where they do not matter
)

// misses measures (a): one tap a request.
func misses(ctx context.Context, b *bench) error {
	s, err := b.newStage(ctx, "misses", hardlyEver())
	if err != nil {
		return err
	}
	defer s.close()
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	bare, err := s.rival(ctx, "bare")
	if err != nil {
		return err
	}
	var cpu [2]costs
	sideOf := func(i int, c *child) side {
		return func(ctx context.Context, turn int) (float64, error) {
			return s.costing(ctx, &cpu[i], []*child{c}, shakes{players: crowd, taps: 1, first: 1 + turn*1000, clients: clients})
		}
	}
	c, err := inTurn(ctx, b.pairs, sideOf(0, ours), sideOf(1, bare))
	if err != nil {
		return err
	}
	share := median(c.ratios(0, 1))
	b.table.add(row{
		"a", "misses, requests of one tap", rate(c.rate(0)) + ", each " + cpu[0].median().String(),
		"bare Echo " + rate(c.rate(1)) + ", each " + cpu[1].median().String(),
		spread(c.ratios(0, 1)), "≥ 0.85", reached(share >= 0.85),
	})
	return nil
}

// taps measures (d).
func taps(ctx context.Context, b *bench) error {
	s, err := b.newStage(ctx, "taps", hardlyEver())
	if err != nil {
		return err
	}
	defer s.close()
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	sizes := []int{1, 16, 64}
	cpu := make([]costs, len(sizes))
	done := 0.0
	var sides []side
	for i, taps := range sizes {
		sides = append(sides, func(ctx context.Context, turn int) (float64, error) {
			perSecond, err := s.costing(ctx, &cpu[i], []*child{ours}, shakes{
				players: crowd, taps: taps, first: 1 + turn*1000*taps%90_000, clients: clients,
			})
			done += perSecond * b.turn.Seconds() * float64(taps)
			return perSecond * float64(taps), err
		})
	}
	c, err := inTurn(ctx, b.pairs, sides...)
	if err != nil {
		return err
	}
	for i, taps := range sizes {
		r := row{
			letter: "d", what: fmt.Sprintf("taps at %d a request", taps), figure: rate(c.rate(i)),
			beside: fmt.Sprintf("each request %s, %s a core of the server", cpu[i].median(), rate(float64(taps)*1e6/cpu[i].median().server)),
			ratio:  spread(c.ratios(i, 0)),
		}
		if taps == 64 {
			r.goal, r.met = "≥ 2.5 million/s", reached(c.rate(i) >= 2.5e6)
		}
		b.table.add(r)
	}
	return s.nothingSampledOut(ctx, done)
}

// nothingSampledOut fails where the server did not look at the taps that were counted here.
func (s *stage) nothingSampledOut(ctx context.Context, taps float64) error {
	l, err := s.live(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	sampled, err := l.SampledOut(ctx, s.campaign.ID)
	if err != nil {
		return err
	}
	if share := float64(sampled) / taps; share > 0.001 {
		return fmt.Errorf("%.1f %% of the taps were sampled out", 100*share)
	}
	return nil
}
