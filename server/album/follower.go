package album

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

const (
	maxPending   = 200_000 // albums kept for a Redis that is away; past that, reads fill it from the book
	maxPut       = 1000    // albums of one write, so that it ends within followTime
	followTime   = 2 * time.Second
	firstBackoff = 100 * time.Millisecond
	lastBackoff  = 5 * time.Second
)

// follower writes albums to Redis behind the answers, the latest of each player, and tries again
// while Redis is away.
type follower struct {
	live Live
	log  *slog.Logger
	wake chan struct{}

	mu      sync.Mutex
	pending map[albumID]game.Album
}

type albumID struct {
	campaign game.CampaignID
	player   game.PlayerID
}

func newFollower(live Live, log *slog.Logger) *follower {
	return &follower{live: live, log: log, wake: make(chan struct{}, 1), pending: map[albumID]game.Album{}}
}

func (f *follower) add(albums ...game.Album) {
	f.mu.Lock()
	for _, a := range albums {
		id := albumID{a.Campaign, a.Player}
		have, ok := f.pending[id]
		if (ok && have.N < a.N) || (!ok && len(f.pending) < maxPending) {
			f.pending[id] = a
		}
	}
	f.mu.Unlock()
	f.rouse()
}

func (f *follower) rouse() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// latest gives what a player's album is to become in Redis, if it is not known to be there yet.
func (f *follower) latest(id albumID) (game.Album, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a, ok := f.pending[id]
	return a, ok
}

// some gives pending albums, as many as one write may have.
func (f *follower) some() []game.Album {
	f.mu.Lock()
	defer f.mu.Unlock()
	albums := make([]game.Album, 0, min(maxPut, len(f.pending)))
	for _, a := range f.pending {
		if len(albums) == maxPut {
			f.rouse()
			break
		}
		albums = append(albums, a)
	}
	return albums
}

// done forgets albums that were written, but for those that have changed since.
func (f *follower) done(albums []game.Album) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range albums {
		id := albumID{a.Campaign, a.Player}
		if f.pending[id].N == a.N {
			delete(f.pending, id)
		}
	}
}

func (f *follower) run(ctx context.Context) {
	defer f.finish(ctx)
	backoff := firstBackoff
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		}
		_, err := f.put(ctx)
		if err == nil {
			backoff = firstBackoff
			continue
		}
		f.log.Warn("album: Redis does not follow", "again_in", backoff, "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(backoff):
		}
		backoff = min(2*backoff, lastBackoff)
	}
}

// put writes some of what is pending, and says how many albums; what it fails to write stays pending.
func (f *follower) put(ctx context.Context) (int, error) {
	albums := f.some()
	if len(albums) == 0 {
		return 0, nil
	}
	ctx, cancel := context.WithTimeout(ctx, followTime)
	defer cancel()
	if err := f.live.Put(ctx, albums); err != nil {
		f.rouse()
		return len(albums), err
	}
	f.done(albums)
	return len(albums), nil
}

// finish writes what is pending as a server stops, since another may answer the next read.
func (f *follower) finish(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), followTime)
	defer cancel()
	for {
		if n, err := f.put(ctx); n == 0 || err != nil {
			return
		}
	}
}
