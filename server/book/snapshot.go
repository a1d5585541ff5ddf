package book

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/campaign"
	"github.com/fivefold/fivefold/ent/db/commitment"
	"github.com/fivefold/fivefold/ent/db/stockrow"
	"github.com/fivefold/fivefold/server/game"
)

// Snapshot gives the state of all campaigns past draft, but for shadows that are over. It shares each campaign's gate while it
// reads the clock and the versions, so what is published or switched later than the snapshot's
// time is later by the same clock. Its versions are shared: do not change them.
func (b *Book) Snapshot(ctx context.Context) (*game.Snapshot, error) {
	var s *game.Snapshot
	err := b.change(ctx, "take a snapshot", func(tx *db.Client) error {
		past := campaign.StateNEQ(game.StateDraft)
		ids, err := tx.Campaign.Query().Where(past).IDs(ctx)
		if err != nil {
			return fmt.Errorf("list campaigns: %w", err)
		}
		if err := b.engine.share(ctx, tx, ids); err != nil {
			return fmt.Errorf("pass the gates: %w", err)
		}
		s = &game.Snapshot{}
		if s.At, err = b.now(ctx, tx); err != nil {
			return err
		}
		rows, err := tx.Campaign.Query().Where(campaign.IDIn(ids...)).
			Order(campaign.ByOpensAt(sql.OrderDesc()), campaign.ByID()).All(ctx)
		if err != nil {
			return fmt.Errorf("read campaigns: %w", err)
		}
		rows = slices.DeleteFunc(rows, func(row *db.Campaign) bool { return campaignOf(row).Expired(s.At) })
		s.Campaigns, err = b.running(ctx, tx, rows)
		return err
	})
	return s, err
}

// running reads what belongs to campaigns.
func (b *Book) running(ctx context.Context, tx *db.Client, rows []*db.Campaign) ([]*game.Running, error) {
	running := make([]*game.Running, len(rows))
	by := make(map[game.CampaignID]*game.Running, len(rows))
	for i, row := range rows {
		r := &game.Running{Campaign: campaignOf(row), SealedKey: row.SealedKey, Taken: map[game.OutcomeID]int64{}}
		var err error
		if r.Versions, err = b.publishedVersions(ctx, tx, row.ID); err != nil {
			return nil, err
		}
		running[i], by[row.ID] = r, r
	}
	if err := addCommitments(ctx, tx, by); err != nil {
		return nil, err
	}
	if err := addTaken(ctx, tx, by); err != nil {
		return nil, err
	}
	homes := ids(by)
	for _, row := range rows {
		if row.ShadowOf != "" {
			homes = append(homes, row.ShadowOf) // a shadow shows the pictures of what it is a shadow of
		}
	}
	art, err := addresses(ctx, tx, homes)
	if err != nil {
		return nil, err
	}
	counts, err := b.completed.count(ctx, tx)
	if err != nil {
		return nil, err
	}
	for id, r := range by {
		r.Completed, r.Art = counts[id], art[cmp.Or(r.ShadowOf, id)]
	}
	return running, nil
}

func addCommitments(ctx context.Context, tx *db.Client, by map[game.CampaignID]*game.Running) error {
	rows, err := tx.Commitment.Query().Where(commitment.CampaignIn(ids(by)...)).
		Order(commitment.ByRound()).All(ctx)
	if err != nil {
		return fmt.Errorf("read commitments: %w", err)
	}
	for _, row := range rows {
		r := by[row.Campaign]
		r.Commitments = append(r.Commitments, game.Commitment{Round: row.Round, Hash: row.Hash, Seed: row.Seed})
	}
	return nil
}

func addTaken(ctx context.Context, tx *db.Client, by map[game.CampaignID]*game.Running) error {
	var sums []struct {
		Campaign game.CampaignID `sql:"campaign"`
		Outcome  game.OutcomeID  `sql:"outcome"`
		Taken    int64           `sql:"taken"`
	}
	err := tx.StockRow.Query().Where(stockrow.CampaignIn(ids(by)...)).
		GroupBy(stockrow.FieldCampaign, stockrow.FieldOutcome).
		Aggregate(db.As(db.Sum(stockrow.FieldTaken), "taken")).Scan(ctx, &sums)
	if err != nil {
		return fmt.Errorf("sum stock: %w", err)
	}
	for _, sum := range sums {
		by[sum.Campaign].Taken[sum.Outcome] = sum.Taken
	}
	return nil
}

func ids[T any](by map[game.CampaignID]T) []game.CampaignID {
	ids := make([]game.CampaignID, 0, len(by))
	for id := range by {
		ids = append(ids, id)
	}
	return ids
}
