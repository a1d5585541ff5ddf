package book_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/testenv"
)

// onBoth runs a test on a book in SQLite and on one in PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, b *book.Book)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, "sqlite:"+filepath.Join(t.TempDir(), "book.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, testenv.Postgres(t)))
	})
}

func open(t *testing.T, url string) *book.Book {
	t.Helper()
	b, err := book.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := b.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSmoke(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book) {
		if err := b.CheckMigrations(t.Context()); err != nil {
			t.Fatal(err)
		}
		now, err := b.Now(t.Context())
		t.Log(now, err)
		e, err := b.Epoch(t.Context())
		t.Log(e, err)
	})
}
