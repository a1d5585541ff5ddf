package book

import (
	"context"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/session"
	"github.com/fivefold/fivefold/server/game"
)

// CreateSession keeps a log-in until it expires, and drops those that have.
func (b *Book) CreateSession(ctx context.Context, tokenHash string, id game.StaffID, expires time.Time) error {
	return b.change(ctx, "create a session", func(tx *db.Client) error {
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Session.Delete().Where(session.ExpiresAtLTE(now)).Exec(ctx); err != nil {
			return err
		}
		return tx.Session.Create().SetID(tokenHash).SetStaff(id).SetExpiresAt(exact(expires)).Exec(ctx)
	})
}

// SessionStaff gives the person of a session. Sessions end by the database's clock alone: a skip
// of game time logs nobody out. Code: unauthorized where it is unknown or over.
func (b *Book) SessionStaff(ctx context.Context, tokenHash string) (game.Staff, error) {
	var row *db.Staff
	err := b.view(ctx, "read a session", func(tx *db.Client) error {
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		row, err = tx.Session.Query().
			Where(session.ID(tokenHash), session.ExpiresAtGT(now)).QueryPerson().Only(ctx)
		if db.IsNotFound(err) {
			return game.Fail(game.CodeUnauthorized, "the session is unknown or over")
		}
		return err
	})
	if err != nil {
		return game.Staff{}, err
	}
	return b.staffOf(row, nil)
}

// DeleteSession ends a session; one that is not there is no error.
func (b *Book) DeleteSession(ctx context.Context, tokenHash string) error {
	return b.change(ctx, "delete a session", func(tx *db.Client) error {
		_, err := tx.Session.Delete().Where(session.ID(tokenHash)).Exec(ctx)
		return err
	})
}
