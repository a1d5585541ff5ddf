package book_test

import (
	"bytes"
	"database/sql"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/testenv"
)

// The migrations give exactly the shape that ent/schema wants. What is missing is printed: it is
// the draft of the next migration.
func TestMigrationsGiveTheSchema(t *testing.T) {
	onBoth(t, func(t *testing.T, _ *book.Book, url string) {
		if missing := difference(t, url); missing != "" {
			t.Errorf("the migrations lack:\n%s", missing)
		}
	})
}

// A test of the test above: it sees a column or an index that is not as it should be.
func TestSchemaDifferenceIsSeen(t *testing.T) {
	onBoth(t, func(t *testing.T, _ *book.Book, url string) {
		for _, c := range []struct{ change, undo string }{
			{"ALTER TABLE albums ADD COLUMN strange text", "ALTER TABLE albums DROP COLUMN strange"},
			{"DROP INDEX entry_chance", `CREATE UNIQUE INDEX entry_chance ON entries (campaign, player, round, "window", "index") WHERE round > 0`},
			{"CREATE INDEX strange ON albums (n)", "DROP INDEX strange"},
		} {
			execute(t, url, c.change)
			if difference(t, url) == "" {
				t.Errorf("no difference after %q", c.change)
			}
			execute(t, url, c.undo)
		}
		if missing := difference(t, url); missing != "" {
			t.Errorf("after all was undone:\n%s", missing)
		}
	})
}

// The database itself refuses what no rule would do: a total below 0, a chance or a serial twice.
func TestConstraints(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "constraints", limit(10))
		s.wins("p", s.win(1, "c5"), s.win(2, "c5"))
		for _, statement := range []string{
			"UPDATE albums SET c1 = -1",
			"UPDATE stock_rows SET taken = -1",
			"UPDATE entries SET n = 1",
			`UPDATE entries SET "index" = 1`,
			"UPDATE entries SET serial = 1",
			"UPDATE entries SET operation = 7",
			"INSERT INTO albums (campaign, player) SELECT campaign, player FROM albums",
		} {
			driver := openDriver(t, url)
			if _, err := driver.ExecContext(s.ctx, statement); err == nil {
				t.Errorf("%s: was done", statement)
			}
			driver.Close()
		}
	})
}

// schemas keeps comparisons apart: Ent writes to what it generated while it compares.
var schemas sync.Mutex

// difference gives the statements that would make the database what ent/schema wants.
func difference(t *testing.T, url string) string {
	t.Helper()
	schemas.Lock()
	defer schemas.Unlock()
	driver := openDriver(t, url)
	defer driver.Close()
	var statements bytes.Buffer
	err := db.NewClient(db.Driver(driver)).Schema.
		WriteTo(t.Context(), &statements, schema.WithDropColumn(true), schema.WithDropIndex(true))
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for line := range strings.Lines(statements.String()) {
		if !strings.HasPrefix(line, "PRAGMA foreign_keys") {
			missing = append(missing, line)
		}
	}
	return strings.Join(missing, "")
}

func openDriver(t *testing.T, url string) *entsql.Driver {
	t.Helper()
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		conn, err := sql.Open("sqlite", path+"?_foreign_keys=1&_busy_timeout=10000")
		if err != nil {
			t.Fatal(err)
		}
		return entsql.OpenDB(dialect.SQLite, conn)
	}
	conn, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	return entsql.OpenDB(dialect.Postgres, conn)
}

func execute(t *testing.T, url, statement string) {
	t.Helper()
	driver := openDriver(t, url)
	defer driver.Close()
	if _, err := driver.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestCheckMigrations(t *testing.T) {
	for name, url := range map[string]string{
		"sqlite":   "sqlite:" + filepath.Join(t.TempDir(), "book.db"),
		"postgres": testenv.Postgres(t),
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, url)
			err := b.CheckMigrations(t.Context())
			if err == nil || !strings.Contains(err.Error(), "00001_book.sql") {
				t.Errorf("of an empty database: %v", err)
			}
			if err := b.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := b.CheckMigrations(t.Context()); err != nil {
				t.Errorf("of a migrated one: %v", err)
			}
			execute(t, url, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, true)")
			err = b.CheckMigrations(t.Context())
			if err == nil || !strings.Contains(err.Error(), "99999") {
				t.Errorf("of one from the future: %v", err)
			}
		})
	}
}

// Several processes that start at once migrate once.
func TestMigrateAtOnce(t *testing.T) {
	for name, url := range map[string]string{
		"sqlite":   "sqlite:" + filepath.Join(t.TempDir(), "book.db"),
		"postgres": testenv.Postgres(t),
	} {
		t.Run(name, func(t *testing.T) {
			epochs := make([]string, 4)
			var g errgroup.Group
			for i := range epochs {
				b := open(t, url)
				g.Go(func() (err error) {
					if err := b.Migrate(t.Context()); err != nil {
						return err
					}
					epochs[i], err = b.Epoch(t.Context())
					return err
				})
			}
			if err := g.Wait(); err != nil {
				t.Fatal(err)
			}
			for _, epoch := range epochs {
				if epoch == "" || epoch != epochs[0] {
					t.Errorf("epochs %q", epochs)
				}
			}
		})
	}
}

func TestOpenRefusesOtherAddresses(t *testing.T) {
	for _, url := range []string{"", "mysql://host/db", "sqlite:", "postgres://%zz", "book.db"} {
		if b, err := book.Open(t.Context(), url); err == nil {
			b.Close()
			t.Errorf("%q was opened", url)
		}
	}
}
