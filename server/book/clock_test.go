package book_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestClock(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "clock")
		before := time.Now()
		now := s.now()
		if d := now.Sub(before); d < -time.Second || d > time.Minute || now.Location() != time.UTC {
			t.Errorf("the book's clock says %v at %v", now, before)
		}
		s.must(b.Skip(s.ctx, 90*time.Minute))
		s.must(b.Skip(s.ctx, 30*time.Minute))
		if d := s.now().Sub(now); d < 2*time.Hour || d > 2*time.Hour+time.Minute {
			t.Errorf("two hours were skipped, %v went by", d)
		}
		wantCode(t, b.Skip(s.ctx, -time.Second), game.CodeInvalid)
	})
}

// Entries are booked at game time, whatever the client or another process says (I9).
func TestSkipMovesBookings(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "skipped", nil)
		s.must(b.Skip(s.ctx, time.Hour))
		before := s.now()
		e := s.wins("p", s.win(1, "c1")).Entries[0]
		if e.BookedAt.Before(before) || e.BookedAt.After(s.now()) {
			t.Errorf("booked at %v, not after %v", e.BookedAt, before)
		}
	})
}

func TestLease(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		hold := func(holder string, ttl time.Duration) game.Lease {
			t.Helper()
			l, err := b.HoldLease(t.Context(), "jobs", holder, ttl)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		first := hold("a", time.Minute)
		if !first.Held {
			t.Fatal("nobody held it, and it was not given")
		}
		if hold("b", time.Minute).Held {
			t.Error("two hold it")
		}
		if again := hold("a", 200*time.Millisecond); !again.Held || !again.Unbroken.Equal(first.Unbroken) {
			t.Errorf("renewed: %+v, first %+v", again, first)
		}
		time.Sleep(250 * time.Millisecond)
		late := hold("a", time.Minute)
		if !late.Held || !late.Unbroken.After(first.Unbroken) {
			t.Errorf("renewed after it ran out: %+v, first %+v", late, first)
		}
		if err := b.ReleaseLease(t.Context(), "jobs", "b"); err != nil {
			t.Fatal(err)
		}
		if hold("b", time.Minute).Held {
			t.Error("one gave up what another holds")
		}
		if err := b.ReleaseLease(t.Context(), "jobs", "a"); err != nil {
			t.Fatal(err)
		}
		if next := hold("b", time.Minute); !next.Held || !next.Unbroken.Equal(late.Unbroken) {
			t.Errorf("taken over in time: %+v, before %+v", next, late)
		}
		if err := b.Skip(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		if skipped := hold("b", time.Minute); !skipped.Held || !skipped.Unbroken.Equal(late.Unbroken.Add(time.Hour)) {
			t.Errorf("after a skip of an hour: %+v, before %+v", skipped, late)
		}
	})
}

func TestEpochAndReset(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := redeemed(t, b, "reset", game.Pool{Amount: 100, Currency: "CNY", Split: game.SplitEqual}, 2)
		_, err := b.Settle(s.ctx, s.id, inOrder)
		s.must(err)
		s.must(b.CreateStaff(s.ctx, game.Staff{ID: "s1", Login: "ada", Role: game.RoleOwner}))
		_, err = b.CreateSession(s.ctx, "token", "s1", time.Hour, "")
		s.must(err)
		s.must(b.Skip(s.ctx, 48*time.Hour))
		first, err := b.Epoch(s.ctx)
		s.must(err)
		s.must(b.Migrate(s.ctx)) // again, which keeps the epoch
		if again, err := b.Epoch(s.ctx); again != first || err != nil || first == "" {
			t.Errorf("epoch %q, then %q, %v", first, again, err)
		}
		s.must(b.RenewEpoch(s.ctx))
		renewed, err := b.Epoch(s.ctx)
		s.must(err)

		s.must(b.Reset(s.ctx))
		if reset, err := b.Epoch(s.ctx); err != nil || reset == renewed || renewed == first {
			t.Errorf("epochs %q, %q, %q, %v", first, renewed, reset, err)
		}
		if all, err := b.Campaigns(s.ctx); err != nil || len(all) != 0 {
			t.Errorf("campaigns after the reset: %v, %v", all, err)
		}
		if d := time.Until(s.now()); d > time.Minute {
			t.Errorf("game time is %v ahead after the reset", d)
		}
		if _, err := b.SessionStaff(s.ctx, "token"); err != nil {
			t.Errorf("the reset logged out: %v", err)
		}
		// The same campaign again, with another version 1.
		s = opened(t, b, "reset", limit(1))
		if e := s.wins("p", s.win(1, "c5")).Entries[0]; e.N != 1 || e.Serial != 1 {
			t.Errorf("after the reset the first win is %+v", e)
		}
	})
}
