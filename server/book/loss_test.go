package book_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/testenv"
)

// childURL tells a copy of this test program to book, and where.
const childURL = "FIVEFOLD_TEST_BOOK_URL"

// A process that books is killed. Another that opens the book finds all that was acknowledged.
func TestKilledProcess(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "killed", limit(100_000))
		cmd := exec.Command(os.Args[0], "-test.run=^TestChildBooks$", "-test.v")
		cmd.Env = append(os.Environ(), childURL+"="+url)
		out, err := cmd.StdoutPipe()
		s.must(err)
		s.must(cmd.Start())
		var acknowledged []game.Entry
		for lines := bufio.NewScanner(out); lines.Scan(); {
			text, ok := strings.CutPrefix(lines.Text(), "acknowledged ")
			if !ok {
				continue
			}
			var e game.Entry
			s.must(json.Unmarshal([]byte(text), &e))
			acknowledged = append(acknowledged, e)
			if len(acknowledged) == 200 {
				s.must(cmd.Process.Kill())
			}
		}
		_ = cmd.Wait() // it was killed
		if len(acknowledged) < 200 {
			t.Fatalf("only %d were acknowledged", len(acknowledged))
		}
		booktest.CheckKept(t, url, acknowledged)
		again := open(t, url)
		if err := again.CheckMigrations(s.ctx); err != nil {
			t.Error(err)
		}
		s.book = again
		s.wins("afterwards", s.win(1, "c5"))
	})
}

// TestChildBooks is what the killed process does; in the parent it does nothing.
func TestChildBooks(t *testing.T) {
	url := os.Getenv(childURL)
	if url == "" {
		return
	}
	b := open(t, url)
	s := &stage{t: t, book: b, ctx: t.Context(), id: "id-killed", chance: game.Chance{Round: 1, Window: 2}}
	versions, err := b.Versions(s.ctx, s.id)
	s.must(err)
	r := versions[0].Rounds[0]
	s.accepted = r.WindowOpens(2)
	var mu sync.Mutex
	var g errgroup.Group
	for w := range 4 {
		g.Go(func() error {
			for i := 1; i <= r.Chances; i++ {
				p := game.PlayerID(fmt.Sprint("p", w))
				booked, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, s.win(i, "c5"))})
				if err != nil {
					return err
				}
				line, err := json.Marshal(booked[0].Entries[0])
				if err != nil {
					return err
				}
				mu.Lock()
				fmt.Printf("acknowledged %s\n", line)
				mu.Unlock()
			}
			return nil
		})
	}
	s.must(g.Wait())
}

// PostgreSQL is killed while eight writers book, and comes back. Meanwhile the book says that it
// is away, and afterwards all that was acknowledged is there.
func TestPostgresKilled(t *testing.T) {
	t.Parallel()
	server := testenv.StartPostgres(t)
	conform(t, server.URL, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "lost", limit(100_000))
		var mu sync.Mutex
		var acknowledged []game.Entry
		enough := make(chan struct{})
		var g errgroup.Group
		for w := range 8 {
			g.Go(func() error {
				for i := 1; ; i++ {
					p := game.PlayerID(fmt.Sprint("p", w))
					booked, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, s.win(i, "c5"))})
					if err != nil {
						return err
					}
					mu.Lock()
					acknowledged = append(acknowledged, booked[0].Entries...)
					if len(acknowledged) == 100 {
						close(enough)
					}
					mu.Unlock()
				}
			})
		}
		<-enough
		server.Kill()
		wantCode(t, g.Wait(), game.CodeUnavailable)
		_, err := b.Album(s.ctx, s.id, "p0")
		wantCode(t, err, game.CodeUnavailable)
		wantCode(t, b.Ping(s.ctx), game.CodeUnavailable)

		server.Start()
		booktest.CheckKept(t, url, acknowledged)
		s.wins("afterwards", s.win(1, "c5"))
	})
}

// A context that ends takes its transaction with it, and leaves the book usable.
func TestContextEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "context", nil)
		s.wins("p", s.win(1, "c1"))
		release := hold(t, url)
		ctx, cancel := context.WithTimeout(s.ctx, 200*time.Millisecond)
		defer cancel()
		_, err := b.BookWins(ctx, s.id, []game.Booking{s.booking("p", s.win(2, "c1"))})
		wantCode(t, err, game.CodeUnavailable)
		release()
		if a := s.wins("p", s.win(3, "c1")).Album; a.N != 2 {
			t.Errorf("album %+v", a)
		}
	})
}
