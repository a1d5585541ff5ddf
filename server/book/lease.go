package book

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/lease"
	"github.com/fivefold/fivefold/server/game"
)

// HoldLease takes or renews a lease for a holder; another's that has not run out is not taken.
// The lease runs by the database's clock alone, so that a skip of game time does not end it;
// Unbroken is game time all the same. It begins anew where the last renewal has run out, for then
// the book may have been away; giving the lease up in time and taking it is no break.
func (b *Book) HoldLease(ctx context.Context, name, holder string, ttl time.Duration) (game.Lease, error) {
	var held game.Lease
	err := b.change(ctx, "hold the lease "+name, func(tx *db.Client) error {
		row, now, err := b.leaseRow(ctx, tx, name)
		if err != nil {
			return err
		}
		ahead, err := offset(ctx, tx)
		if err != nil {
			return err
		}
		lapsed := !now.Before(row.ExpiresAt)
		if lapsed {
			row.UnbrokenSince = now
		}
		held = game.Lease{
			Held:     lapsed || row.Holder == holder || row.Holder == "",
			Unbroken: row.UnbrokenSince.UTC().Add(ahead),
		}
		if !held.Held {
			return nil
		}
		return tx.Lease.UpdateOneID(name).SetHolder(holder).
			SetUnbrokenSince(row.UnbrokenSince).SetExpiresAt(now.Add(ttl)).Exec(ctx)
	})
	return held, err
}

// leaseRow locks a lease, making one that has run out where there was none, and then reads the
// clock.
func (b *Book) leaseRow(ctx context.Context, tx *db.Client, name string) (*db.Lease, time.Time, error) {
	now, err := b.engine.clock(ctx, tx)
	if err != nil {
		return nil, now, fmt.Errorf("read the clock: %w", err)
	}
	err = tx.Lease.Create().SetID(name).SetHolder("").SetUnbrokenSince(now).SetExpiresAt(now).
		OnConflict(sql.ConflictColumns(lease.FieldID), sql.ResolveWith(func(u *sql.UpdateSet) {
			u.SetExcluded(lease.FieldID) // which changes nothing but locks the row
		})).Exec(ctx)
	if err != nil {
		return nil, now, fmt.Errorf("make the row: %w", err)
	}
	row, err := tx.Lease.Get(ctx, name)
	if err != nil {
		return nil, now, fmt.Errorf("read the row: %w", err)
	}
	now, err = b.engine.clock(ctx, tx)
	return row, now, err
}

// ReleaseLease gives a lease up before it runs out; what another holds is left alone.
func (b *Book) ReleaseLease(ctx context.Context, name, holder string) error {
	return b.change(ctx, "release the lease "+name, func(tx *db.Client) error {
		return tx.Lease.Update().Where(lease.ID(name), lease.Holder(holder)).SetHolder("").Exec(ctx)
	})
}
