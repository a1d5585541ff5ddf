package book

import (
	"context"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/operation"
	"github.com/fivefold/fivefold/ent/db/redemption"
	"github.com/fivefold/fivefold/server/game"
)

// BookRedemption burns a set of the player's album for a place in the pool. It gives true where
// that was done now, and false with the same redemption where the operation was booked before.
// Codes: campaign_unknown, key_reused, already_redeemed, set_incomplete, card_unknown, invalid,
// redemption_paused, campaign_not_open, campaign_sealed.
func (b *Book) BookRedemption(ctx context.Context, op game.Operation, s game.Substitution, acceptedAt time.Time) (game.Redemption, game.Album, bool, error) {
	var r game.Redemption
	var a *game.Album
	var made bool
	err := b.change(ctx, "book a redemption", func(tx *db.Client) error {
		c, refused := b.bookable(ctx, tx, op.Campaign)
		if c == nil {
			return refused
		}
		albums, err := b.lockAlbums(ctx, tx, op.Campaign, []game.PlayerID{op.Player})
		if err != nil {
			return err
		}
		a = albums[op.Player]
		var done bool
		if r, done, err = redeemedBy(ctx, tx, op); err != nil || done {
			made = false
			return err
		}
		if refused != nil {
			return refused
		}
		if c.RedemptionPaused {
			return game.Fail(game.CodeRedemptionPaused, "redemption is paused")
		}
		made = true
		r, err = b.redeem(ctx, tx, a, op, s, acceptedAt)
		return err
	})
	if err != nil {
		return game.Redemption{}, game.Album{}, false, err
	}
	return r, *a, made, nil
}

// redeemedBy gives the redemption that an operation has made before. Code: key_reused where the
// key has made something else.
func redeemedBy(ctx context.Context, tx *db.Client, op game.Operation) (game.Redemption, bool, error) {
	before, err := tx.Operation.Query().
		Where(operation.Player(op.Player), operation.Key(string(op.Key))).Only(ctx)
	if db.IsNotFound(err) {
		return game.Redemption{}, false, nil
	}
	if err != nil {
		return game.Redemption{}, false, fmt.Errorf("look for the operation: %w", err)
	}
	if before.Campaign != op.Campaign || before.BodyHash != op.BodyHash {
		return game.Redemption{}, false, keyReused()
	}
	return redemptionOf(ctx, tx, op.Campaign, op.Player)
}

func keyReused() error {
	return game.Fail(game.CodeKeyReused, "the key was used for another request")
}

// redeem burns the set and writes all that comes of it.
func (b *Book) redeem(ctx context.Context, tx *db.Client, a *game.Album, op game.Operation, s game.Substitution, acceptedAt time.Time) (game.Redemption, error) {
	now, err := b.now(ctx, tx)
	if err != nil {
		return game.Redemption{}, err
	}
	e, err := a.Redeem(s, op.Key, exact(acceptedAt), now)
	if err != nil {
		return game.Redemption{}, err
	}
	row, err := tx.Operation.Create().SetCampaign(op.Campaign).SetPlayer(op.Player).
		SetKey(string(op.Key)).SetBodyHash(op.BodyHash).SetBookedAt(now).Save(ctx)
	if db.IsConstraintError(err) {
		return game.Redemption{}, keyReused() // in another campaign at this moment, for here the album is locked
	}
	if err != nil {
		return game.Redemption{}, fmt.Errorf("keep the operation: %w", err)
	}
	if err := insertEntries(ctx, tx, []game.Entry{e}, &row.ID); err != nil {
		return game.Redemption{}, err
	}
	if err := saveAlbums(ctx, tx, []*game.Album{a}); err != nil {
		return game.Redemption{}, err
	}
	r := game.Redemption{Campaign: op.Campaign, Player: op.Player, N: e.N, RedeemedAt: now}
	return r, tx.Redemption.Create().SetCampaign(r.Campaign).SetPlayer(r.Player).
		SetN(r.N).SetRedeemedAt(r.RedeemedAt).Exec(ctx)
}

// Redemption gives a player's redemption, and whether there is one.
func (b *Book) Redemption(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Redemption, bool, error) {
	r, ok, err := redemptionOf(ctx, b.reader, id, p)
	return r, ok, b.failed("read a redemption", err)
}

func redemptionOf(ctx context.Context, tx *db.Client, id game.CampaignID, p game.PlayerID) (game.Redemption, bool, error) {
	row, err := tx.Redemption.Query().Where(redemption.Campaign(id), redemption.Player(p)).Only(ctx)
	if db.IsNotFound(err) {
		return game.Redemption{}, false, nil
	}
	if err != nil {
		return game.Redemption{}, false, err
	}
	return game.Redemption{
		Campaign: row.Campaign, Player: row.Player, N: row.N, RedeemedAt: row.RedeemedAt.UTC(),
	}, true, nil
}
