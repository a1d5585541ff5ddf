package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/plan"
	"github.com/fivefold/fivefold/server/testenv"
)

// planned runs the command and gives what it writes.
func planned(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	c := planCommand()
	c.Action = func(ctx context.Context, c *cli.Command) error { return runPlan(ctx, c, &out) }
	err := c.Run(t.Context(), append([]string{"plan"}, args...))
	return out.String(), err
}

// TestPlanMeasures measures a server on each kind of store, leaves nothing behind, and plans by
// the file that it wrote.
func TestPlanMeasures(t *testing.T) {
	for _, s := range stores {
		t.Run(s.name, func(t *testing.T) {
			var c config
			s.use(t, &c)
			dir := t.TempDir()
			data := filepath.Join(dir, "data")
			measured, err := planned(t, "--measure-only", "--each", "20ms", "--connections", "4",
				"--data-dir", data, "--database-url", c.DatabaseURL, "--redis-url", c.RedisURL)
			if err != nil {
				t.Fatal(err)
			}
			costs, err := plan.ReadCosts([]byte(measured))
			if err != nil {
				t.Fatal(err)
			}
			if costs.Server.Request.CPU == 0 || costs.Server.Entry.Out == 0 {
				t.Errorf("costs %+v", costs.Server)
			}
			if _, err := os.Stat(data); !os.IsNotExist(err) {
				t.Errorf("the data folder was left behind: %v", err)
			}
			file := filepath.Join(dir, "costs.json")
			if err := os.WriteFile(file, []byte(measured), 0o600); err != nil {
				t.Fatal(err)
			}
			text, err := planned(t, "--costs", file, "gala2016")
			if err != nil || !strings.Contains(text, "21.0G") || !strings.Contains(text, costs.Machine.Book) {
				t.Errorf("%v, wrote\n%s", err, text)
			}
		})
	}
}

// TestPlanLeavesTheDatabase: what is in a PostgreSQL stays as it is, and no schema stays.
func TestPlanLeavesTheDatabase(t *testing.T) {
	c := config{DataDir: t.TempDir(), DatabaseURL: testenv.Postgres(t), Migrate: true}
	b, err := openBook(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err := planned(t, "--measure-only", "--each", "10ms", "--connections", "2", "--data-dir", c.DataDir, "--database-url", c.DatabaseURL); err != nil {
		t.Fatal(err)
	}
	if campaigns, err := b.Campaigns(t.Context()); err != nil || len(campaigns) != 0 {
		t.Errorf("campaigns %v, %v", campaigns, err)
	}
	if left := schemas(t, c.DatabaseURL); left != 0 {
		t.Errorf("%d schemas were left behind", left)
	}
}

func TestPlanWritesJSON(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plan.json")
	costs := plan.Costs{
		Machine: plan.Machine{Book: "a book", Redis: "a Redis"},
		Book:    plan.Book{Entries: 1000, Transactions: 100, Reads: 100},
		Redis:   plan.Redis{Puts: 100, Marks: 100, Reads: 100},
	}
	b, err := json.Marshal(costs)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := planned(t, "--json", "--costs", file, "small")
	if err != nil {
		t.Fatal(err)
	}
	var p plan.Plan
	if err := json.Unmarshal([]byte(text), &p); err != nil || len(p.Minutes) != 120 || len(p.Peaks) == 0 || len(p.Evening.Assumptions) == 0 {
		t.Errorf("%v, read %d minutes of\n%.300s", err, len(p.Minutes), text)
	}
	// A plan's JSON is a file of costs, too.
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := planned(t, "--json", "--costs", file, "small"); err != nil || again != text {
		t.Errorf("the same costs made another plan, or %v", err)
	}
}

func TestPlanRefuses(t *testing.T) {
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.yaml")
	if err := os.WriteFile(wrong, []byte("players: 5\nplayes: 6\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"no evening", nil, "gala2016, small"},
		{"two evenings", []string{"gala2016", "small"}, "name one"},
		{"an unknown evening", []string{"gala1066"}, "gala2016, small"},
		{"a wrong evening", []string{wrong}, "playes"},
		{"no such costs", []string{"--costs", filepath.Join(dir, "none"), "small"}, "none"},
		{"costs that are none", []string{"--costs", wrong, "small"}, "malformed"},
		{"no time to measure", []string{"--each", "1us", "small"}, "--each"},
		{"no address", []string{"--data-dir", dir, "--database-url", "postgres://%zz", "small"}, "--database-url"},
		{"no PostgreSQL", []string{"--data-dir", dir, "--database-url", "postgres://127.0.0.1:1/none", "small"}, "connect"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if text, err := planned(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) || text != "" {
				t.Errorf("%v, wrote %q; want it to say %q", err, text, c.want)
			}
		})
	}
}

// schemas counts those that measuring has made in a database.
func schemas(t *testing.T, address string) int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var n int
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'fivefold_plan%'`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
