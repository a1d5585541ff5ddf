package live_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/testenv"
)

// calls are all that needs Redis, by name.
func calls(l *live.Live) map[string]func(ctx context.Context) error {
	return map[string]func(ctx context.Context) error{
		"ping": l.Ping,
		"put":  func(ctx context.Context) error { return l.Put(ctx, []game.Album{numbered("ann", 8)}) },
		"album": func(ctx context.Context) error {
			_, _, err := l.Album(ctx, campaign, "ann")
			return err
		},
		"lease": func(ctx context.Context) error {
			_, err := l.Lease(ctx, operation("ann", "key"), nil)
			return err
		},
		"release": func(ctx context.Context) error { return l.Release(ctx, operation("ann", "key")) },
		"mark":    func(ctx context.Context) error { return l.Mark(ctx, []game.Mark{mark("ann", 1, 1, 9)}) },
		"mark of": func(ctx context.Context) error {
			_, _, err := l.MarkOf(ctx, campaign, "ann", 1)
			return err
		},
		"count": func(ctx context.Context) error { return l.Count(ctx, campaign, 1) },
		"draws": func(ctx context.Context) error {
			_, err := l.Draws(ctx, campaign)
			return err
		},
		"announce": l.Announce,
	}
}

// fail runs every call, which has to fail with unavailable and not last longer than most.
func fail(t *testing.T, l *live.Live, most time.Duration) {
	t.Helper()
	for name, call := range calls(l) {
		start := time.Now()
		err := call(t.Context())
		if game.CodeOf(err) != game.CodeUnavailable {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > most {
			t.Errorf("%s took %v, at most %v", name, took, most)
		}
	}
	if ok, _ := allow(t, l, "away", 1000, time.Minute); !ok {
		t.Error("nothing is allowed while Redis is away")
	}
}

func succeed(t *testing.T, l *live.Live) {
	t.Helper()
	within(t, 5*time.Second, "Redis is back", func() bool { return l.Ping(t.Context()) == nil })
	for name, call := range calls(l) {
		if err := call(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// waitOfOne is how long a call may last that finds out that Redis is away.
const waitOfOne = 2500 * time.Millisecond

func TestRedisIsAway(t *testing.T) {
	for name, test := range map[string]struct{ away, back func(*testenv.Server) }{
		"stopped": {(*testenv.Server).Stop, (*testenv.Server).Start},
		"killed":  {(*testenv.Server).Kill, (*testenv.Server).Start},
		"frozen":  {(*testenv.Server).Pause, (*testenv.Server).Resume},
	} {
		t.Run(name, func(t *testing.T) {
			server := testenv.StartRedis(t)
			l := open(t, server.URL)
			succeed(t, l)
			for range 2 {
				test.away(server)
				fail(t, l, waitOfOne)
				start := time.Now()
				for range 300 {
					if _, _, err := l.Album(t.Context(), campaign, "ann"); game.CodeOf(err) != game.CodeUnavailable {
						t.Fatal(err)
					}
				}
				// One of them at a time is let through to see whether Redis is back.
				if took := time.Since(start); took > waitOfOne {
					t.Errorf("300 calls took %v", took)
				}
				test.back(server)
				succeed(t, l)
			}
		})
	}
}

func TestRedisIsAwayAtStart(t *testing.T) {
	server := testenv.StartRedis(t)
	server.Stop()
	l := open(t, server.URL)
	changed := l.Announced(t.Context())
	fail(t, l, waitOfOne)
	server.Start()
	succeed(t, l)
	within(t, 10*time.Second, "announcements arrive", func() bool {
		if err := l.Announce(t.Context()); err != nil {
			t.Error(err)
		}
		select {
		case <-changed:
			return true
		default:
			return false
		}
	})
}

// A request that is given up gives up Redis too, and nobody holds that against Redis.
func TestCallerGoesAway(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		for range 10 {
			for name, call := range calls(l) {
				if err := call(gone); err == nil {
					t.Errorf("%s went on", name)
				}
			}
		}
		succeed(t, l)
	})
}

// While one server of a cluster is away, the players of the others notice nothing; when its
// replica has taken over, nobody does.
func TestServerOfAClusterIsAway(t *testing.T) {
	servers := testenv.StartRedisCluster(t)
	l := open(t, "redis+cluster://"+servers[0].Addr+","+servers[1].Addr+","+servers[2].Addr)
	var albums []game.Album
	for i := range 60 {
		albums = append(albums, numbered(game.PlayerID(fmt.Sprint("p", i)), 1))
	}
	put(t, l, albums...)
	servers[1].Kill()

	for i := range albums {
		albums[i] = numbered(albums[i].Player, 2)
	}
	start := time.Now()
	if err := l.Put(t.Context(), albums); game.CodeOf(err) != game.CodeUnavailable {
		t.Errorf("albums of a dead server were put: %v", err)
	}
	written := 0
	for _, a := range albums {
		if got, _, err := l.Album(t.Context(), campaign, a.Player); err == nil && got.N == 2 {
			written++
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("one dead server holds all up for %v", took)
	}
	if written < 20 || written == len(albums) {
		t.Errorf("%d of %d albums are written, of two servers in three", written, len(albums))
	}
	within(t, 20*time.Second, "the replica has taken over", func() bool { return l.Put(t.Context(), albums) == nil })
	for _, a := range albums {
		if got := read(t, l, a.Player); got.N != 2 {
			t.Errorf("%s: %+v", a.Player, got)
		}
	}
}

func TestOpenRefusesAddresses(t *testing.T) {
	for _, url := range []string{"", "redis", "localhost:6379", "http://localhost", "redis://localhost:6379/x", "redis+cluster://"} {
		if l, err := live.Open(t.Context(), url, "epoch"); err == nil {
			t.Errorf("%q is taken", url)
			l.Close()
		}
	}
}
