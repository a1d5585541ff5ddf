package main

import (
	"context"
	"fmt"
	"time"
)

// halfLoad measures the time to a win at half of what the server can book.
func halfLoad(ctx context.Context, b *bench) error {
	odds, stock := always()
	s, err := b.newStage(ctx, "half", odds, stock)
	if err != nil {
		return err
	}
	defer s.close()
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	full, err := inTurn(ctx, max(1, b.pairs/2), s.winning(ours, 1))
	if err != nil {
		return err
	}
	half := full.rate(0) / 2
	var p99 []float64
	for turn := range b.pairs + 1 {
		r, err := s.steady(ctx, ours.addr, shakes{players: crowd, taps: 1, first: 50_000 + turn*100, clients: 4 * clients}, half)
		if err != nil {
			return err
		}
		if turn > 0 {
			p99 = append(p99, r.p99.Seconds()*1e3)
		}
	}
	b.table.add(row{
		"l", "time to a win, 99th percentile, at " + rate(half), fmt.Sprintf("%.1f ms", median(p99)),
		"half of " + rate(full.rate(0)), "", "< 50 ms", reached(median(p99) < 50),
	})
	return s.booked(ctx)
}

// reads measures me from Redis beside me from SQL.
func reads(ctx context.Context, b *bench) error {
	odds, stock := always()
	s, err := b.newStage(ctx, "reads", odds, stock)
	if err != nil {
		return err
	}
	defer s.close()
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	if _, err := s.winning(ours, 1)(ctx, 0); err != nil { // so that there is something to read
		return err
	}
	time.Sleep(2 * time.Second) // Redis follows
	sql, err := s.rival(ctx, "sql-reads")
	if err != nil {
		return err
	}
	read := func(c *child) side {
		return func(ctx context.Context, _ int) (float64, error) {
			r, err := s.shake(ctx, c.addr, shakes{read: true, players: crowd, clients: clients})
			return r.rate(), err
		}
	}
	c, err := inTurn(ctx, b.pairs, read(ours), read(sql))
	if err != nil {
		return err
	}
	b.table.add(row{
		letter: "c", what: "reads of me, from Redis", figure: rate(c.rate(0)),
		beside: "from SQL " + rate(c.rate(1)), ratio: spread(c.ratios(0, 1)),
	})
	return nil
}
