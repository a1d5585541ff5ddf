package book

import (
	"context"
	"strconv"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/rehearsal"
	"github.com/fivefold/fivefold/server/game"
)

// KeepRehearsal keeps the result of a rehearsal, stamps At and records who made it.
func (b *Book) KeepRehearsal(ctx context.Context, r game.Rehearsal) error {
	return b.change(ctx, "keep a rehearsal", func(tx *db.Client) error {
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		err = tx.Rehearsal.Create().SetCampaign(r.Campaign).SetVersion(r.Version).SetAt(now).SetBy(r.By).SetResult(r.Result).Exec(ctx)
		if err != nil {
			return err
		}
		act := game.Act{By: r.By, Action: game.ActionRehearsed, Campaign: r.Campaign, Subject: strconv.Itoa(r.Version)}
		return b.record(ctx, tx, act, nil, nil)
	})
}

// Rehearsals gives the last rehearsals of a campaign, the newest first.
func (b *Book) Rehearsals(ctx context.Context, id game.CampaignID, limit int) ([]game.Rehearsal, error) {
	rows, err := b.reader.Rehearsal.Query().Where(rehearsal.Campaign(id)).
		Order(rehearsal.ByID(sql.OrderDesc())).Limit(limit).All(ctx)
	if err != nil {
		return nil, b.failed("read rehearsals", err)
	}
	list := make([]game.Rehearsal, len(rows))
	for i, row := range rows {
		list[i] = game.Rehearsal{ID: row.ID, Campaign: row.Campaign, Version: row.Version, At: row.At.UTC(), By: row.By, Result: row.Result}
	}
	return list, nil
}
