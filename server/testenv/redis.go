package testenv

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// sharedDatabases is how many databases the shared Redis has: a test takes one.
const sharedDatabases = 512

// StartRedis starts a Redis for this test alone, with an append-only file
// written every second, so that a Start after a Kill finds the data.
func StartRedis(tb testing.TB) *Server {
	tb.Helper()
	p, port, err := launchRedis("--appendonly", "yes", "--appendfsync", "everysec")
	need(tb, err)
	return newServer(tb, p, "redis://"+loopback(port), loopback(port))
}

// sharedRedis is the URL of the server that the tests of this process share.
var sharedRedis = sync.OnceValues(func() (string, error) {
	if url := os.Getenv("FIVEFOLD_TEST_REDIS_URL"); url != "" {
		return url, nil
	}
	_, port, err := launchRedis("--databases", strconv.Itoa(sharedDatabases))
	return "redis://" + loopback(port), err
})

// Redis returns the URL of an empty database of a real Redis, which no other
// test uses until this one ends. Channels know no databases: tests of one server
// hear each other's messages.
func Redis(tb testing.TB) string {
	tb.Helper()
	server, err := sharedRedis()
	need(tb, err)
	options, err := redis.ParseURL(server)
	need(tb, err)
	options.DB, err = claimDatabase(tb, options)
	need(tb, err)
	need(tb, flush(options))
	tb.Cleanup(func() {
		if err := flush(options); err != nil {
			tb.Errorf("testenv: %v", err)
		}
	})
	return withDatabaseNumber(server, options.DB)
}

func launchRedis(settings ...string) (*process, int, error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, 0, &unavailable{"Redis", "run .ci/install, or set FIVEFOLD_TEST_REDIS_URL"}
	}
	port, err := freePort()
	if err != nil {
		return nil, 0, err
	}
	dir, err := newServerDir("redis", nil)
	if err != nil {
		return nil, 0, err
	}
	argv := append([]string{program, "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--save", ""}, settings...)
	ready := func(ctx context.Context) error { return pingRedis(ctx, loopback(port)) }
	p := &process{name: "Redis", argv: argv, dir: dir, ready: ready}
	return p, port, p.start()
}

func pingRedis(ctx context.Context, addr string) error {
	client := redis.NewClient(&redis.Options{Addr: addr, MaxRetries: -1, DialTimeout: time.Second})
	defer client.Close()
	return client.Ping(ctx).Err()
}

func flush(options *redis.Options) error {
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.FlushDB(context.Background()).Err(); err != nil {
		return fmt.Errorf("empty Redis at %s: %w", options.Addr, err)
	}
	return nil
}
