package book

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/sample"
	"github.com/fivefold/fivefold/server/game"
)

// KeepSample keeps the figures of a campaign at a time, which is to the minute. The first to come
// for a minute is kept.
func (b *Book) KeepSample(ctx context.Context, id game.CampaignID, s game.Sample) error {
	return b.change(ctx, "keep a sample", func(tx *db.Client) error {
		return tx.Sample.Create().SetCampaign(id).SetAt(exact(s.At)).SetPlayers(s.Players).SetWins(s.Wins).
			SetRedemptions(s.Redemptions).SetNillableDraws(s.Draws).SetTaken(s.Taken).
			OnConflict(sql.ConflictColumns(sample.FieldCampaign, sample.FieldAt), sql.ResolveWithIgnore()).Exec(ctx)
	})
}

// Samples gives the figures of a campaign over time, the oldest first.
func (b *Book) Samples(ctx context.Context, id game.CampaignID) ([]game.Sample, error) {
	rows, err := b.reader.Sample.Query().Where(sample.Campaign(id)).Order(sample.ByAt()).All(ctx)
	if err != nil {
		return nil, b.failed("read samples", err)
	}
	samples := make([]game.Sample, len(rows))
	for i, r := range rows {
		samples[i] = game.Sample{
			At: r.At.UTC(), Players: r.Players, Wins: r.Wins, Redemptions: r.Redemptions, Draws: r.Draws, Taken: r.Taken,
		}
	}
	return samples, nil
}
