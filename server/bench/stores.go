package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// Where testservers says that its servers are.
const (
	postgresVariable = "FIVEFOLD_TEST_POSTGRES_URL"
	redisVariable    = "FIVEFOLD_TEST_REDIS_URL"
)

func postgresVersion(ctx context.Context) (string, error) {
	conn, err := pgx.Connect(ctx, os.Getenv(postgresVariable))
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	var version, folder, sync string
	err = conn.QueryRow(ctx, `SELECT split_part(version(), ' ', 2), current_setting('data_directory'), current_setting('synchronous_commit')`).
		Scan(&version, &folder, &sync)
	return fmt.Sprintf("PostgreSQL %s on %s (synchronous_commit %s)", version, medium(folder), sync), err
}

// medium names the kind of file system that a folder is on.
func medium(folder string) string {
	best, kind := "", "an unknown disk"
	mounts, _ := os.ReadFile("/proc/mounts")
	for line := range strings.Lines(string(mounts)) {
		f := strings.Fields(line)
		if len(f) > 2 && len(f[1]) >= len(best) && strings.HasPrefix(folder, f[1]) {
			best, kind = f[1], f[2]
		}
	}
	return kind
}

func redisVersion(ctx context.Context) (string, error) {
	options, err := redis.ParseURL(os.Getenv(redisVariable))
	if err != nil {
		return "", err
	}
	c := redis.NewClient(options)
	defer c.Close()
	_, version, err := redisFact(ctx, c, "server", "redis_version")
	return "Redis " + version, err
}

// redisFact reads a line of INFO, as a number too where it is one.
func redisFact(ctx context.Context, c *redis.Client, section, name string) (n float64, text string, err error) {
	all, err := c.Info(ctx, section).Result()
	if err != nil {
		return 0, "", err
	}
	_, text, _ = strings.Cut(all, name+":")
	text, _, _ = strings.Cut(text, "\r")
	_, _ = fmt.Sscan(text, &n)
	return n, text, nil
}

// newDatabase makes an empty database, in the place of one that an earlier run left, and gives
// its address. Checkpoints are spread as an operator would, so that they do not fall into some
// turns alone.
func newDatabase(ctx context.Context, name string) (string, error) {
	server := os.Getenv(postgresVariable)
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx)
	for _, statement := range []string{
		"ALTER SYSTEM SET max_wal_size = '8GB'",
		"ALTER SYSTEM SET checkpoint_timeout = '30min'",
		"SELECT pg_reload_conf()",
		"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)",
		"CREATE DATABASE " + name,
		"CHECKPOINT",
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return "", fmt.Errorf("%s: %w", statement, err)
		}
	}
	address, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	address.Path = "/" + name
	return address.String(), nil
}

func dropDatabase(name string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, os.Getenv(postgresVariable))
	if err != nil {
		return
	}
	defer conn.Close(ctx)
	_, _ = conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") // the data goes with the servers anyway
}

// newRedis gives the address of an emptied database of the Redis.
func newRedis(ctx context.Context, database int) (string, error) {
	options, err := redis.ParseURL(os.Getenv(redisVariable))
	if err != nil {
		return "", err
	}
	options.DB = database
	c := redis.NewClient(options)
	defer c.Close()
	if err := c.FlushDB(ctx).Err(); err != nil {
		return "", fmt.Errorf("empty Redis: %w", err)
	}
	return fmt.Sprintf("redis://%s/%d", options.Addr, database), nil
}
