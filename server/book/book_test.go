package book_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/testenv"
)

const grace = time.Minute

// onBoth runs a test on an empty book in SQLite and on one in PostgreSQL, and checks the
// invariants when it has ended.
func onBoth(t *testing.T, test func(t *testing.T, b *book.Book, url string)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		conform(t, "sqlite:"+filepath.Join(t.TempDir(), "book.db"), test)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		conform(t, testenv.Postgres(t), test)
	})
}

func conform(t *testing.T, url string, test func(t *testing.T, b *book.Book, url string)) {
	b := open(t, url)
	if err := b.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	test(t, b, url)
	booktest.Check(t, url, grace)
}

func open(t *testing.T, url string) *book.Book {
	t.Helper()
	b, err := book.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}
