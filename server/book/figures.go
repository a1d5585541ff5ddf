package book

import (
	"context"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/album"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/redemption"
	"github.com/fivefold/fivefold/server/game"
)

// Figures counts a campaign for the admin page, all at one state of the book. It reads every
// entry of the campaign.
func (b *Book) Figures(ctx context.Context, id game.CampaignID) (game.Figures, error) {
	var f game.Figures
	err := b.view(ctx, "count a campaign", func(tx *db.Client) error {
		f = game.Figures{Issued: map[game.OutcomeID]int64{}, Taken: map[game.OutcomeID]int64{}}
		players, err := tx.Album.Query().Where(album.Campaign(id), album.NGT(0)).Count(ctx)
		if err != nil {
			return err
		}
		redemptions, err := tx.Redemption.Query().Where(redemption.Campaign(id)).Count(ctx)
		if err != nil {
			return err
		}
		f.Players, f.Redemptions = int64(players), int64(redemptions)
		taken := &game.Running{Taken: f.Taken}
		if err := addTaken(ctx, tx, map[game.CampaignID]*game.Running{id: taken}); err != nil {
			return err
		}
		return countWins(ctx, tx, id, &f)
	})
	return f, err
}

func countWins(ctx context.Context, tx *db.Client, id game.CampaignID, f *game.Figures) error {
	var counts []struct {
		Kind    game.EntryKind `sql:"kind"`
		Outcome game.OutcomeID `sql:"outcome"`
		Count   int64          `sql:"count"`
	}
	err := tx.Entry.Query().Where(entry.Campaign(id), entry.RoundGT(0)).
		GroupBy(entry.FieldKind, entry.FieldOutcome).Aggregate(db.Count()).Scan(ctx, &counts)
	if err != nil {
		return err
	}
	for _, c := range counts {
		f.Wins += c.Count
		if c.Kind == game.EntrySoldOut {
			f.SoldOut += c.Count
		} else {
			f.Issued[c.Outcome] += c.Count
		}
	}
	return nil
}
