package book

import (
	"context"
	"strconv"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// EditCampaign writes what a designer changed of a campaign and, where the edit has one, keeps a
// version with it: both or neither. An edit that changes nothing of the campaign leaves its revision.
// Codes: campaign_unknown; change_refused; version_conflict where somebody was there between, of the
// field revision or after.
func (b *Book) EditCampaign(ctx context.Context, id game.CampaignID, e game.Edit) (game.Campaign, error) {
	var answer game.Campaign
	err := b.change(ctx, "edit a campaign", func(tx *db.Client) error {
		row, err := b.lockCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		c := campaignOf(row)
		if c.Revision != e.Revision {
			return game.FailField(game.CodeVersionConflict, "revision", game.ReasonTaken, strconv.Itoa(c.Revision))
		}
		if err := c.CheckEdit(e.Campaign); err != nil {
			return err
		}
		answer = c.Edited(e.Campaign)
		if differing := c.Differs(answer); len(differing) > 0 {
			answer.Revision++
			if err := saveEdit(ctx, tx, answer); err != nil {
				return err
			}
			act := game.Act{By: e.By, Action: game.ActionCampaignEdited, Campaign: id, Subject: c.Slug, Reason: e.Reason}
			if err := b.record(ctx, tx, act, c.Written(differing), answer.Written(differing)); err != nil {
				return err
			}
		}
		if e.Version == nil {
			return nil
		}
		_, err = b.saveVersion(ctx, tx, row, *e.Version, e.After)
		return err
	})
	return answer, err
}

func saveEdit(ctx context.Context, tx *db.Client, c game.Campaign) error {
	return tx.Campaign.UpdateOneID(c.ID).
		SetName(c.Name).SetRules(c.Rules).SetTimeZone(c.TimeZone).SetTheme(c.Theme).SetCards(c.Cards).
		SetPoolAmount(c.Pool.Amount).SetPoolCurrency(c.Pool.Currency).SetPoolSplit(c.Pool.Split).
		SetPoolFloor(c.Pool.Floor).SetPoolCap(c.Pool.Cap).SetPoolOverflow(c.Pool.Overflow).SetRevision(c.Revision).Exec(ctx)
}
