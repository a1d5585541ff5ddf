package book

import (
	"context"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// settingID is the id of the one row of settings.
const settingID = 1

// Now reads game time: the database's clock plus the offset.
func (b *Book) Now(ctx context.Context) (time.Time, error) {
	var now time.Time
	err := b.view(ctx, "read the clock", func(tx *db.Client) (err error) {
		now, err = b.now(ctx, tx)
		return err
	})
	return now, err
}

// Skip moves game time on by d. It is for development. Code: invalid where d is negative.
func (b *Book) Skip(ctx context.Context, d time.Duration) error {
	if d < 0 {
		return game.FailField(game.CodeInvalid, "skip", game.ReasonRange, "0..")
	}
	return b.change(ctx, "skip time", func(tx *db.Client) error {
		return tx.Setting.UpdateOneID(settingID).AddClockOffset(d.Microseconds()).Exec(ctx)
	})
}

func (b *Book) now(ctx context.Context, tx *db.Client) (time.Time, error) {
	at, err := b.engine.clock(ctx, tx)
	if err != nil {
		return at, fmt.Errorf("read the clock: %w", err)
	}
	ahead, err := offset(ctx, tx)
	return at.Add(ahead), err
}

// offset is how far game time is ahead of the database's clock.
func offset(ctx context.Context, tx *db.Client) (time.Duration, error) {
	s, err := tx.Setting.Get(ctx, settingID)
	if err != nil {
		return 0, fmt.Errorf("read the clock's offset: %w", err)
	}
	return time.Duration(s.ClockOffset) * time.Microsecond, nil
}

// exact is a time as the book keeps it.
func exact(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// exactOrNil is exact of a time that may be missing.
func exactOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = exact(t)
	return &t
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

func utcOrNil(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
