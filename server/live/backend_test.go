package live_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/testenv"
)

const campaign = game.CampaignID("c2xkjq4m7n5dr3v6wtzy2abcdef")

// onEach runs a test on every kind of Redis, and on one to which everything is sent twice, as
// go-redis does after a lost reply.
func onEach(t *testing.T, test func(t *testing.T, l *live.Live)) {
	for name, url := range map[string]func(testing.TB) string{
		"embedded":   func(testing.TB) string { return "embedded:" },
		"redis":      testenv.Redis,
		"cluster":    func(tb testing.TB) string { return "redis+cluster://" + strings.Join(testenv.RedisCluster(tb), ",") },
		"sent twice": testenv.Redis,
	} {
		t.Run(name, func(t *testing.T) {
			l := open(t, url(t))
			if name == "sent twice" {
				l.Redis().AddHook(twice{})
			}
			test(t, l)
		})
	}
}

func open(tb testing.TB, url string) *live.Live {
	tb.Helper()
	l, err := live.Open(tb.Context(), url, rand.Text()[:8])
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := l.Close(); err != nil {
			tb.Error(err)
		}
	})
	return l
}

// twice sends every command and pipeline again and takes the second reply.
type twice struct{}

func (twice) DialHook(next redis.DialHook) redis.DialHook { return next }

func (twice) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		_ = next(ctx, cmd)
		return next(ctx, cmd)
	}
}

func (twice) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		_ = next(ctx, cmds)
		return next(ctx, cmds)
	}
}

// everywhere runs a command on every server that has data.
func everywhere(t *testing.T, l *live.Live, run func(ctx context.Context, c redis.Cmdable) error) {
	t.Helper()
	each := func(ctx context.Context, c *redis.Client) error { return run(ctx, c) }
	var err error
	switch c := l.Redis().(type) {
	case *redis.ClusterClient:
		err = c.ForEachMaster(t.Context(), each)
	case *redis.Client:
		err = each(t.Context(), c)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func empty(t *testing.T, l *live.Live) {
	t.Helper()
	everywhere(t, l, func(ctx context.Context, c redis.Cmdable) error { return c.FlushDB(ctx).Err() })
}

func forgetScripts(t *testing.T, l *live.Live) {
	t.Helper()
	everywhere(t, l, func(ctx context.Context, c redis.Cmdable) error { return c.ScriptFlush(ctx).Err() })
}

func put(t *testing.T, l *live.Live, albums ...game.Album) {
	t.Helper()
	if err := l.Put(t.Context(), albums); err != nil {
		t.Fatal(err)
	}
}

// read gives an album, the zero album where there is none.
func read(t *testing.T, l *live.Live, p game.PlayerID) game.Album {
	t.Helper()
	a, ok, err := l.Album(t.Context(), campaign, p)
	if err != nil {
		t.Fatal(err)
	}
	if !ok && a != (game.Album{}) {
		t.Fatalf("no album, and yet %+v", a)
	}
	return a
}

// within waits for something that takes a while.
func within(t *testing.T, d time.Duration, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(d); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within %v: %s", d, what)
		}
	}
}
