package book

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// Publish makes a saved version take effect, under the campaign's gate. check decides whether it
// may, at the time that will be its publication's; it may be called more than once. The first
// publication schedules the campaign and keeps commitments; any makes the stock of outcomes that
// have become limited. A version that is published already is answered as it is.
// Codes: campaign_unknown, version_unknown, stock_invalid where a voucher lacks codes, and those of
// check.
func (b *Book) Publish(ctx context.Context, id game.CampaignID, number int, by game.StaffID,
	check func(c game.Campaign, published []*game.SavedVersion, next *game.SavedVersion, now time.Time) error,
	commitments []game.Commitment) (game.SavedVersion, error) {
	var answer game.SavedVersion
	err := b.change(ctx, "publish a version", func(tx *db.Client) error {
		c, now, err := b.closeGate(ctx, tx, id)
		if err != nil {
			return err
		}
		row, err := versionRow(ctx, tx, id, number)
		if err != nil {
			return err
		}
		next, err := savedVersionOf(row)
		if err != nil {
			return err
		}
		if row.PublishedAt == nil {
			published, err := b.publishedVersions(ctx, tx, id)
			if err != nil {
				return err
			}
			if err := check(c, published, next, now); err != nil {
				return err
			}
			if err := enoughCodes(ctx, tx, id, &next.Version); err != nil {
				return err
			}
			if err := publish(ctx, tx, c, row.ID, next, by, now, commitments); err != nil {
				return err
			}
			if err := b.recordPublication(ctx, tx, c.ID, published, next); err != nil {
				return err
			}
		}
		answer = *next
		return nil
	})
	return answer, err
}

func publish(ctx context.Context, tx *db.Client, c game.Campaign, row int64, v *game.SavedVersion, by game.StaffID, now time.Time, commitments []game.Commitment) error {
	v.PublishedAt, v.PublishedBy = now, by
	if err := tx.Version.UpdateOneID(row).SetPublishedAt(now).SetPublishedBy(by).Exec(ctx); err != nil {
		return err
	}
	if err := addStock(ctx, tx, c.ID, &v.Version); err != nil {
		return err
	}
	first, err := c.Enter(game.StateScheduled, now)
	if err != nil || !first {
		return err
	}
	c.OpensAt, c.ClosesAt = v.Opens(), v.Closes()
	if err := saveState(ctx, tx, c); err != nil {
		return err
	}
	return insertCommitments(ctx, tx, c.ID, commitments)
}

// recordPublication records a version's publication, and which one was in force before it.
func (b *Book) recordPublication(ctx context.Context, tx *db.Client, id game.CampaignID, published []*game.SavedVersion, v *game.SavedVersion) error {
	var before any
	if len(published) > 0 {
		last := published[len(published)-1]
		before = map[string]any{"version": last.Number, "hash": last.Hash}
	}
	act := game.Act{By: v.PublishedBy, Action: game.ActionVersionPublished, Campaign: id, Subject: strconv.Itoa(v.Number)}
	return b.record(ctx, tx, act, before, map[string]any{"version": v.Number, "hash": v.Hash})
}

func insertCommitments(ctx context.Context, tx *db.Client, id game.CampaignID, commitments []game.Commitment) error {
	for chunk := range chunks(commitments) {
		err := tx.Commitment.MapCreateBulk(chunk, func(c *db.CommitmentCreate, i int) {
			c.SetCampaign(id).SetRound(chunk[i].Round).SetHash(chunk[i].Hash).SetSeed(chunk[i].Seed)
		}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("keep commitments: %w", err)
		}
	}
	return nil
}
