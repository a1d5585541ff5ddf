package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

// redemptions is how many shared the pool in 2016.
const redemptions = 791_405

// settlement measures (g), from the sealed campaign to the committed payouts.
func settlement(ctx context.Context, b *bench) error {
	took := map[game.Split][]float64{}
	for range max(1, b.pairs/2) {
		for _, split := range []game.Split{game.SplitEqual, game.SplitRandom} {
			seconds, err := settleOnce(ctx, b, split)
			if err != nil {
				return err
			}
			took[split] = append(took[split], seconds)
		}
	}
	b.table.add(row{
		"g", fmt.Sprintf("settlement of %d redemptions, to the cent", redemptions), spread(took[game.SplitEqual]) + " s",
		rate(redemptions / median(took[game.SplitEqual])), "", "< 10 s", reached(median(took[game.SplitEqual]) < 10),
	})
	b.table.add(row{
		"g", "the same by a random split with a floor", spread(took[game.SplitRandom]) + " s",
		rate(redemptions / median(took[game.SplitRandom])), "", "< 10 s", reached(median(took[game.SplitRandom]) < 10),
	})
	return nil
}

func settleOnce(ctx context.Context, b *bench, split game.Split) (float64, error) {
	s, err := b.newStage(ctx, "settlement", hardlyEver())
	if err != nil {
		return 0, err
	}
	defer s.close()
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	if split == game.SplitRandom {
		if _, err := conn.Exec(ctx, "UPDATE campaigns SET pool_split = $1, pool_floor = 8888", string(split)); err != nil {
			return 0, err
		}
	}
	now := time.Now().UTC()
	_, err = conn.CopyFrom(ctx, pgx.Identifier{"redemptions"}, []string{"campaign", "player", "n", "redeemed_at"},
		pgx.CopyFromSlice(redemptions, func(i int) ([]any, error) {
			return []any{string(s.campaign.ID), string(playerID(i)), int64(6), now}, nil
		}))
	if err != nil {
		return 0, err
	}
	key, err := s.book.CampaignKey(ctx, s.campaign.ID)
	if err != nil {
		return 0, err
	}
	revealed, err := s.keys.Commitments(s.campaign.ID, key, 1, true)
	if err != nil {
		return 0, err
	}
	if _, err := s.book.Enter(ctx, s.campaign.ID, game.StateClosed); err != nil {
		return 0, err
	}
	if _, err := s.book.Seal(ctx, s.campaign.ID, revealed); err != nil {
		return 0, err
	}
	seed, err := s.keys.Seed(s.campaign.ID, key, fairness.OrderRound)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	settled, err := s.book.Settle(ctx, s.campaign.ID, redeem.Divider(seed))
	if err != nil {
		return 0, err
	}
	took := time.Since(begun)
	if settled.Split != split {
		return 0, fmt.Errorf("the split was %s, not %s", settled.Split, split)
	}
	var payouts, sum int64
	if err := conn.QueryRow(ctx, "SELECT count(*), sum(amount) FROM payouts").Scan(&payouts, &sum); err != nil {
		return 0, err
	}
	if payouts != redemptions || sum+settled.Shares.Overflow != s.campaign.Pool.Amount {
		return 0, fmt.Errorf("%d payouts of %d are %d in sum, of a pool of %d", payouts, redemptions, sum, s.campaign.Pool.Amount)
	}
	return took.Seconds(), nil
}
