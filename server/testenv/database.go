package testenv

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Postgres returns the URL of an empty database on a real PostgreSQL. It is
// dropped, with whatever is still connected to it, when the test ends.
func Postgres(tb testing.TB) string {
	tb.Helper()
	server, err := sharedPostgres()
	need(tb, err)
	name := "test_" + strings.ToLower(rand.Text()[:16])
	need(tb, execute(server, "CREATE DATABASE "+name))
	tb.Cleanup(func() {
		if err := execute(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("testenv: %v", err)
		}
	})
	address, err := withDatabase(server, name)
	need(tb, err)
	return address
}

func execute(server, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func withDatabase(server, name string) (string, error) {
	address, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("FIVEFOLD_TEST_POSTGRES_URL: %w", err)
	}
	address.Path = "/" + name
	return address.String(), nil
}
