package book_test

import (
	"path/filepath"
	"strings"
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
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	booktest.Check(t, url, grace)
	if strings.HasPrefix(url, "postgres:") {
		wantNoDeadlock(t, url)
	}
}

// wantNoDeadlock sees to it that all locks were taken in one order. A deadlock's victim would be
// tried again, and nobody would notice but by the time that it takes.
func wantNoDeadlock(t *testing.T, url string) {
	t.Helper()
	driver := openDriver(t, url)
	defer driver.Close()
	const query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
	var deadlocks int
	if err := driver.DB().QueryRow(query).Scan(&deadlocks); err != nil {
		t.Fatal(err)
	}
	if deadlocks > 0 {
		t.Errorf("%d deadlocks", deadlocks)
	}
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
