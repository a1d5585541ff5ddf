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
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

func (f *follower) takeAll() []game.Album {
	f.mu.Lock()
	defer f.mu.Unlock()
	albums := make([]game.Album, 0, len(f.pending))
	for _, a := range f.pending {
		albums = append(albums, a)
	}
	clear(f.pending)
	return albums
}

func (f *follower) run(ctx context.Context) {
	backoff := firstBackoff
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.wake:
		}
		albums := f.takeAll()
		if len(albums) == 0 {
			continue
		}
		put, cancel := context.WithTimeout(ctx, followTime)
		err := f.live.Put(put, albums)
		cancel()
		if err == nil {
			backoff = firstBackoff
			continue
		}
		f.log.Warn("album: Redis does not follow", "albums", len(albums), "again_in", backoff, "err", err)
		f.add(albums...)
		select {
		case <-ctx.Done():
			return
		case <-time.After(backoff):
		}
		backoff = min(2*backoff, lastBackoff)
	}
}
