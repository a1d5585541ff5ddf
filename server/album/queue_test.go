package album_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/game"
)

func player(i int) game.PlayerID { return game.PlayerID(fmt.Sprintf("p%d", i)) }

func TestBookGivesEntriesAndAlbum(t *testing.T) {
	m := newMemory()
	s := m.service(t)
	for n := 1; n <= 3; n++ {
		got, err := s.Book(t.Context(), booking("p1", n))
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Entries) != 1 || got.Entries[0].N != int64(n) || got.Album.N != int64(n) {
			t.Errorf("booking %d gave %+v", n, got)
		}
	}
}

// Whatever comes while a batch is in the book makes the next one.
func TestBatchesGrowUnderLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		open := m.close()
		var players errgroup.Group
		book := func(i int) {
			players.Go(func() error { _, err := s.Book(t.Context(), booking(player(i), 1)); return err })
			synctest.Wait()
		}
		for i := range album.MaxBatch + 11 {
			book(i)
		}
		if got := m.sizes(); !slices.Equal(got, []int{1}) {
			t.Errorf("batches %v while the book is busy, want the first alone", got)
		}
		open()
		if err := players.Wait(); err != nil {
			t.Error(err)
		}
		if got, want := m.sizes(), []int{1, album.MaxBatch, 10}; !slices.Equal(got, want) {
			t.Errorf("batches %v, want %v", got, want)
		}
		if _, err := s.Book(t.Context(), booking("late", 1)); err != nil {
			t.Errorf("after a lull: %v", err)
		}
	})
}

// Where the book writes two batches at once, the third gathers, and nobody is in two of them.
func TestTwoBatchesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		s.Writers = 2
		open := m.close()
		var players errgroup.Group
		for _, p := range []int{0, 0, 1, 1, 2, 0} {
			players.Go(func() error { _, err := s.Book(t.Context(), booking(player(p), 1)); return err })
			synctest.Wait()
		}
		if got := m.sizes(); !slices.Equal(got, []int{1, 1}) {
			t.Errorf("batches %v while the book is busy, want those of two players", got)
		}
		open()
		if err := players.Wait(); err != nil {
			t.Error(err)
		}
		for i, n := range []int{3, 2, 1} {
			if got := len(m.order(player(i))); got != n {
				t.Errorf("%s was booked %d times, want %d", player(i), got, n)
			}
		}
	})
}

func TestPlayerIsOnceInABatchAndInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		open := m.close()
		var players errgroup.Group
		for i := range 30 {
			players.Go(func() error { _, err := s.Book(t.Context(), booking(player(i%3), i+1)); return err })
			synctest.Wait()
		}
		open()
		if err := players.Wait(); err != nil {
			t.Error(err)
		}
		for n, batch := range m.batches {
			seen := map[game.PlayerID]bool{}
			for _, b := range batch {
				if seen[b.Player] {
					t.Errorf("%s is in batch %d twice", b.Player, n)
				}
				seen[b.Player] = true
			}
		}
		for i := range 3 {
			got := m.order(player(i))
			if len(got) != 10 || !slices.IsSorted(got) {
				t.Errorf("%s booked in order %v", player(i), got)
			}
		}
	})
}

func TestCampaignsDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		open := m.close()
		go func() { _, _ = s.Book(t.Context(), booking("p1", 1)) }()
		synctest.Wait()
		m.open()
		other := booking("p1", 1)
		other.Campaign = "c2"
		if _, err := s.Book(t.Context(), other); err != nil {
			t.Error(err)
		}
		open()
		synctest.Wait()
	})
}

// A player who hangs up undoes nothing: the booking is made, and Redis follows it.
func TestHangingUpDoesNotUndo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		open := m.close()
		ctx, hangUp := context.WithCancel(t.Context())
		var players errgroup.Group
		players.Go(func() error { _, err := s.Book(ctx, booking("gone", 1)); return err })
		synctest.Wait()
		players.Go(func() error {
			_, err := s.Book(ctx, booking("waiting", 1)) // of the next batch
			return err
		})
		synctest.Wait()
		hangUp()
		if err := players.Wait(); game.CodeOf(err) != game.CodeUnavailable {
			t.Errorf("%v, want unavailable", err)
		}
		open()
		time.Sleep(time.Second)
		synctest.Wait()
		for _, p := range []game.PlayerID{"gone", "waiting"} {
			if m.books[p] == nil || m.books[p].N != 1 {
				t.Errorf("%s: album in the book %+v, want n 1", p, m.books[p])
			}
			if n := m.liveN(p); n != 1 {
				t.Errorf("%s: live album n %d, want 1", p, n)
			}
		}
	})
}

func TestErrorGoesToAllOfTheBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		open := m.close()
		m.broken = game.Fail(game.CodeCampaignSealed, "sealed")
		failed := make([]error, 4)
		var players errgroup.Group
		for i := range failed {
			players.Go(func() error {
				_, failed[i] = s.Book(t.Context(), booking(player(i), 1))
				return nil
			})
			synctest.Wait()
		}
		open()
		_ = players.Wait()
		for i, err := range failed {
			if game.CodeOf(err) != game.CodeCampaignSealed {
				t.Errorf("%s: %v", player(i), err)
			}
		}
		m.set(func() { m.broken = nil })
		if _, err := s.Book(t.Context(), booking("p0", 1)); err != nil {
			t.Errorf("after the error: %v", err)
		}
	})
}

// A book that hangs is given up, so that who comes later is not shut out for ever.
func TestBatchThatHangsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		m.close()
		if _, err := s.Book(t.Context(), booking("p1", 1)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, want the end of its time", err)
		}
		m.open()
		if _, err := s.Book(t.Context(), booking("p1", 1)); err != nil {
			t.Error(err)
		}
	})
}
