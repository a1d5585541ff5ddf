package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/game"
)

// flat is how much more a request may cost for a goal of 'flat' to be met.
const flat = 1.25

// growth measures (f).
func growth(ctx context.Context, b *bench) error {
	if err := byPlayers(ctx, b, "misses", hardlyEver()); err != nil {
		return err
	}
	odds, stock := always()
	if err := byPlayers(ctx, b, "wins", odds, stock); err != nil {
		return err
	}
	return byProcesses(ctx, b)
}

// byPlayers measures requests of 10^3 to 10^6 players, who all have an album.
func byPlayers(ctx context.Context, b *bench, what string, odds game.Odds, stocks ...game.Stock) error {
	s, err := b.newStage(ctx, "players", odds, stocks...)
	if err != nil {
		return err
	}
	defer s.close()
	sizes := []int{1000, 10_000, 100_000, 1_000_000}
	if err := s.albums(ctx, sizes[len(sizes)-1]); err != nil {
		return err
	}
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	cpu := make([]costs, len(sizes))
	var sides []side
	for i, players := range sizes {
		sides = append(sides, func(ctx context.Context, turn int) (float64, error) {
			// Each size has chances of its own; 10^3 players spend most of each.
			return s.costing(ctx, &cpu[i], []*child{ours}, shakes{
				players: players, taps: 1, first: 1 + i*20_000 + turn*2000, clients: clients,
			})
		})
	}
	c, err := inTurn(ctx, b.pairs, sides...)
	if err != nil {
		return err
	}
	for i, players := range sizes {
		r := row{
			letter: "f", what: fmt.Sprintf("%s of %s players", what, count(float64(players))), figure: rate(c.rate(i)),
			beside: "each " + cpu[i].median().String(),
			ratio:  spread(c.ratios(i, 0)),
		}
		if i == len(sizes)-1 {
			r.goal, r.met = "flat", reached(median(c.ratios(i, 0)) >= 1/flat)
		}
		b.table.add(r)
	}
	return nil
}

// costing shakes at all of some servers at once and gives their rate together; it adds to spent
// what a request cost.
func (s *stage) costing(ctx context.Context, spent *costs, servers []*child, q shakes) (float64, error) {
	before, err := s.used(ctx, servers)
	if err != nil {
		return 0, err
	}
	results := make([]shaken, len(servers))
	work, shaking := errgroup.WithContext(ctx)
	for i, c := range servers {
		mine := q
		mine.clients = max(1, q.clients/len(servers))
		mine.first += i * 200
		work.Go(func() (err error) {
			results[i], err = s.shake(shaking, c.addr, mine)
			return err
		})
	}
	if err := work.Wait(); err != nil {
		return 0, err
	}
	after, err := s.used(ctx, servers)
	perSecond, requests := 0.0, 0.0
	for _, r := range results {
		perSecond += r.rate()
		requests += r.requests
	}
	*spent = append(*spent, after.each(before, requests))
	return perSecond, err
}

// albums gives players 0..players-1 an album in the book.
func (s *stage) albums(ctx context.Context, players int) error {
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.CopyFrom(ctx, pgx.Identifier{"albums"}, []string{"campaign", "player"},
		pgx.CopyFromSlice(players, func(i int) ([]any, error) {
			return []any{string(s.campaign.ID), string(playerID(i))}, nil
		}))
	if err == nil {
		_, err = conn.Exec(ctx, "VACUUM ANALYZE albums")
	}
	return err
}

// byProcesses measures one, two and three servers on the same stores.
func byProcesses(ctx context.Context, b *bench) error {
	odds, stock := always()
	for _, kind := range []struct {
		what   string
		odds   game.Odds
		stocks []game.Stock
	}{{"misses", hardlyEver(), nil}, {"wins", odds, []game.Stock{stock}}} {
		if err := byProcessesOf(ctx, b, kind.what, kind.odds, kind.stocks); err != nil {
			return err
		}
	}
	return nil
}

func byProcessesOf(ctx context.Context, b *bench, what string, odds game.Odds, stocks []game.Stock) error {
	s, err := b.newStage(ctx, "processes", odds, stocks...)
	if err != nil {
		return err
	}
	defer s.close()
	const most = 3
	var servers []*child
	for range most {
		c, err := s.serve(ctx)
		if err != nil {
			return err
		}
		servers = append(servers, c)
	}
	var cpu [most]costs
	var sides []side
	for i := range most {
		sides = append(sides, func(ctx context.Context, turn int) (float64, error) {
			return s.costing(ctx, &cpu[i], servers[:i+1], shakes{
				players: crowd, taps: 1, first: 1 + i*20_000 + turn*1000, clients: clients,
			})
		})
	}
	c, err := inTurn(ctx, b.pairs, sides...)
	if err != nil {
		return err
	}
	for i := range most {
		b.table.add(row{
			letter: "f", what: fmt.Sprintf("%s, processes on the same cores: %d", what, i+1), figure: rate(c.rate(i)),
			beside: "each " + cpu[i].median().String(),
			ratio:  spread(c.ratios(i, 0)),
		})
	}
	return nil
}
