package book

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/token"
	"github.com/fivefold/fivefold/server/game"
)

// CreateToken keeps a token under the hash of its secret, for as long as it is to live, and stamps
// CreatedAt and ExpiresAt.
func (b *Book) CreateToken(ctx context.Context, t game.Token, secretHash string, life time.Duration) (game.Token, error) {
	err := b.change(ctx, "create a token", func(tx *db.Client) error {
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		t.CreatedAt, t.ExpiresAt = now, now.Add(life)
		err = tx.Token.Create().SetID(t.ID).SetSecretHash(secretHash).SetName(t.Name).SetScopes(t.Scopes).
			SetBy(t.By).SetCreatedAt(t.CreatedAt).SetExpiresAt(t.ExpiresAt).Exec(ctx)
		if err != nil {
			return err
		}
		act := game.Act{By: t.By, Action: game.ActionTokenMade, Subject: t.Name}
		return b.record(ctx, tx, act, nil, map[string]any{"id": t.ID, "scopes": t.Scopes, "expires_at": t.ExpiresAt})
	})
	return t, err
}

// Tokens lists all tokens, the newest first.
func (b *Book) Tokens(ctx context.Context) ([]game.Token, error) {
	rows, err := b.reader.Token.Query().Order(token.ByCreatedAt(sql.OrderDesc()), token.ByID()).All(ctx)
	if err != nil {
		return nil, b.failed("list tokens", err)
	}
	tokens := make([]game.Token, len(rows))
	for i, row := range rows {
		tokens[i] = tokenOf(row)
	}
	return tokens, nil
}

// usedEvery is how exact the last use of a token is kept: a write for each request would be a
// write too many.
const usedEvery = time.Minute

// UseToken finds the token of a secret's hash with the person who made it, and notes its use.
// Tokens end by the database's clock, as sessions do. Code: unauthorized where it is unknown, over
// or revoked.
func (b *Book) UseToken(ctx context.Context, secretHash string) (game.Token, game.Staff, error) {
	var found game.Token
	var by *db.Staff
	var now time.Time
	err := b.view(ctx, "read a token", func(tx *db.Client) (err error) {
		if now, err = b.engine.clock(ctx, tx); err != nil {
			return err
		}
		row, err := tx.Token.Query().Where(token.SecretHash(secretHash)).Only(ctx)
		if db.IsNotFound(err) || err == nil && !tokenOf(row).ValidAt(now) {
			return game.Fail(game.CodeUnauthorized, "the token is unknown or over")
		}
		if err != nil {
			return err
		}
		found = tokenOf(row)
		by, err = tx.Staff.Get(ctx, found.By)
		if err == nil && by.DisabledAt != nil {
			return game.Fail(game.CodeUnauthorized, "who made the token is disabled")
		}
		return err
	})
	if err != nil {
		return game.Token{}, game.Staff{}, err
	}
	if now.Sub(found.LastUsedAt) >= usedEvery {
		if err := b.writer.Token.UpdateOneID(found.ID).SetLastUsedAt(now).Exec(ctx); err != nil {
			return game.Token{}, game.Staff{}, b.failed("note the use of a token", err)
		}
	}
	person, err := b.staffOf(by, nil)
	return found, person, err
}

// RevokeToken ends a token; one that is revoked stays as it is. Code: not_found.
func (b *Book) RevokeToken(ctx context.Context, id game.TokenID, by game.StaffID) error {
	return b.change(ctx, "revoke a token", func(tx *db.Client) error {
		row, err := tx.Token.Get(ctx, id)
		if db.IsNotFound(err) {
			return game.Fail(game.CodeNotFound, "there is no such token")
		}
		if err != nil || row.RevokedAt != nil {
			return err
		}
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		if err := tx.Token.UpdateOneID(id).SetRevokedAt(now).Exec(ctx); err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionTokenRevoked, Subject: row.Name}
		return b.record(ctx, tx, act, nil, map[string]any{"id": id})
	})
}

func tokenOf(r *db.Token) game.Token {
	return game.Token{
		ID: r.ID, Name: r.Name, Scopes: r.Scopes, By: r.By, CreatedAt: r.CreatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(),
		LastUsedAt: orZero(r.LastUsedAt), RevokedAt: orZero(r.RevokedAt),
	}
}
