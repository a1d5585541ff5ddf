package book

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/commitment"
	"github.com/fivefold/fivefold/ent/db/correction"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/payout"
	"github.com/fivefold/fivefold/ent/db/redemption"
	"github.com/fivefold/fivefold/server/game"
)

// RedemptionsAfter gives a campaign's redemptions of the players after one, by player, at most limit.
func (b *Book) RedemptionsAfter(ctx context.Context, id game.CampaignID, after game.PlayerID, limit int) ([]game.Redemption, error) {
	rows, err := b.reader.Redemption.Query().Where(redemption.Campaign(id), redemption.PlayerGT(after)).
		Order(redemption.ByPlayer()).Limit(limit).All(ctx)
	if err != nil {
		return nil, b.failed("read redemptions", err)
	}
	page := make([]game.Redemption, len(rows))
	for i, row := range rows {
		page[i] = game.Redemption{Campaign: row.Campaign, Player: row.Player, N: row.N, RedeemedAt: row.RedeemedAt.UTC()}
	}
	return page, nil
}

// PayoutsAfter gives a campaign's payouts after one, by player and entry, at most limit. A share
// has the number 0, so the first page begins after the entry -1 of nobody.
func (b *Book) PayoutsAfter(ctx context.Context, id game.CampaignID, after game.PlayerID, n int64, limit int) ([]game.Payout, error) {
	return b.payouts(ctx, b.reader.Payout.Query().Where(payout.Campaign(id), func(s *sql.Selector) {
		s.Where(sql.CompositeGT([]string{s.C(payout.FieldPlayer), s.C(payout.FieldN)}, string(after), n))
	}).Order(payout.ByPlayer(), payout.ByN()).Limit(limit))
}

// CorrectionsAfter gives a campaign's corrections after one, in the order in which they were
// proposed, at most limit.
func (b *Book) CorrectionsAfter(ctx context.Context, id game.CampaignID, after int64, limit int) ([]game.Correction, error) {
	rows, err := b.reader.Correction.Query().Where(correction.Campaign(id), correction.IDGT(after)).
		Order(correction.ByID()).Limit(limit).All(ctx)
	if err != nil {
		return nil, b.failed("read corrections", err)
	}
	page := make([]game.Correction, len(rows))
	for i, row := range rows {
		page[i] = correctionOf(row)
	}
	return page, nil
}

// Issues counts the draws of a campaign that are booked and alike. It reads every entry of the
// campaign, so it is for a report and not for a page.
func (b *Book) Issues(ctx context.Context, id game.CampaignID) ([]game.Issue, error) {
	var issues []game.Issue
	err := b.view(ctx, "count issues", func(tx *db.Client) error {
		issues = nil
		return tx.Entry.Query().Where(entry.Campaign(id), entry.RoundGT(0)).
			Order(entry.ByVersion(), entry.ByRound(), entry.ByOutcome(), entry.ByRaw()).
			GroupBy(entry.FieldVersion, entry.FieldRound, entry.FieldOutcome, entry.FieldRaw).
			Aggregate(db.Count()).Scan(ctx, &issues)
	})
	return issues, err
}

// Commitments gives a campaign's commitments by round, with the seeds that are revealed.
func (b *Book) Commitments(ctx context.Context, id game.CampaignID) ([]game.Commitment, error) {
	rows, err := b.reader.Commitment.Query().Where(commitment.Campaign(id)).Order(commitment.ByRound()).All(ctx)
	if err != nil {
		return nil, b.failed("read commitments", fmt.Errorf("of %s: %w", id, err))
	}
	commitments := make([]game.Commitment, len(rows))
	for i, row := range rows {
		commitments[i] = game.Commitment{Round: row.Round, Hash: row.Hash, Seed: row.Seed}
	}
	return commitments, nil
}
