package book_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/testenv"
)

// another is a transaction of somebody else on the same PostgreSQL.
func another(t *testing.T, url string) (exec func(statement string), commit func()) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(ctx) })
	exec = func(statement string) {
		t.Helper()
		if _, err := conn.Exec(ctx, statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	exec("BEGIN")
	return exec, func() { exec("COMMIT") }
}

// A booking that needs a row of stock which another holds gives back those that it has before it
// waits, so that the other can go on.
func TestShortBookingGivesRowsBack(t *testing.T) {
	t.Parallel()
	conform(t, testenv.Postgres(t), func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "short", limit(game.StockRows))
		exec, commit := another(t, url)
		exec(`SELECT 1 FROM stock_rows WHERE "row" = 0 FOR UPDATE`)
		wins := make([]game.Win, game.StockRows)
		for i := range wins {
			wins[i] = s.win(i+1, "c5")
		}
		done := make(chan []game.Entry)
		go func() {
			booked, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking("p", wins...)})
			if err != nil {
				t.Error(err)
				close(done)
				return
			}
			done <- booked[0].Entries
		}()
		time.Sleep(300 * time.Millisecond) // until it waits
		exec(`SELECT 1 FROM stock_rows WHERE "row" > 0 FOR UPDATE NOWAIT`)
		commit()
		wantSerials(t, <-done, game.StockRows)
	})
}

// A stock that is sold out keeps nobody waiting for a row that another holds.
func TestSoldOutDoesNotWait(t *testing.T) {
	t.Parallel()
	conform(t, testenv.Postgres(t), func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "sold-out", limit(1))
		s.wins("first", s.win(1, "c5"))
		exec, commit := another(t, url)
		defer commit()
		exec(`SELECT 1 FROM stock_rows FOR UPDATE`)
		ctx, cancel := context.WithTimeout(s.ctx, 5*time.Second)
		defer cancel()
		booked, err := b.BookWins(ctx, s.id, []game.Booking{s.booking("late", s.win(1, "c5"))})
		s.must(err)
		if e := booked[0].Entries[0]; e.Kind != game.EntrySoldOut {
			t.Errorf("entry %+v", e)
		}
	})
}
