package book

import (
	"context"
	stdsql "database/sql"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
)

// Book is the record. It is safe for concurrent use.
type Book struct {
	engine engine
	write  *stdsql.DB // one connection on SQLite
	read   *stdsql.DB // the same as write on PostgreSQL

	writer *db.Client // over write
	reader *db.Client // over read

	versions  versions
	completed completed
	tallying  tallying
}

// Open opens the book at "sqlite:PATH" or "postgres://...". It does not change the database's
// schema: see Migrate.
func Open(ctx context.Context, url string) (*Book, error) {
	var b *Book
	var err error
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		b, err = openSQLite(rest)
	case "postgres", "postgresql":
		b, err = openPostgres(url)
	default:
		return nil, fmt.Errorf("book: open: the address begins with %q instead of sqlite or postgres", scheme)
	}
	if err != nil {
		return nil, fmt.Errorf("book: open: %w", err)
	}
	if err := b.Ping(ctx); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

func newBook(e engine, write, read *stdsql.DB) *Book {
	return &Book{
		engine: e, write: write, read: read,
		writer: db.NewClient(db.Driver(sql.OpenDB(e.dialect(), write))),
		reader: db.NewClient(db.Driver(sql.OpenDB(e.dialect(), read))),
	}
}

// Writers is how many batches of wins of a campaign are worth writing at once: one computes while
// another waits for the disk. All of SQLite's writers stand in one line.
func (b *Book) Writers() int {
	if b.write == b.read {
		return 2
	}
	return 1
}

// Ping says whether the database answers.
func (b *Book) Ping(ctx context.Context) error {
	return b.failed("ping", b.read.PingContext(ctx))
}

// Close gives back the connections; nothing may be asked of the book afterwards.
func (b *Book) Close() error {
	if b.read != b.write {
		b.read.Close() // it has nothing to lose
	}
	if err := b.write.Close(); err != nil {
		return fmt.Errorf("book: close: %w", err)
	}
	return nil
}
