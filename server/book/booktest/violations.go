package booktest

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite" // the driver sqlite
)

var (
	//go:embed invariants.sql
	invariants string
	//go:embed postgres.sql
	postgresTables string
	//go:embed sqlite.sql
	sqliteTables string
)

// Violations checks the book at a URL, which is one that book.Open takes, and gives a line for
// each violation. grace is how long after its window a chance is accepted.
func Violations(ctx context.Context, bookURL string, grace time.Duration) ([]string, error) {
	db, tables, err := open(bookURL)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var found []string
	for _, c := range checks() {
		query := tables + strings.ReplaceAll(c.query, "{grace}", strconv.FormatInt(grace.Microseconds(), 10))
		lines, err := ask(ctx, db, query)
		if err != nil {
			return nil, fmt.Errorf("booktest: %s: %w", c.name, err)
		}
		for _, line := range lines {
			found = append(found, c.name+": "+line)
		}
	}
	return found, nil
}

func open(bookURL string) (*sql.DB, string, error) {
	path, isFile := strings.CutPrefix(bookURL, "sqlite:")
	if !isFile {
		config, err := pgx.ParseConfig(bookURL)
		if err != nil {
			return nil, "", err
		}
		config.RuntimeParams["jit"] = "off" // compiling a check takes longer than running it
		return stdlib.OpenDB(*config), postgresTables, nil
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, "", err
	}
	name := url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro&_busy_timeout=10000"}
	db, err := sql.Open("sqlite", name.String())
	return db, sqliteTables, err
}

type check struct{ name, query string }

// checks cuts invariants.sql at the comments that name a check.
func checks() []check {
	var all []check
	for _, part := range strings.Split(invariants, "\n-- I")[1:] {
		name, query, _ := strings.Cut(part, "\n")
		all = append(all, check{"I" + name, strings.TrimRight(strings.TrimSpace(query), ";")})
	}
	return all
}

func ask(ctx context.Context, db *sql.DB, query string, args ...any) (lines []string, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, rows.Err()
}
