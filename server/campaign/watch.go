package campaign

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Watch keeps the newest snapshot of the campaigns, by message and by poll. Reading it takes no
// lock and no I/O.
type Watch struct {
	Snapshots interface {
		Snapshot(ctx context.Context) (*game.Snapshot, error)
	}
	Every     time.Duration
	Announced <-chan struct{}
	Log       *slog.Logger

	begun atomic.Int64 // snapshots
	view  atomic.Pointer[view]
}

// view is a snapshot indexed for reading; it never changes.
type view struct {
	turn   int64     // by when it was begun
	at     time.Time // game time of the snapshot
	taken  time.Time // this process's monotonic time of it
	all    []*game.Running
	bySlug map[string]*game.Running
}

// Refresh takes a snapshot now.
func (w *Watch) Refresh(ctx context.Context) error {
	turn := w.begun.Add(1)
	s, err := w.Snapshots.Snapshot(ctx)
	if err != nil {
		return err
	}
	v := &view{turn: turn, at: s.At, taken: time.Now(), all: s.Campaigns, bySlug: map[string]*game.Running{}}
	for _, r := range s.Campaigns {
		v.bySlug[r.Slug] = r
	}
	w.replace(v)
	return nil
}

// replace puts a view in the place of one that was begun before it. Refresh may run several times at
// once, and a slow one must not bring back what is over.
func (w *Watch) replace(v *view) {
	for {
		old := w.view.Load()
		if old != nil && old.turn > v.turn || w.view.CompareAndSwap(old, v) {
			return
		}
	}
}

// Run refreshes until ctx ends. A poll that fails leaves the snapshot that there is.
func (w *Watch) Run(ctx context.Context) {
	tick := time.NewTicker(w.Every)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-w.Announced:
		}
		poll, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := w.Refresh(poll)
		cancel()
		if err != nil && !failing && ctx.Err() == nil {
			w.Log.Warn("campaign: no new snapshot", "err", err)
		}
		failing = err != nil
	}
}

// Now gives game time: the book's time at the last snapshot and what has passed since.
func (w *Watch) Now() time.Time {
	if v := w.view.Load(); v != nil {
		return v.at.Add(time.Since(v.taken))
	}
	return time.Time{}
}

// At gives the time of the snapshot.
func (w *Watch) At() time.Time {
	if v := w.view.Load(); v != nil {
		return v.at
	}
	return time.Time{}
}

// Find gives the campaign of a slug. Code: campaign_unknown.
func (w *Watch) Find(slug string) (*game.Running, error) {
	v := w.view.Load()
	if v == nil {
		return nil, game.Fail(game.CodeUnavailable, "no snapshot has been taken yet")
	}
	r, ok := v.bySlug[slug]
	if !ok {
		return nil, game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
	}
	return r, nil
}

// All gives all campaigns that are past draft.
func (w *Watch) All() []*game.Running {
	if v := w.view.Load(); v != nil {
		return v.all
	}
	return nil
}
