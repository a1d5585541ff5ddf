package book_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	_ "modernc.org/sqlite"             // the driver sqlite

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// hold keeps the albums of a book locked, so that a booking that has passed the gate waits,
// until the function that it gives is called.
func hold(t *testing.T, url string) (release func()) {
	t.Helper()
	ctx := context.Background()
	driver, address := "pgx", url
	statements := []string{"BEGIN", "SELECT 1 FROM albums FOR UPDATE"}
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, address, statements = "sqlite", path, []string{"BEGIN IMMEDIATE"}
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(ctx)
	for _, statement := range statements {
		if err == nil {
			_, err = conn.ExecContext(ctx, statement)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		_, err := conn.ExecContext(ctx, "COMMIT")
		if err := errors.Join(err, conn.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

// A seal waits for a booking that is under way; a booking that comes after it is refused.
func TestSealWaitsForBookingsUnderWay(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "under-way", nil)
		s.enter(game.StateClosed)
		s.wins("p", s.win(1, "c1")) // makes the album that is held
		release := hold(t, url)

		run := func(f func() error) chan error {
			done := make(chan error, 1)
			go func() { done <- f() }()
			time.Sleep(300 * time.Millisecond) // until it waits
			return done
		}
		booking := func(p game.PlayerID) func() error {
			return func() error {
				_, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, s.win(2, "c2"))})
				return err
			}
		}
		before := run(booking("p"))
		seal := run(func() error {
			_, err := b.Seal(s.ctx, s.id, revealed())
			return err
		})
		after := run(booking("other"))
		sealed, passed := len(seal) > 0, len(after) > 0
		release()
		if sealed || passed {
			t.Fatalf("without waiting for the booking, the seal was made (%v) or a later booking passed (%v)", sealed, passed)
		}
		s.must(<-before)
		s.must(<-seal)
		wantCode(t, <-after, game.CodeCampaignSealed)
		if a, other := s.album("p"), s.album("other"); a.N != 2 || other.N != 0 {
			t.Errorf("albums %+v and %+v", a, other)
		}
	})
}
