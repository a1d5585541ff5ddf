package live

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// embedded is a Redis inside this process. It listens on a port of the loopback, since a pipe
// in memory would block on a pipeline whose replies nobody reads yet, and asks for a password
// that only this process knows. Its time for what expires stands still but for tick.
type embedded struct {
	server   *miniredis.Miniredis
	password string
	stop     context.CancelFunc
}

// embeddedTick is how exact expiry is. Each tick looks at every key.
const embeddedTick = 100 * time.Millisecond

// embeddedTimeout is long because scripts are slow here, and a server inside this process
// cannot be away.
const embeddedTimeout = 10 * time.Second

func startEmbedded() (*embedded, error) {
	e := &embedded{server: miniredis.NewMiniRedis(), password: rand.Text()}
	e.server.RequireAuth(e.password)
	if err := e.server.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("start the embedded Redis: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	go e.tick(ctx)
	return e, nil
}

func (e *embedded) tick(ctx context.Context) {
	ticker := time.NewTicker(embeddedTick)
	defer ticker.Stop()
	for last := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			e.server.FastForward(now.Sub(last))
			last = now
		}
	}
}

func (e *embedded) options() *redis.Options {
	return &redis.Options{Addr: e.server.Addr(), Password: e.password, ReadTimeout: embeddedTimeout, PoolTimeout: embeddedTimeout}
}

func (e *embedded) close() {
	e.stop()
	e.server.Close()
}
