package book

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

const (
	tries   = 8                     // of a transaction that others made a victim
	respite = 10 * time.Millisecond // at most, times the number of the try
)

// change runs f in a transaction that may write, again from the start where it was the victim of
// others, so f must not keep anything of a try that failed.
func (b *Book) change(ctx context.Context, action string, f func(tx *db.Client) error) error {
	return b.again(ctx, action, func() error {
		return transact(ctx, f, func() (*db.Tx, error) { return b.writer.Tx(ctx) })
	})
}

// atDesk is change at a desk, which f saves.
func (b *Book) atDesk(ctx context.Context, action string, f func(desk) error) error {
	return b.again(ctx, action, func() (err error) {
		d, err := b.engine.desk(ctx, b)
		if err != nil {
			return err
		}
		defer func() {
			if r := recover(); r != nil {
				_ = d.cancel(ctx) // the panic says more
				panic(r)
			}
		}()
		if err := f(d); err != nil {
			return errors.Join(err, ignoreDone(ctx, d.cancel(ctx)))
		}
		return nil
	})
}

// again runs a transaction until it is not the victim of others, but not for ever.
func (b *Book) again(ctx context.Context, action string, f func() error) error {
	for try := 1; ; try++ {
		err := f()
		if err == nil || try == tries || !b.engine.victim(err) {
			return b.failed(action, err)
		}
		select {
		case <-ctx.Done():
			return b.failed(action, err)
		case <-time.After(rand.N(time.Duration(try) * respite)):
		}
	}
}

// view runs f in a transaction that only reads and sees one state of the book.
func (b *Book) view(ctx context.Context, action string, f func(tx *db.Client) error) error {
	err := transact(ctx, f, func() (*db.Tx, error) { return b.reader.BeginTx(ctx, b.engine.view()) })
	return b.failed(action, err)
}

func transact(ctx context.Context, f func(tx *db.Client) error, begin func() (*db.Tx, error)) error {
	tx, err := begin()
	if err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			_ = tx.Rollback() // the panic says more
			panic(r)
		}
	}()
	if err := f(tx.Client()); err != nil {
		return errors.Join(err, ignoreDone(ctx, tx.Rollback()))
	}
	return tx.Commit()
}

// ignoreDone leaves out the failure to roll back a transaction that its context has ended.
func ignoreDone(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// failed says what could not be done, and gives the failures of the database a code.
func (b *Book) failed(action string, err error) error {
	if err == nil {
		return nil
	}
	switch {
	case game.CodeOf(err) != game.CodeInternal:
	case b.engine.victim(err) || b.engine.away(err):
		err = errors.Join(&game.Error{Code: game.CodeUnavailable, Message: "the book cannot be reached", RetryAfter: time.Second}, err)
	case b.engine.unwritable(err):
		err = errors.Join(game.Fail(game.CodeMalformed, "text that the book cannot hold"), err)
	}
	return fmt.Errorf("book: %s: %w", action, err)
}

func isAny(err error, targets ...error) bool {
	return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
}
