package redeem

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Campaigns is the snapshot by which requests are judged.
type Campaigns interface {
	Find(slug string) (*game.Running, error)
	Now() time.Time
}

// Book is what the service needs of the book.
type Book interface {
	BookRedemption(ctx context.Context, op game.Operation, s game.Substitution, acceptedAt time.Time) (game.Redemption, game.Album, bool, error)
}

// Live is what the service needs of Redis.
type Live interface {
	Lease(ctx context.Context, op game.Operation, s game.Substitution) (game.Verdict, error)
	Release(ctx context.Context, op game.Operation) error
}

// Albums lets Redis follow.
type Albums interface{ Follow(a game.Album) }

// Service redeems.
type Service struct {
	Campaigns Campaigns
	Book      Book
	Live      Live
	Albums    Albums
}

// Redeemed is the answer to a redemption; Made says whether it was made now or repeated.
type Redeemed struct {
	Redemption game.Redemption
	Album      game.Album
	Completed  int64 // redemptions of the campaign, as far as this server knows
	Made       bool
}

// Redeem burns a full set of the player's. The live album is asked first, so that the book is not
// troubled by two operations of one player at once; but only its yes is taken, and the book has
// the last word always.
// Codes: invalid, campaign_unknown, card_unknown, set_incomplete, already_redeemed, key_reused,
// redemption_paused, campaign_not_open, campaign_sealed, busy, unavailable.
func (s *Service) Redeem(ctx context.Context, slug string, p game.PlayerID, key game.OperationKey, wildcards game.Substitution) (Redeemed, error) {
	run, err := s.Campaigns.Find(slug)
	if err != nil {
		return Redeemed{}, err
	}
	if err := key.Check(); err != nil {
		return Redeemed{}, err
	}
	if err := wildcards.Check(); err != nil {
		return Redeemed{}, err
	}
	op := game.Operation{Campaign: run.ID, Player: p, Key: key, BodyHash: bodyHash(run.ID, wildcards)}
	verdict, err := s.Live.Lease(ctx, op, wildcards)
	if err == nil && verdict == game.VerdictLeased {
		return Redeemed{}, &game.Error{Code: game.CodeBusy, Message: "another redemption of the player is under way", RetryAfter: time.Second}
	}
	leased := err == nil && verdict == game.VerdictReady
	redemption, album, made, err := s.Book.BookRedemption(ctx, op, wildcards, s.Campaigns.Now())
	if leased {
		_ = s.Live.Release(context.WithoutCancel(ctx), op) // else it runs out by itself
	}
	if err != nil {
		return Redeemed{}, fmt.Errorf("redeem: %w", err)
	}
	s.Albums.Follow(album)
	completed := run.Completed
	if made {
		completed++
	}
	return Redeemed{Redemption: redemption, Album: album, Completed: completed, Made: made}, nil
}

// bodyHash says what a redemption asks for, however it was written.
func bodyHash(id game.CampaignID, wildcards game.Substitution) string {
	counts, _ := wildcards.Burns()
	m := game.LP{}.Text("fivefold/redemption/v1").Text(string(id))
	for _, n := range counts {
		m = m.Number(n)
	}
	sum := sha256.Sum256(m)
	return hex.EncodeToString(sum[:])
}
