package main

import (
	"context"
	"fmt"
	"math"
)

const (
	clients = 64     // connections of a load
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
	var cpu [2][]float64
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
		"a", "misses, requests of one tap", fmt.Sprintf("%s, %.1f µs of processor each", rate(c.rate(0)), median(cpu[0])),
		fmt.Sprintf("bare Echo %s, %.1f µs each", rate(c.rate(1)), median(cpu[1])),
		spread(c.ratios(0, 1)), "≥ 0.85", reached(share >= 0.85),
	})
	return nil
}

// draws is a side that draws; every turn spends chances that no turn has spent before.
func (s *stage) draws(c *child, taps, players int) side {
	return func(ctx context.Context, turn int) (float64, error) {
		r, err := s.shake(ctx, c.addr, shakes{players: players, taps: taps, first: 1 + turn*1000*taps%90_000, clients: clients})
		return r.rate(), err
	}
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
	cpu := make([]float64, len(sizes)) // seconds, by size
	done := make([]float64, len(sizes))
	var sides []side
	for i, taps := range sizes {
		shake := s.draws(ours, taps, crowd)
		sides = append(sides, func(ctx context.Context, turn int) (float64, error) {
			before, err := ours.cpu()
			if err != nil {
				return 0, err
			}
			perSecond, err := shake(ctx, turn)
			if err != nil {
				return 0, err
			}
			after, err := ours.cpu()
			cpu[i] += (after - before).Seconds()
			done[i] += perSecond * b.turn.Seconds()
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
			beside: fmt.Sprintf("%.1f µs of processor a request, %s a core", 1e6*cpu[i]/done[i], rate(done[i]*float64(taps)/cpu[i])),
			ratio:  spread(c.ratios(i, 0)),
		}
		if taps == 64 {
			r.goal, r.met = "≥ 2.5 million/s", reached(c.rate(i) >= 2.5e6)
		}
		b.table.add(r)
	}
	return s.nothingSampledOut(ctx, done, sizes)
}

// nothingSampledOut fails where the server did not look at the taps that were counted here.
func (s *stage) nothingSampledOut(ctx context.Context, requests []float64, sizes []int) error {
	l, err := s.live(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	sampled, err := l.SampledOut(ctx, s.campaign.ID)
	if err != nil {
		return err
	}
	total := 0.0
	for i, n := range requests {
		total += n * float64(sizes[i])
	}
	if share := float64(sampled) / total; share > 0.001 || math.IsNaN(share) {
		return fmt.Errorf("%.1f %% of the taps were sampled out", 100*share)
	}
	return nil
}
