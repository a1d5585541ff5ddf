package live

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"

	"github.com/fivefold/fivefold/server/game"
)

// Live is a Redis, wherever it runs. It may be used by many goroutines.
type Live struct {
	redis    redis.UniversalClient
	embedded *embedded // nil where Redis is a server
	perCall  int       // how many players one script call may serve
	epoch    atomic.Pointer[string]
	limiter  *Limiter // decides rate limits while Redis is away
	times    lifetimes
}

// lifetimes are how long things stay.
type lifetimes struct {
	album time.Duration // from when it was written; in whole seconds
	lease time.Duration // a booking takes less
	mark  time.Duration // from the last change of a player's key
	count time.Duration // from the last count
}

var defaultLifetimes = lifetimes{
	album: 10 * time.Minute,
	lease: 5 * time.Second,
	mark:  24 * time.Hour,
	count: 90 * 24 * time.Hour,
}

// Open connects to the Redis of a URL, for a book of an epoch:
//
//	embedded:                          one inside this process, empty at start
//	redis://[user:password@]host:port  a server; rediss:// by TLS
//	redis+cluster://host:port,...      a cluster; rediss+cluster:// by TLS
//
// A Redis that is away is no error: it is tried again with every call.
func Open(_ context.Context, url, epoch string) (*Live, error) {
	silence()
	l := &Live{limiter: NewLimiter(), times: defaultLifetimes}
	l.SetEpoch(epoch)
	if err := l.connect(url); err != nil {
		return nil, fmt.Errorf("live: open: %w", err)
	}
	return l, nil
}

// silence keeps go-redis, which has one logger for the process, from writing a line for every
// failure: callers log the errors that they get.
var silence = sync.OnceFunc(logging.Disable)

// SetEpoch makes all that was written under another epoch unknown. It is called when the book
// gets a new epoch while the process runs.
func (l *Live) SetEpoch(epoch string) { l.epoch.Store(&epoch) }

// Ping says whether Redis answers. Code: unavailable.
func (l *Live) Ping(ctx context.Context) error {
	return unavailable("ping", l.redis.Ping(ctx).Err())
}

// Close ends all connections, and the embedded Redis.
func (l *Live) Close() error {
	err := l.redis.Close()
	if l.embedded != nil {
		l.embedded.close()
	}
	if err != nil {
		return fmt.Errorf("live: close: %w", err)
	}
	return nil
}

func (l *Live) playerKey(id game.CampaignID, p game.PlayerID) string {
	return "ff:{" + string(p) + "}:" + *l.epoch.Load() + ":" + string(id)
}

func (l *Live) leaseKey(id game.CampaignID, p game.PlayerID) string {
	return l.playerKey(id, p) + ":lease"
}

func (l *Live) countKey(id game.CampaignID, what string) string {
	return "ff:{" + string(id) + "}:" + *l.epoch.Load() + ":" + what
}

// unavailable tells callers that Redis has no answer, with the reason for the log; nil stays nil.
func unavailable(action string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("live: %s: %w: %w", action, game.Fail(game.CodeUnavailable, "Redis does not answer"), err)
}
