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

// queued gives how many of a book's transactions wait for another.
func queued(t *testing.T, b *book.Book, url string) int {
	t.Helper()
	write, _ := b.Pools()
	if strings.HasPrefix(url, "sqlite:") {
		return write.Stats().InUse + int(write.Stats().WaitCount)
	}
	var n int
	const query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
	if err := write.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A seal waits for a booking that is under way. A booking that comes later is refused; on SQLite
// it may come first after all, for those who wait for its one writer have no order.
func TestSealWaitsForBookingsUnderWay(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "under-way", nil)
		s.enter(game.StateClosed)
		s.wins("p", s.win(1, "c1")) // makes the album that is held
		release := hold(t, url)

		idle := queued(t, b, url)
		run := func(place int, f func() error) chan error {
			done := make(chan error, 1)
			go func() { done <- f() }()
			for range 500 { // five seconds, in which it gets to its place in the queue
				if queued(t, b, url) == idle+place || len(done) > 0 {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			return done
		}
		booking := func(p game.PlayerID) func() error {
			return func() error {
				_, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, s.win(2, "c2"))})
				return err
			}
		}
		before := run(1, booking("p"))
		seal := run(2, func() error {
			_, err := b.Seal(s.ctx, s.id, revealed())
			return err
		})
		after := run(3, booking("other"))
		sealed, passed := len(seal) > 0, len(after) > 0
		release()
		if sealed || passed {
			t.Fatalf("without waiting for the booking, the seal was made (%v) or a later booking passed (%v)", sealed, passed)
		}
		s.must(<-before)
		s.must(<-seal)
		if a := s.album("p"); a.N != 2 {
			t.Errorf("of the booking under way the album is %+v", a)
		}
		if err := <-after; err != nil || strings.HasPrefix(url, "postgres:") {
			wantCode(t, err, game.CodeCampaignSealed)
			if a := s.album("other"); a.N != 0 {
				t.Errorf("of the refused booking the album is %+v", a)
			}
		}
	})
}
