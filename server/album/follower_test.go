package album_test

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/game"
)

func state(p game.PlayerID, n int64) game.Album {
	return game.Album{Campaign: "c1", Player: p, N: n, Wildcards: n}
}

func TestRedisFollowsTheBook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service(t)
		if _, err := s.Book(t.Context(), booking("p1", 1)); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if n := m.liveN("p1"); n != 1 {
			t.Errorf("live album n %d, want 1", n)
		}
	})
}

func TestRedisIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.liveErr = errAway
		s := m.service(t)
		for n := range 3 {
			if _, err := s.Book(t.Context(), booking("p1", n+1)); err != nil {
				t.Fatalf("a Redis that is away stopped a booking: %v", err)
			}
			time.Sleep(time.Second)
		}
		time.Sleep(time.Minute)
		if tries := m.writes(); tries < 12 || tries > 30 {
			t.Errorf("%d tries in a minute, want some that grow rarer", tries)
		}
		m.set(func() { m.liveErr = nil })
		time.Sleep(6 * time.Second)
		synctest.Wait()
		if n := m.liveN("p1"); n != 3 {
			t.Errorf("live album n %d, want 3", n)
		}
		tries := m.writes()
		time.Sleep(time.Minute)
		if m.writes() != tries {
			t.Error("it writes on with nothing to write")
		}
	})
}

// While Redis is away, newer albums replace older ones, and never the reverse.
func TestFollowerNeverGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.liveErr = errAway
		s := m.service(t)
		s.Follow(state("p1", 5))
		synctest.Wait()
		s.Follow(state("p1", 7))
		s.Follow(state("p1", 6))
		m.set(func() { m.liveErr = nil })
		time.Sleep(6 * time.Second)
		synctest.Wait()
		if n := m.liveN("p1"); n != 7 {
			t.Errorf("live album n %d, want 7", n)
		}
		if last := m.puts[len(m.puts)-1]; last != 1 {
			t.Errorf("the last write had %d albums of one player", last)
		}
	})
}

// After Redis was away long, what is pending goes there in pieces: one that has to be done within
// the time of a write, and that loses all when it is not, might never be.
func TestPendingIsWrittenInPieces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.liveErr = errAway
		s := m.service(t)
		const players = 10_000
		for i := range players {
			s.Follow(state(player(i), 1))
		}
		synctest.Wait()
		m.set(func() { m.liveErr, m.puts = nil, nil })
		time.Sleep(6 * time.Second)
		synctest.Wait()
		if len(m.live) != players {
			t.Errorf("%d live albums, want %d", len(m.live), players)
		}
		if most := slices.Max(m.puts); most > 1000 {
			t.Errorf("a write of %d albums", most)
		}
	})
}

// Who is told to stop writes what is pending first: another server may answer the next read.
func TestFollowerFinishes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := album.New(m, redis{m}, slog.New(slog.NewTextHandler(io.Discard, nil)))
		ctx, stop := context.WithCancel(t.Context())
		for i := range 2500 {
			s.Follow(state(player(i), 1))
		}
		stop()
		s.Run(ctx)
		if len(m.live) != 2500 {
			t.Errorf("%d live albums, want 2500", len(m.live))
		}
		m.set(func() { m.liveErr = errAway })
		s.Follow(state("p1", 2))
		begun := time.Now()
		s.Run(ctx)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("with Redis away it took %v to stop", took)
		}
	})
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name    string
		live    int64 // n of the live album; -1: none
		liveErr error
		n       int64 // asked for
		want    int64
		reads   int // of the book, which has n 5
	}{
		{"from Redis", 4, nil, 0, 4, 0},
		{"as new as asked for", 4, nil, 4, 4, 0},
		{"newer than Redis", 4, nil, 5, 5, 1},
		{"newer than the book", 4, nil, 6, 5, 1},
		{"Redis lacks it", -1, nil, 0, 5, 1},
		{"Redis is away", 4, errAway, 0, 5, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				s := m.service(t)
				book := state("p1", 5)
				m.books["p1"] = &book
				if c.live >= 0 {
					m.live["p1"] = state("p1", c.live)
				}
				m.liveErr = c.liveErr
				got, err := s.Read(t.Context(), "c1", "p1", c.n)
				if err != nil || got.N != c.want || m.reads != c.reads {
					t.Errorf("n %d, %v, %d reads of the book; want %d, %d", got.N, err, m.reads, c.want, c.reads)
				}
				m.set(func() { m.liveErr = nil })
				time.Sleep(6 * time.Second)
				synctest.Wait()
				if c.reads > 0 && m.liveN("p1") != 5 {
					t.Errorf("Redis was not filled: n %d", m.liveN("p1"))
				}
			})
		})
	}
}

// What this server has booked is read, although Redis has an older album and does not follow yet.
func TestReadGivesWhatWasBooked(t *testing.T) {
	m := newMemory()
	s := album.New(m, redis{m}, slog.New(slog.NewTextHandler(io.Discard, nil))) // does not run: nothing follows
	m.live["p1"] = state("p1", 0)
	booked, err := s.Book(t.Context(), booking("p1", 1))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Read(t.Context(), "c1", "p1", 0)
	if err != nil || got.N != booked.Album.N || got.N == 0 {
		t.Errorf("read n %d, %v; booked was %d", got.N, err, booked.Album.N)
	}
}

func TestReadWithBothAway(t *testing.T) {
	m := newMemory()
	m.broken, m.liveErr = game.Fail(game.CodeUnavailable, "away"), errAway
	if _, err := m.service(t).Read(t.Context(), "c1", "p1", 0); game.CodeOf(err) != game.CodeUnavailable {
		t.Errorf("%v, want unavailable", err)
	}
}
