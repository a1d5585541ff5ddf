package book

import (
	"context"
	"fmt"
	"slices"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/redemption"
	"github.com/fivefold/fivefold/server/game"
)

// Settle shares out the pool of a sealed campaign, once: a settled one answers its settlement
// again. divide gets the players who redeemed, sorted by id, and may be called more than once; it
// gives the settlement and a payout for each of them. Codes: campaign_unknown, state_conflict.
func (b *Book) Settle(ctx context.Context, id game.CampaignID, divide func(game.Campaign, []game.PlayerID) (game.Settlement, []game.Payout)) (game.Settlement, error) {
	var s game.Settlement
	err := b.change(ctx, "settle", func(tx *db.Client) error {
		// The row's lock keeps other settlers out. The gate need not be closed, for nothing
		// is booked any more, and snapshots should not wait for a million payouts.
		row, err := b.lockCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		c := campaignOf(row)
		moved, err := c.Enter(game.StateSettled, now)
		if err != nil {
			return err
		}
		if !moved {
			s, _, err = settlementOf(ctx, tx, id)
			return err
		}
		players, err := redeemers(ctx, tx, id)
		if err != nil {
			return err
		}
		var payouts []game.Payout
		s, payouts = divide(c, players)
		s.Campaign, s.SettledAt = id, now
		if err := saveState(ctx, tx, c); err != nil {
			return err
		}
		return b.insertSettlement(ctx, tx, s, payouts)
	})
	return s, err
}

// redeemers gives the players who redeemed, sorted by id as Go sorts: an order that the
// database's language has no part in.
func redeemers(ctx context.Context, tx *db.Client, id game.CampaignID) ([]game.PlayerID, error) {
	var players []game.PlayerID
	err := tx.Redemption.Query().Where(redemption.Campaign(id)).Select(redemption.FieldPlayer).Scan(ctx, &players)
	if err != nil {
		return nil, fmt.Errorf("read redemptions: %w", err)
	}
	slices.Sort(players)
	return players, nil
}

func (b *Book) insertSettlement(ctx context.Context, tx *db.Client, s game.Settlement, payouts []game.Payout) error {
	err := tx.Settlement.Create().SetID(s.Campaign).SetSplit(s.Split).SetRedemptions(s.Shares.Redemptions).
		SetShare(s.Shares.Share).SetLeftover(s.Shares.Leftover).SetOverflow(s.Shares.Overflow).
		SetRoot(s.Root).SetWeights(s.Weights).SetSettledAt(s.SettledAt).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keep the settlement: %w", err)
	}
	if err := b.engine.pay(ctx, tx, payouts); err != nil {
		return fmt.Errorf("keep payouts: %w", err)
	}
	return nil
}

// Settlement gives a campaign's settlement, and whether there is one.
func (b *Book) Settlement(ctx context.Context, id game.CampaignID) (game.Settlement, bool, error) {
	s, ok, err := settlementOf(ctx, b.reader, id)
	return s, ok, b.failed("read a settlement", err)
}

func settlementOf(ctx context.Context, tx *db.Client, id game.CampaignID) (game.Settlement, bool, error) {
	row, err := tx.Settlement.Get(ctx, id)
	if db.IsNotFound(err) {
		return game.Settlement{}, false, nil
	}
	if err != nil {
		return game.Settlement{}, false, err
	}
	return game.Settlement{
		Campaign: row.ID, Split: row.Split, Root: row.Root, Weights: row.Weights,
		Shares: game.Shares{
			Redemptions: row.Redemptions, Share: row.Share, Leftover: row.Leftover, Overflow: row.Overflow,
		},
		SettledAt: row.SettledAt.UTC(),
	}, true, nil
}
