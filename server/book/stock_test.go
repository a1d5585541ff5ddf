package book_test

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// rush lets 16 writers book batches of wins of the limited card 5 at once, each player winning
// it taps times from index first on, and gives the entries.
func (s *stage) rush(first, taps int) []game.Entry {
	s.t.Helper()
	const writers, players = 16, 40
	var mu sync.Mutex
	var all []game.Entry
	var g errgroup.Group
	for w := range writers {
		g.Go(func() error {
			for at := w; at < players; at += writers {
				var batch []game.Booking
				for _, p := range []int{at, (at + 13) % players} { // so that batches share players
					wins := make([]game.Win, taps)
					for i := range wins {
						wins[i] = s.win(first+i, "c5")
					}
					batch = append(batch, s.booking(game.PlayerID(fmt.Sprintf("p%02d", p)), wins...))
				}
				booked, err := s.book.BookWins(s.ctx, s.id, batch)
				if err != nil {
					return err
				}
				mu.Lock()
				all = append(all, booked[0].Entries...)
				all = append(all, booked[1].Entries...)
				mu.Unlock()
			}
			return nil
		})
	}
	s.must(g.Wait())
	return all
}

// serials gives those of entries, each once, sorted; an entry that is answered twice counts once.
func serials(entries []game.Entry) []int64 {
	given := map[int64]bool{}
	for _, e := range entries {
		if e.Serial > 0 {
			given[e.Serial] = true
		}
	}
	return slices.Sorted(maps.Keys(given))
}

func wantSerials(t *testing.T, entries []game.Entry, last int64) {
	t.Helper()
	got := serials(entries)
	if int64(len(got)) != last || got[0] != 1 || got[len(got)-1] != last {
		t.Errorf("%d serials were given, want 1..%d", len(got), last)
	}
}

// 1,000 pieces are sold to the last and none twice, in two steps of their timetable.
func TestStockIsSoldToTheLastPiece(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		later := time.Now().Add(20 * time.Minute)
		s := opened(t, b, "last-piece", func(v *game.Version) {
			limit(1_000,
				game.Release{At: v.Opens(), Released: 401},
				game.Release{At: later, Released: 1_000})(v)
		})
		entries := s.rush(1, 15) // 40 players ask for 600
		wantSerials(t, entries, 401)

		s.must(b.Skip(s.ctx, 30*time.Minute))
		entries = append(entries, s.rush(101, 20)...) // and for 800 more
		wantSerials(t, entries, 1_000)

		f, err := b.Figures(s.ctx, s.id)
		s.must(err)
		if f.Taken["c5"] != 1_000 || f.Issued["c5"] != 1_000 || f.SoldOut != 400 || f.Wins != 1_400 {
			t.Errorf("figures %+v", f)
		}
	})
}

func TestSoldOutIsFinal(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		later := time.Now().Add(20 * time.Minute)
		s := opened(t, b, "final", func(v *game.Version) { limit(10, game.Release{At: later, Released: 10})(v) })
		first := s.wins("p", s.win(1, "c5"))
		if e := first.Entries[0]; e.Kind != game.EntrySoldOut || e.Raw != "c5" || e.Outcome != "" || e.N != 1 {
			t.Errorf("entry %+v", e)
		}
		s.must(b.Skip(s.ctx, 30*time.Minute))
		again := s.wins("p", s.win(1, "c5"), s.win(2, "c5"))
		if again.Entries[0] != first.Entries[0] {
			t.Errorf("the same chance gave %+v, then %+v", first.Entries[0], again.Entries[0])
		}
		if e := again.Entries[1]; e.Kind != game.EntryCard || e.Serial == 0 {
			t.Errorf("after the release: %+v", e)
		}
	})
}

func TestFallbackWhenStockIsOut(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "fallback", func(v *game.Version) {
			limit(3)(v)
			v.Odds.Outcomes[4].Fallback = "wild"
		})
		booked := s.wins("p", s.win(1, "c5"), s.win(2, "c1"), s.win(3, "c5"), s.win(4, "c5"), s.win(5, "c5"))
		if e := booked.Entries[4]; e.Kind != game.EntryWildcard || e.Outcome != "wild" || e.Raw != "c5" || e.Serial != 0 {
			t.Errorf("the fallback is %+v", e)
		}
		if a := booked.Album; a.Counts != [5]int64{1, 0, 0, 0, 3} || a.Wildcards != 1 {
			t.Errorf("album %+v", a)
		}
		wantSerials(t, booked.Entries, 3)
	})
}

// Wins of two versions meet in a batch: each is judged by the stock of its own, of one shelf.
func TestStockAcrossVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "versions", limit(20))
		s.save(s.version(func(v *game.Version) {
			limit(50)(v)
			v.Stocks = append(v.Stocks, game.Stock{Outcome: "c4", Total: 2}) // not limited in version 1
		}), 1)
		s.publish(2)
		of := func(version, index int, o game.OutcomeID) game.Win {
			w := s.win(index, o)
			w.Version = version
			return w
		}
		var one, two []game.Win
		for i := range 30 {
			one = append(one, of(1, i+1, "c5"))
			two = append(two, of(2, i+1, "c5"))
		}
		for i := range 3 {
			one = append(one, of(1, 40+i, "c4"))
			two = append(two, of(2, 40+i, "c4"))
		}
		booked, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking("b", two...), s.booking("a", one...)})
		s.must(err)
		if n := len(serials(booked[1].Entries[:30])); n != 20 {
			t.Errorf("version 1 got %d of its 20", n)
		}
		if n := len(serials(booked[0].Entries[:30])); n != 30 {
			t.Errorf("version 2 got %d of the 30 that are left of its 50", n)
		}
		if a := booked[1].Album; a.Counts[3] != 3 {
			t.Errorf("version 1 limits card 4: %+v", a)
		}
		if a := booked[0].Album; a.Counts[3] != 2 {
			t.Errorf("version 2 gave card 4 %d times of 2", a.Counts[3])
		}
	})
}

// Bookings that want pieces of several stocks in different orders do not block each other.
func TestSeveralStocksAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "several", func(v *game.Version) {
			for card := 1; card <= game.SetSize; card++ {
				v.Stocks = append(v.Stocks, game.Stock{Outcome: outcome(card), Total: 100})
			}
		})
		var g errgroup.Group
		for w := range 12 {
			g.Go(func() error {
				for i := range 12 {
					var batch []game.Booking
					for j := range 6 {
						p := game.PlayerID(fmt.Sprint("p", (w*5+j*7)%30))
						win := s.win(1+w*100+i, outcome(1+(w+i+j)%game.SetSize))
						batch = append(batch, s.booking(p, win))
					}
					if _, err := b.BookWins(s.ctx, s.id, batch); err != nil {
						return err
					}
				}
				return nil
			})
		}
		s.must(g.Wait())
		f, err := b.Figures(s.ctx, s.id)
		s.must(err)
		for card := 1; card <= game.SetSize; card++ {
			if f.Taken[outcome(card)] != 100 {
				t.Errorf("of card %d, %d of 100 were given though %d were wanted", card, f.Taken[outcome(card)], 12*12*6/5)
			}
		}
	})
}
