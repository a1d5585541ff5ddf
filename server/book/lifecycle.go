package book

import (
	"context"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/commitment"
	"github.com/fivefold/fivefold/server/game"
)

// Enter brings a campaign to a state. Where it is there already, or past it, nothing changes.
// Codes: campaign_unknown, state_conflict.
func (b *Book) Enter(ctx context.Context, id game.CampaignID, to game.State) (game.Campaign, error) {
	var c game.Campaign
	err := b.change(ctx, "enter "+string(to), func(tx *db.Client) (err error) {
		c, _, err = b.enter(ctx, tx, id, to)
		return err
	})
	return c, err
}

// Seal ends all booking: it waits for bookings under way, and those that come later are refused.
// revealed has the seeds that are public from then on. Where the campaign is sealed already,
// nothing changes. Codes: campaign_unknown, state_conflict.
func (b *Book) Seal(ctx context.Context, id game.CampaignID, revealed []game.Commitment) (game.Campaign, error) {
	var c game.Campaign
	err := b.change(ctx, "seal", func(tx *db.Client) error {
		var sealed bool
		var err error
		c, sealed, err = b.enter(ctx, tx, id, game.StateSealed)
		if err != nil || !sealed {
			return err
		}
		return reveal(ctx, tx, id, revealed)
	})
	return c, err
}

func reveal(ctx context.Context, tx *db.Client, id game.CampaignID, revealed []game.Commitment) error {
	for _, r := range revealed {
		n, err := tx.Commitment.Update().
			Where(commitment.Campaign(id), commitment.Round(r.Round), commitment.Hash(r.Hash)).
			SetSeed(r.Seed).Save(ctx)
		if err != nil {
			return fmt.Errorf("reveal the seed of round %d: %w", r.Round, err)
		}
		if n != 1 {
			return fmt.Errorf("reveal the seed of round %d: its hash was not committed", r.Round)
		}
	}
	return nil
}

// SetSwitches moves a campaign's switches and records who did and why. Code: campaign_unknown.
func (b *Book) SetSwitches(ctx context.Context, id game.CampaignID, s game.Switches, by game.StaffID, reason string) error {
	return b.change(ctx, "move the switches", func(tx *db.Client) error {
		c, _, err := b.closeGate(ctx, tx, id)
		if err != nil {
			return err
		}
		err = tx.Campaign.UpdateOneID(id).
			SetShakingPaused(s.ShakingPaused).SetRedemptionPaused(s.RedemptionPaused).
			SetShakingNotice(s.ShakingNotice).SetRedemptionNotice(s.RedemptionNotice).Exec(ctx)
		if err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionSwitchesMoved, Campaign: id, Reason: reason}
		return b.record(ctx, tx, act, c.Switches(), s)
	})
}

// closeGate waits until nobody is within the campaign's gate and lets nobody in until the
// transaction ends; then it reads the clock and the campaign, and locks its row.
func (b *Book) closeGate(ctx context.Context, tx *db.Client, id game.CampaignID) (game.Campaign, time.Time, error) {
	if err := b.engine.close(ctx, tx, id); err != nil {
		return game.Campaign{}, time.Time{}, fmt.Errorf("close the gate: %w", err)
	}
	now, err := b.now(ctx, tx)
	if err != nil {
		return game.Campaign{}, now, err
	}
	row, err := b.lockCampaign(ctx, tx, id)
	if err != nil {
		return game.Campaign{}, now, err
	}
	return campaignOf(row), now, nil
}

// enter closes the gate and brings the campaign to a state; false where it was there or past it.
func (b *Book) enter(ctx context.Context, tx *db.Client, id game.CampaignID, to game.State) (game.Campaign, bool, error) {
	c, now, err := b.closeGate(ctx, tx, id)
	if err != nil {
		return c, false, err
	}
	moved, err := c.Enter(to, now)
	if err != nil || !moved {
		return c, false, err
	}
	return c, true, saveState(ctx, tx, c)
}

// saveState writes what the steps of a campaign's life change.
func saveState(ctx context.Context, tx *db.Client, c game.Campaign) error {
	return tx.Campaign.UpdateOneID(c.ID).SetState(c.State).
		SetNillableOpensAt(exactOrNil(c.OpensAt)).SetNillableClosesAt(exactOrNil(c.ClosesAt)).
		SetNillableClosedAt(c.ClosedAt).SetNillableSealedAt(c.SealedAt).SetNillableSettledAt(c.SettledAt).
		Exec(ctx)
}
