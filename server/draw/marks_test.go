package draw_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
)

// slate is a Redis of marks.
type slate struct {
	mu     sync.Mutex
	marks  []game.Mark
	draws  map[game.CampaignID]int64
	writes int

	sampled int64
	err     error
}

func (s *slate) Mark(_ context.Context, marks []game.Mark) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	s.marks = append(s.marks, marks...)
	return s.err
}

func (s *slate) Count(_ context.Context, id game.CampaignID, draws int64) error {
	s.draws[id] += draws
	return s.err
}

func (s *slate) CountSampledOut(_ context.Context, id game.CampaignID, taps int64) error {
	s.sampled += taps
	return s.err
}

func (s *slate) written() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes
}

func mark(p game.PlayerID, round, window, index int) game.Mark {
	return game.Mark{Campaign: "c1", Player: p, Chance: game.Chance{Round: round, Window: window, Index: index}}
}

func TestMarksAreStoredInBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slate{draws: map[game.CampaignID]int64{}}
		m := draw.NewMarks(store, slog.New(slog.NewTextHandler(io.Discard, nil)))
		ctx, stop := context.WithCancel(t.Context())
		go m.Run(ctx)
		m.Add(mark("p1", 1, 1, 10), 10)
		m.Add(mark("p1", 1, 1, 7), 7) // late: it does not move the mark back
		m.Add(mark("p1", 1, 2, 1), 1)
		m.Add(mark("p1", 2, 1, 1), 1)
		m.Add(mark("p2", 1, 1, 3), 3)
		synctest.Wait()
		if store.written() != 0 {
			t.Error("marks were written at once")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		want := []game.Mark{mark("p1", 1, 2, 1), mark("p1", 2, 1, 1), mark("p2", 1, 1, 3)}
		slices.SortFunc(store.marks, func(a, b game.Mark) int {
			return slices.Compare([]int{int(a.Player[1]), a.Chance.Round}, []int{int(b.Player[1]), b.Chance.Round})
		})
		if diff := cmp.Diff(want, store.marks); diff != "" {
			t.Errorf("marks (-want +got):\n%s", diff)
		}
		if store.writes != 1 || store.draws["c1"] != 22 {
			t.Errorf("%d writes, %d draws; want 1, 22", store.writes, store.draws["c1"])
		}
		m.Add(mark("p3", 1, 1, 1), 1)
		stop()
		synctest.Wait()
		if store.writes != 2 || store.draws["c1"] != 23 {
			t.Errorf("at the end: %d writes, %d draws; want 2, 23", store.writes, store.draws["c1"])
		}
	})
}

// Draws go on while marks are stored, those of a few players and of none as well, and each is
// counted once.
func TestMarksAreStoredWhileDrawsGoOn(t *testing.T) {
	store := &slate{draws: map[game.CampaignID]int64{}}
	m := draw.NewMarks(store, slog.New(slog.NewTextHandler(io.Discard, nil)))
	ctx, stop := context.WithCancel(t.Context())
	stored := make(chan struct{})
	go func() { m.Run(ctx); close(stored) }()
	var draws atomic.Int64
	var players sync.WaitGroup
	until := time.Now().Add(4100 * time.Millisecond) // two rounds of storing
	for range 4 {
		players.Go(func() {
			for time.Now().Before(until) {
				n := draws.Add(1)
				m.Add(mark(game.PlayerID(strconv.FormatInt(n%500, 10)), 1, 1, int(n)), 1)
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	players.Wait()
	stop()
	<-stored
	if got := store.draws["c1"]; got != draws.Load() {
		t.Errorf("%d draws were counted of %d", got, draws.Load())
	}
}

// A Redis that is away costs marks, never a draw.
func TestMarksMayBeLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slate{draws: map[game.CampaignID]int64{}, err: errors.New("away")}
		m := draw.NewMarks(store, slog.New(slog.NewTextHandler(io.Discard, nil)))
		ctx, stop := context.WithCancel(t.Context())
		go m.Run(ctx)
		m.Add(mark("p1", 1, 1, 10), 10)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		store.err = nil
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if store.writes != 1 {
			t.Errorf("%d writes, want 1 that failed", store.writes)
		}
		stop()
		synctest.Wait()
	})
}

func TestMarkOfTheOpenRound(t *testing.T) {
	w, s := newWorld(t, never())
	w.now = at(10 * time.Second)
	mustDraw(t, s, request(1, 1, 9))
	if got, want := w.marks.Of(w.run, "p1", w.now), (game.Chance{Round: 1, Window: 1, Index: 9}); got != want {
		t.Errorf("mark %v, want %v", got, want)
	}
	if got := w.marks.Of(w.run, "p2", w.now); got != (game.Chance{}) {
		t.Errorf("mark %v of one who never drew", got)
	}
	if got := w.marks.Of(w.run, "p1", at(time.Hour)); got != (game.Chance{}) {
		t.Errorf("mark %v with no round open", got)
	}
}
