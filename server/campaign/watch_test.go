package campaign_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// snapshots is a book that gives snapshots by a function.
type snapshots func(ctx context.Context) (*game.Snapshot, error)

func (f snapshots) Snapshot(ctx context.Context) (*game.Snapshot, error) { return f(ctx) }

func running(slug string) *game.Running {
	v := rounds()
	return &game.Running{
		Campaign: game.Campaign{ID: game.CampaignID("id of " + slug), Slug: slug, State: game.StateOpen},
		Versions: []*game.SavedVersion{{Version: v, Number: 1, PublishedAt: at(-time.Hour)}},
	}
}

func newWatch(book snapshots, announced <-chan struct{}) *campaign.Watch {
	return &campaign.Watch{
		Snapshots: book, Every: time.Second, Announced: announced,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

func TestWatchBeforeTheFirstSnapshot(t *testing.T) {
	w := newWatch(nil, nil)
	if _, err := w.Find("spring"); game.CodeOf(err) != game.CodeUnavailable {
		t.Errorf("find: %v", err)
	}
	if !w.Now().IsZero() || !w.At().IsZero() || w.All() != nil {
		t.Errorf("now %v, at %v, all %v", w.Now(), w.At(), w.All())
	}
}

func TestWatchFinds(t *testing.T) {
	w := newWatch(func(context.Context) (*game.Snapshot, error) {
		return &game.Snapshot{At: start, Campaigns: []*game.Running{running("spring"), running("autumn")}}, nil
	}, nil)
	if err := w.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r, err := w.Find("autumn"); err != nil || r.ID != "id of autumn" {
		t.Errorf("%+v, %v", r, err)
	}
	_, err := w.Find("winter")
	if names := fields(err); game.CodeOf(err) != game.CodeCampaignUnknown || len(names) != 1 || names[0] != "slug" {
		t.Errorf("%v, want campaign_unknown of slug", err)
	}
	if len(w.All()) != 2 {
		t.Errorf("all %v", w.All())
	}
}

// Game time runs on between polls; a poll that fails leaves the snapshot, and time still runs.
func TestWatchPolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		polls, broken := 0, false
		began := time.Now()
		w := newWatch(func(context.Context) (*game.Snapshot, error) {
			mu.Lock()
			defer mu.Unlock()
			polls++
			if broken {
				return nil, errors.New("away")
			}
			return &game.Snapshot{At: start.Add(time.Since(began)), Campaigns: []*game.Running{running("spring")}}, nil
		}, nil)
		if err := w.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go w.Run(ctx)
		check := func(name string, now, at time.Duration) {
			t.Helper()
			synctest.Wait()
			if got := w.Now().Sub(start); got != now {
				t.Errorf("%s: now %v, want %v", name, got, now)
			}
			if got := w.At().Sub(start); got != at {
				t.Errorf("%s: snapshot of %v, want %v", name, got, at)
			}
		}
		time.Sleep(700 * time.Millisecond)
		check("between polls", 700*time.Millisecond, 0)
		time.Sleep(800 * time.Millisecond)
		check("after a poll", 1500*time.Millisecond, time.Second)
		mu.Lock()
		broken = true
		mu.Unlock()
		time.Sleep(10 * time.Second)
		check("with the book away", 11500*time.Millisecond, time.Second)
		if _, err := w.Find("spring"); err != nil {
			t.Errorf("with the book away: %v", err)
		}
		if polls != 12 {
			t.Errorf("%d polls, want 12", polls)
		}
		mu.Lock()
		broken = false
		mu.Unlock()
		time.Sleep(time.Second)
		check("with the book back", 12500*time.Millisecond, 12*time.Second)
		stop()
		synctest.Wait()
	})
}

func TestWatchHearsAnnouncements(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		announced := make(chan struct{})
		began := time.Now()
		w := newWatch(func(context.Context) (*game.Snapshot, error) {
			return &game.Snapshot{At: start.Add(time.Since(began))}, nil
		}, announced)
		w.Every = time.Hour
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go w.Run(ctx)
		time.Sleep(time.Minute)
		announced <- struct{}{}
		synctest.Wait()
		if got := w.At(); !got.Equal(at(time.Minute)) {
			t.Errorf("snapshot of %v, want %v", got, at(time.Minute))
		}
	})
}

// A poll that hangs is given up, and the next ones go on.
func TestWatchOutlastsAHangingBook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		polls := 0
		w := newWatch(func(ctx context.Context) (*game.Snapshot, error) {
			if polls++; polls == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return &game.Snapshot{At: start}, nil
		}, nil)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go w.Run(ctx)
		time.Sleep(8 * time.Second)
		synctest.Wait()
		if w.At().IsZero() {
			t.Error("no snapshot after a poll that hung")
		}
	})
}

// Polls, announcements and the leader refresh at once; one that began earlier and took longer must
// not put an older state in the place of a newer.
func TestWatchKeepsTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := make(chan struct{})
		var mu sync.Mutex
		calls := 0
		w := newWatch(func(context.Context) (*game.Snapshot, error) {
			mu.Lock()
			calls++
			n := calls
			mu.Unlock()
			if n == 1 {
				<-slow
			}
			return &game.Snapshot{At: at(time.Duration(n) * time.Second)}, nil
		}, nil)
		go func() { _ = w.Refresh(t.Context()) }()
		synctest.Wait()
		if err := w.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		close(slow)
		synctest.Wait()
		if got := w.At(); !got.Equal(at(2 * time.Second)) {
			t.Errorf("snapshot of %v, want the newer of %v", got, at(2*time.Second))
		}
		// A clock that was set back, as a reset in dev does, is followed.
		mu.Lock()
		calls = -1
		mu.Unlock()
		if err := w.Refresh(t.Context()); err != nil || !w.At().Equal(start) {
			t.Errorf("snapshot of %v, %v; want %v", w.At(), err, start)
		}
	})
}
