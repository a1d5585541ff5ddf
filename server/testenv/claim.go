package testenv

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// claimTimeout is how long a test waits for others to give back what they use.
const claimTimeout = 3 * time.Minute

// claimDatabase takes a numbered database of a Redis for the length of a test.
// Number 0 is left alone.
func claimDatabase(tb testing.TB, options *redis.Options) (int, error) {
	count, err := countDatabases(options)
	if err != nil {
		return 0, err
	}
	for deadline := time.Now().Add(claimTimeout); time.Now().Before(deadline); time.Sleep(pollEvery) {
		for db := 1; db < count; db++ {
			if claimed, err := claim(tb, fmt.Sprintf("redis-%s-%d", options.Addr, db)); claimed || err != nil {
				return db, err
			}
		}
	}
	return 0, fmt.Errorf("all %d databases of Redis at %s are in use", count, options.Addr)
}

func countDatabases(options *redis.Options) (int, error) {
	client := redis.NewClient(options)
	defer client.Close()
	config, err := client.ConfigGet(context.Background(), "databases").Result()
	if err != nil {
		return 0, fmt.Errorf("ask Redis at %s for its databases: %w", options.Addr, err)
	}
	return strconv.Atoi(config["databases"])
}

// claim takes a name for the length of a test, against all processes of this
// machine. It is held by listening on an abstract socket, which leaves no file
// and which the kernel gives back if the process dies.
func claim(tb testing.TB, name string) (bool, error) {
	socket, err := net.Listen("unix", "@fivefold-test/"+name)
	if errors.Is(err, syscall.EADDRINUSE) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("claim %s: %w", name, err)
	}
	tb.Cleanup(func() { _ = socket.Close() })
	return true, nil
}

func withDatabaseNumber(server string, db int) string {
	address, err := url.Parse(server)
	if err != nil { // it was parsed before
		return server
	}
	address.Path = "/" + strconv.Itoa(db)
	return address.String()
}
