package book

import (
	"context"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/payout"
	"github.com/fivefold/fivefold/server/game"
)

// Payout gives the payout of a player's share, and whether there is one.
func (b *Book) Payout(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Payout, bool, error) {
	row, err := b.reader.Payout.Query().Where(payout.Campaign(id), payout.Player(p), payout.N(0)).Only(ctx)
	if db.IsNotFound(err) {
		return game.Payout{}, false, nil
	}
	if err != nil {
		return game.Payout{}, false, b.failed("read a payout", err)
	}
	return payoutOf(row), true, nil
}

// Payouts gives all payouts of a campaign: the shares by place, then the prizes as they were won.
func (b *Book) Payouts(ctx context.Context, id game.CampaignID) ([]game.Payout, error) {
	shares, err := b.payouts(ctx, b.reader.Payout.Query().Where(payout.Campaign(id), payout.N(0)).Order(payout.ByPlace()))
	if err != nil {
		return nil, err
	}
	prizes, err := b.payouts(ctx, b.reader.Payout.Query().Where(payout.Campaign(id), payout.NGT(0)).Order(payout.ByID()))
	return append(shares, prizes...), err
}

func (b *Book) payouts(ctx context.Context, q *db.PayoutQuery) ([]game.Payout, error) {
	rows, err := q.All(ctx)
	if err != nil {
		return nil, b.failed("read payouts", err)
	}
	payouts := make([]game.Payout, len(rows))
	for i, row := range rows {
		payouts[i] = payoutOf(row)
	}
	return payouts, nil
}

func payoutOf(r *db.Payout) game.Payout {
	return game.Payout{
		Campaign: r.Campaign, Player: r.Player, N: r.N, Place: r.Place,
		Amount: r.Amount, Currency: r.Currency, State: r.State,
	}
}
