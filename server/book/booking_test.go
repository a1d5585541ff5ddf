package book_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestWinsBecomeEntries(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "wins", nil)
		batch := []game.Booking{
			s.booking("p2", s.win(3, "c1"), s.win(4, "wild"), s.win(64, "c1")),
			s.booking("p1", s.win(1, "c5")),
		}
		booked, err := b.BookWins(s.ctx, s.id, batch)
		s.must(err)

		want := game.Album{
			Campaign: s.id, Player: "p2", N: 3, Counts: [5]int64{2}, Wildcards: 1, Last: s.win(64, "").Chance,
		}
		if diff := cmp.Diff(want, booked[0].Album); diff != "" {
			t.Error("album (-want +got):", diff)
		}
		if diff := cmp.Diff(want, s.album("p2")); diff != "" {
			t.Error("album read back (-want +got):", diff)
		}
		if diff := cmp.Diff(booked[0].Entries, s.entries("p2")); diff != "" {
			t.Error("entries read back (-answered +read):", diff)
		}
		if e := booked[1].Entries[0]; e.N != 1 || e.Card != 5 || e.Player != "p1" || !e.AcceptedAt.Equal(s.accepted) {
			t.Errorf("the answers are not in the batch's order: %+v", e)
		}
	})
}

func TestEntriesArePagedInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "pages", nil)
		for i := 1; i <= 7; i++ {
			s.wins("p", s.win(i, "c1"))
		}
		page, err := b.Entries(s.ctx, s.id, "p", 2, 3)
		s.must(err)
		var numbers []int64
		for _, e := range page {
			numbers = append(numbers, e.N)
		}
		if diff := cmp.Diff([]int64{3, 4, 5}, numbers); diff != "" {
			t.Error("page (-want +got):", diff)
		}
		span, err := b.EntriesOf(s.ctx, s.id, "p", game.Span{Chance: s.win(6, "").Chance, Taps: 4})
		s.must(err)
		if len(span) != 2 || span[0].Chance.Index != 6 || span[1].Chance.Index != 7 {
			t.Errorf("entries of chances 6..9: %+v", span)
		}
	})
}

// A time is cut when it is booked, so that what was answered is what is read for ever after.
func TestTimesAreKeptAsAnswered(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "times", nil)
		win := s.win(1, "c1")
		win.AcceptedAt = s.accepted.Add(123 * time.Nanosecond).In(time.FixedZone("east", 8*3600))
		booked := s.wins("p", win)
		if diff := cmp.Diff(booked.Entries, s.entries("p")); diff != "" {
			t.Error("entries (-answered +read):", diff)
		}
		if got := booked.Entries[0].AcceptedAt; got != s.accepted || got.Location() != time.UTC {
			t.Errorf("accepted at %v, want %v", got, s.accepted)
		}
	})
}

func TestChanceGivesTheSameEntryAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "again", nil)
		first := s.wins("p", s.win(2, "c1"), s.win(5, "c2"))
		again := s.wins("p", s.win(1, "c4"), s.win(2, "c3"), s.win(5, "c3"), s.win(9, "c5"))

		if diff := cmp.Diff(first.Entries, again.Entries[1:3]); diff != "" {
			t.Error("entries booked before (-first +again):", diff)
		}
		if n := []int64{again.Entries[0].N, again.Entries[3].N, again.Album.N}; !cmp.Equal(n, []int64{3, 4, 4}) {
			t.Errorf("new entries and album have numbers %v", n)
		}
		if diff := cmp.Diff(again, s.wins("p", s.win(1, "c4"), s.win(2, "c3"), s.win(5, "c3"), s.win(9, "c5"))); diff != "" {
			t.Error("a repeated batch (-first +again):", diff)
		}
	})
}

func TestChanceTwiceInABooking(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "twice", limit(100))
		booked := s.wins("p", s.win(1, "c5"), s.win(1, "c5"), s.win(2, "c5"))
		if booked.Album.N != 2 || booked.Entries[0] != booked.Entries[1] {
			t.Errorf("booked %+v", booked)
		}
	})
}

// Eight writers book the same wins at once, in batches of their own order: each chance has one
// entry, and all get the same answer.
func TestSameWinsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "at-once", limit(1_000))
		const writers, players = 8, 20
		answers := make([][]game.Booked, writers)
		var g errgroup.Group
		for w := range writers {
			g.Go(func() error {
				var batch []game.Booking
				for i := range players {
					p := game.PlayerID(fmt.Sprint("p", (i*7+w)%players))
					batch = append(batch, s.booking(p, s.win(1, "c5"), s.win(2, "c1"), s.win(3, "c5")))
				}
				booked, err := b.BookWins(s.ctx, s.id, batch)
				answers[w] = booked
				return err
			})
		}
		s.must(g.Wait())
		for w := range writers {
			for _, got := range answers[w] {
				want := s.entries(got.Album.Player)
				if diff := cmp.Diff(want, got.Entries); diff != "" {
					t.Fatalf("writer %d (-booked +answered): %s", w, diff)
				}
			}
		}
	})
}

func TestNumbersHaveNoGapUnderConcurrency(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "gapless", nil)
		const writers, rounds = 8, 10
		var g errgroup.Group
		for w := range writers {
			g.Go(func() error {
				for i := range rounds {
					win := s.win(1+w*rounds+i, "c1")
					_, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking("b", win), s.booking("a", win)})
					if err != nil {
						return err
					}
				}
				return nil
			})
		}
		s.must(g.Wait())
		for i, e := range s.entries("a") {
			if e.N != int64(i+1) {
				t.Fatalf("entry %d has number %d", i+1, e.N)
			}
		}
		if a := s.album("b"); a.N != writers*rounds || a.Counts[0] != writers*rounds {
			t.Errorf("album %+v", a)
		}
	})
}

// A batch may have more rows than a statement may have parameters.
func TestLargeBatch(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "large", limit(100_000))
		var batch []game.Booking
		for i := range 3_000 {
			batch = append(batch, s.booking(game.PlayerID(fmt.Sprint("p", i)), s.win(1, "c5"), s.win(2, "c1")))
		}
		for range 2 {
			booked, err := b.BookWins(s.ctx, s.id, batch)
			s.must(err)
			if got := booked[2_999].Album; got.N != 2 || got.Player != "p2999" {
				t.Fatalf("the last album is %+v", got)
			}
		}
	})
}

// inAnHour puts the rounds off.
func inAnHour(v *game.Version) {
	for i := range v.Rounds {
		v.Rounds[i].OpensAt = v.Rounds[i].OpensAt.Add(time.Hour)
		v.Rounds[i].ClosesAt = v.Rounds[i].ClosesAt.Add(time.Hour)
	}
}

// Wins of a round that has opened are booked though the job that opens the campaign is late.
func TestOpenByTheClock(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "late-job")
		v := s.version(nil)
		s.save(v, 0)
		s.publish(1)
		s.chance = game.Chance{Round: 1, Window: v.Rounds[0].WindowAt(s.accepted)}
		s.set("p")
		s.redeem("p")
	})
}

func TestRefusedBookingsChangeNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "refused", nil)
		s.save(s.version(nil), 1) // not published
		strange := draft(t, b, "scheduled")
		strange.save(strange.version(inAnHour), 0)

		book := func(id game.CampaignID, win game.Win) error {
			_, err := b.BookWins(s.ctx, id, []game.Booking{
				{Campaign: id, Player: "good", Wins: []game.Win{s.win(1, "c1")}},
				{Campaign: id, Player: "p", Wins: []game.Win{win}},
			})
			return err
		}
		unpublished, missing := s.win(1, "c1"), s.win(1, "c1")
		unpublished.Version, missing.Version = 2, 3
		wantCode(t, book("nowhere", s.win(1, "c1")), game.CodeCampaignUnknown)
		wantCode(t, book(strange.id, s.win(1, "c1")), game.CodeCampaignNotOpen)
		strange.publish(1)
		wantCode(t, book(strange.id, s.win(1, "c1")), game.CodeCampaignNotOpen)
		wantCode(t, book(s.id, unpublished), game.CodeVersionUnknown)
		wantCode(t, book(s.id, missing), game.CodeVersionUnknown)
		wantCode(t, book(s.id, s.win(1, "nothing")), game.CodeVersionUnknown)
		for _, p := range []game.PlayerID{"good", "p"} {
			if a := s.album(p); a.N != 0 || len(s.entries(p)) != 0 {
				t.Errorf("a refused batch left %+v", a)
			}
		}

		_, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking("p", s.win(1, "c1")), s.booking("p", s.win(2, "c1"))})
		wantCode(t, err, game.CodeInternal)
		s.end()
		wantCode(t, book(s.id, s.win(1, "c1")), game.CodeCampaignSealed)
	})
}
