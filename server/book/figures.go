package book

import (
	"context"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// Figures counts a campaign for the admin page, all at one state of the book.
func (b *Book) Figures(ctx context.Context, id game.CampaignID) (game.Figures, error) {
	var f game.Figures
	err := b.view(ctx, "count a campaign", func(tx *db.Client) error {
		f = game.Figures{Issued: map[game.OutcomeID]int64{}, Taken: map[game.OutcomeID]int64{}, Drawn: map[int]map[game.OutcomeID]int64{}}
		counts, err := b.entryCounts(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, c := range counts {
			f.Add(c.Alike)
		}
		taken := &game.Running{Taken: f.Taken}
		return addTaken(ctx, tx, map[game.CampaignID]*game.Running{id: taken})
	})
	return f, err
}
