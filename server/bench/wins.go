package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/fivefold/fivefold/server/live"
)

// live opens the stage's Redis as a server does.
func (s *stage) live(ctx context.Context) (*live.Live, error) {
	epoch, err := s.book.Epoch(ctx)
	if err != nil {
		return nil, err
	}
	return live.Open(ctx, s.redis, epoch)
}

// rivalBase keeps what the ways spend apart, for they share the tables.
const rivalBase = 10_000

// usualWays measures (c): all chances win.
func usualWays(ctx context.Context, b *bench) error {
	odds, stock := always()
	s, err := b.newStage(ctx, "wins", odds, stock)
	if err != nil {
		return err
	}
	defer s.close()
	ways := []string{"transaction", "function", "script"}
	children := make([]*child, 0, len(ways)+1)
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	children = append(children, ours)
	for _, way := range ways {
		c, err := s.rival(ctx, way)
		if err != nil {
			return err
		}
		children = append(children, c)
	}
	var sides []side
	spent := make([]costs, len(children))
	for i, c := range children {
		sides = append(sides, s.winningAt(&spent[i], c, 1+i*rivalBase))
	}
	c, err := inTurn(ctx, b.pairs, sides...)
	if err != nil {
		return err
	}
	for i, goal := range []float64{5, 2.5, 0} {
		r := row{
			letter: "c", what: "wins", figure: rate(c.rate(0)) + ", each " + spent[0].median().String(),
			beside: []string{"one transaction a request ", "one function a request ", "one EVALSHA a request, the book left for later "}[i] +
				rate(c.rate(i+1)) + ", each " + spent[i+1].median().String(),
			ratio: spread(c.ratios(0, i+1)),
		}
		if goal > 0 {
			r.goal, r.met = fmt.Sprintf("≥ %.1f", goal), reached(median(c.ratios(0, i+1)) >= goal)
		}
		b.table.add(r)
	}
	return s.booked(ctx)
}

// flights measures what the second batch in the book at once is worth.
func flights(ctx context.Context, b *bench) error {
	odds, stock := always()
	s, err := b.newStage(ctx, "flights", odds, stock)
	if err != nil {
		return err
	}
	defer s.close()
	var sides []side
	var spent [2]costs
	for i, way := range []string{"book", "one-batch"} {
		c, err := s.rival(ctx, way)
		if err != nil {
			return err
		}
		sides = append(sides, s.winningAt(&spent[i], c, 1+i*rivalBase))
	}
	c, err := inTurn(ctx, b.pairs, sides...)
	if err != nil {
		return err
	}
	b.table.add(row{
		letter: "w", what: "wins, two batches in the book at once", figure: rate(c.rate(0)) + ", each " + spent[0].median().String(),
		beside: "one batch " + rate(c.rate(1)) + ", each " + spent[1].median().String(), ratio: spread(c.ratios(0, 1)),
	})
	return s.booked(ctx)
}

// winning is a side that wins with each request; every turn spends chances that were not spent
// before.
func (s *stage) winning(c *child, first int) side { return s.winningAt(&costs{}, c, first) }

// winningAt is winning, and adds to spent what a win cost.
func (s *stage) winningAt(spent *costs, c *child, first int) side {
	return func(ctx context.Context, turn int) (float64, error) {
		return s.costing(ctx, spent, []*child{c}, shakes{players: crowd, taps: 1, first: first + turn*100, clients: winners})
	}
}

// booked fails where the book does not hold what was answered: gapless, and as the albums say.
func (s *stage) booked(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var wrong, entries int64
	err = conn.QueryRow(ctx, `
		WITH e AS (SELECT campaign, player, count(*) AS n, max(n) AS last, sum(c1+c2+c3+c4+c5) AS cards FROM entries GROUP BY 1, 2)
		SELECT count(*) FILTER (WHERE e.n <> last OR e.n <> a.n OR cards <> a.c1+a.c2+a.c3+a.c4+a.c5), coalesce(sum(e.n), 0)
		FROM e JOIN albums AS a USING (campaign, player)`).Scan(&wrong, &entries)
	if err == nil && wrong+entries == entries && entries > 0 {
		return nil
	}
	return fmt.Errorf("%d albums are not what their %d entries say: %w", wrong, entries, err)
}
