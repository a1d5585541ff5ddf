package jobs

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/fivefold/fivefold/server/game"
)

// Book is what the jobs need of the book.
type Book interface {
	Enter(ctx context.Context, id game.CampaignID, to game.State) (game.Campaign, error)
	Seal(ctx context.Context, id game.CampaignID, revealed []game.Commitment) (game.Campaign, error)
	Settle(ctx context.Context, id game.CampaignID, divide Divide) (game.Settlement, error)
}

// Divide shares out a pool; redeem.Divider makes it.
type Divide = func(game.Campaign, []game.PlayerID) (game.Settlement, []game.Payout)

// Keys opens the seeds.
type Keys interface {
	Seed(id game.CampaignID, sealedKey []byte, round int) ([32]byte, error)
	Commitments(id game.CampaignID, sealedKey []byte, rounds int, reveal bool) ([]game.Commitment, error)
}

// Lifecycle moves campaigns from state to state.
type Lifecycle struct {
	Book     Book
	Keys     Keys
	Divider  func(orderSeed [32]byte) Divide
	Announce func(ctx context.Context)
	Log      *slog.Logger
}

// Enter moves a campaign into a state that is due.
func (l *Lifecycle) Enter(ctx context.Context, r *game.Running, to game.State) error {
	switch to {
	case game.StateOpen:
		return l.Open(ctx, r)
	case game.StateClosed:
		return l.Close(ctx, r)
	case game.StateSealed:
		return l.Seal(ctx, r)
	case game.StateSettled:
		return l.Settle(ctx, r)
	default:
		return fmt.Errorf("jobs: no job enters %s", to)
	}
}

// Open begins the campaign's rounds.
func (l *Lifecycle) Open(ctx context.Context, r *game.Running) error {
	_, err := l.Book.Enter(ctx, r.ID, game.StateOpen)
	return l.done(ctx, r, game.StateOpen, err)
}

// Close ends the campaign's rounds.
func (l *Lifecycle) Close(ctx context.Context, r *game.Running) error {
	_, err := l.Book.Enter(ctx, r.ID, game.StateClosed)
	return l.done(ctx, r, game.StateClosed, err)
}

// Seal ends all booking and makes the seeds public.
func (l *Lifecycle) Seal(ctx context.Context, r *game.Running) error {
	revealed, err := l.Keys.Commitments(r.ID, r.SealedKey, len(r.Latest().Rounds), true)
	if err == nil {
		_, err = l.Book.Seal(ctx, r.ID, revealed)
	}
	return l.done(ctx, r, game.StateSealed, err)
}

// orderRound is the number of the order's seed, fairness.OrderRound.
const orderRound = 0

// Settle shares out the pool.
func (l *Lifecycle) Settle(ctx context.Context, r *game.Running) error {
	seed, err := l.Keys.Seed(r.ID, r.SealedKey, orderRound)
	if err == nil {
		_, err = l.Book.Settle(ctx, r.ID, l.Divider(seed))
	}
	return l.done(ctx, r, game.StateSettled, err)
}

func (l *Lifecycle) done(ctx context.Context, r *game.Running, state game.State, err error) error {
	if err != nil {
		return fmt.Errorf("jobs: bring %s to %s: %w", r.Slug, state, err)
	}
	l.Log.Info("campaign entered a state", "campaign", r.Slug, "state", state)
	l.Announce(ctx)
	return nil
}
