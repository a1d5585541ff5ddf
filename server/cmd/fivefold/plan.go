package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
	"github.com/fivefold/fivefold/server/plan/measure"
)

// planCommand's addresses are not read from the environment: measuring loads what it is given to
// the full, and that must not be the database that serves players because a variable names it.
func planCommand() *cli.Command {
	return &cli.Command{
		Name:      "plan",
		Usage:     "from what operations cost here and what is expected of an evening, how many machines it takes",
		ArgsUsage: "EVENING   a file, or one of " + strings.Join(evenings(), ", "),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "costs", Usage: "take the costs from a file, as --json or --measure-only write it, and measure nothing"},
			&cli.BoolFlag{Name: "measure-only", Usage: "write the costs of this machine as JSON, and plan nothing"},
			&cli.BoolFlag{Name: "json", Usage: "write the plan as JSON"},
			&cli.IntFlag{Name: "every", Usage: "minutes of a row of the table; 0: what fits a page"},
			&cli.StringFlag{Name: "database-url", Usage: "measure the book on postgres://…, in a schema of its own; empty: SQLite in the data folder"},
			&cli.StringFlag{Name: "redis-url", Usage: "measure Redis on redis://… or redis+cluster://one-master; empty: embedded"},
			&cli.StringFlag{Name: "data-dir", Value: ".data", Usage: "folder on the disk that SQLite is measured on"},
			&cli.DurationFlag{Name: "each", Value: time.Second, Usage: "how long to measure each of fourteen operations; the longer, the less noise"},
			&cli.IntFlag{Name: "connections", Value: 128, Usage: "connections that requests are measured by"},
		},
		Action: func(ctx context.Context, c *cli.Command) error { return runPlan(ctx, c, os.Stdout) },
	}
}

func runPlan(ctx context.Context, c *cli.Command, out io.Writer) error {
	if c.Bool("measure-only") {
		costs, err := costsOf(ctx, c)
		if err != nil {
			return err
		}
		return costs.Write(out)
	}
	if c.Args().Len() != 1 {
		return fmt.Errorf("plan: name one EVENING, a file or one of %s", strings.Join(evenings(), ", "))
	}
	name := c.Args().First()
	evening, err := readEvening(name)
	if err != nil {
		return err
	}
	costs, err := costsOf(ctx, c)
	if err != nil {
		return err
	}
	made, err := plan.Make(name, evening, costs)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(made)
	}
	return made.Table(out, c.Int("every"))
}

// evenings gives the names of the evenings that ship with the program.
func evenings() []string {
	files, _ := fs.Glob(assets.Evenings, "evenings/*.yaml")
	for i, file := range files {
		files[i] = strings.TrimSuffix(path.Base(file), ".yaml")
	}
	return files
}

func readEvening(name string) (*plan.Evening, error) {
	b, err := fs.ReadFile(assets.Evenings, "evenings/"+name+".yaml")
	if err != nil {
		if b, err = os.ReadFile(name); err != nil {
			return nil, fmt.Errorf("plan: there is no such file, and none of %s is called so: %w", strings.Join(evenings(), ", "), err)
		}
	}
	e, err := plan.ReadEvening(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return e, nil
}

// costsOf reads the costs where a file is named, and measures them else.
func costsOf(ctx context.Context, c *cli.Command) (plan.Costs, error) {
	if file := c.String("costs"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return plan.Costs{}, fmt.Errorf("plan: the costs: %w", err)
		}
		costs, err := plan.ReadCosts(b)
		if err != nil {
			return costs, fmt.Errorf("%s: %w", file, err)
		}
		return costs, nil
	}
	o := measure.Options{Each: c.Duration("each"), Clients: c.Int("connections")}
	if o.Each < 10*time.Millisecond || o.Each > 10*time.Second || o.Clients < 1 || o.Clients > 1024 {
		return plan.Costs{}, errors.New("plan: --each has to be within 10ms..10s, and --connections within 1..1024")
	}
	fmt.Fprintf(os.Stderr, "measuring, for about %v …\n", (20*o.Each + 3*time.Second).Round(time.Second))
	return measureHere(ctx, o, c.String("data-dir"), c.String("database-url"), c.String("redis-url"))
}

// measureHere wires a server as serve does, with a book of its own, and measures it.
func measureHere(ctx context.Context, o measure.Options, dataDir, databaseURL, redisURL string) (_ plan.Costs, err error) {
	dir, remove, err := ownFolder(dataDir)
	if err != nil {
		return plan.Costs{}, err
	}
	defer remove()
	databaseURL, drop, err := ownSchema(ctx, databaseURL)
	if err != nil {
		return plan.Costs{}, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	a, err := newApp(ctx, config{
		DataDir: dir, DatabaseURL: databaseURL, RedisURL: redisURL, Secret: rand.Text() + rand.Text(), LogLevel: "error",
		Addr: "127.0.0.1:0", PlayersPerMinute: 1_000_000_000, Migrate: true,
		Lead: time.Second, Grace: time.Minute, Drain: time.Minute, Poll: time.Second, Pace: time.Second,
	})
	if err != nil {
		return plan.Costs{}, err
	}
	defer a.close()
	running, stop := context.WithCancel(ctx)
	defer stop()
	addr, stopped := make(chan string, 1), make(chan error, 1)
	go func() { stopped <- a.run(running, func(at string) { addr <- at }) }()
	select {
	case err := <-stopped:
		return plan.Costs{}, err
	case at := <-addr:
		costs, err := a.measure(ctx, o, at)
		stop()
		return costs, errors.Join(err, <-stopped)
	}
}

// measure opens two campaigns, of misses and of wins alone, and measures the server at an address.
func (a *app) measure(ctx context.Context, o measure.Options, addr string) (plan.Costs, error) {
	s := measure.Subject{Addr: addr, Book: a.book, Albums: a.albums, Live: a.live}
	var err error
	if s.Misses, _, err = a.openFor(ctx, "plan-misses", false); err != nil {
		return plan.Costs{}, err
	}
	var v game.Version
	if s.Wins, v, err = a.openFor(ctx, "plan-wins", true); err != nil {
		return plan.Costs{}, err
	}
	s.Outcome = v.Odds.Outcomes[0].ID
	if err := a.watch.Refresh(ctx); err != nil {
		return plan.Costs{}, err
	}
	select {
	case <-ctx.Done():
		return plan.Costs{}, ctx.Err()
	case <-time.After(v.Opens().Sub(a.watch.Now())):
	}
	book, redis, notes := a.kinds()
	costs, err := measure.Costs(ctx, s, o, book, redis)
	costs.Machine.Notes = append(costs.Machine.Notes, notes...)
	return costs, err
}

// kinds names the stores, and says what is to be known where they are stand-ins.
func (a *app) kinds() (book, redis string, notes []string) {
	book, redis = "PostgreSQL", "Redis"
	if a.DatabaseURL == "" {
		book = "SQLite in the server"
		notes = append(notes, "SQLite stands in for PostgreSQL: its own work is in the server's figures, and a writer here is one file.")
	}
	switch scheme, _, _ := strings.Cut(a.redisURL(), ":"); {
	case scheme == "embedded":
		redis = "Redis in the server (miniredis)"
		notes = append(notes, "miniredis stands in for Redis: its own work is in the server's figures, and it is many times slower than Redis is.")
	case strings.HasSuffix(scheme, "+cluster"):
		redis = "Redis Cluster"
		notes = append(notes, "A shard is what was measured: all masters of the cluster that was given, which had better be one.")
	}
	return book, redis, notes
}

// openFor publishes the sample campaign with one long window in which every chance wins, or none.
func (a *app) openFor(ctx context.Context, slug string, win bool) (measure.Target, game.Version, error) {
	b, err := fs.ReadFile(assets.Campaigns, "campaigns/spring.yaml")
	if err != nil {
		return measure.Target{}, game.Version{}, err
	}
	now, err := a.book.Now(ctx)
	if err != nil {
		return measure.Target{}, game.Version{}, err
	}
	c, v, err := campaign.ReadFile(b, now)
	if err != nil {
		return measure.Target{}, v, err
	}
	c.Slug = slug
	opens := now.UTC().Truncate(time.Millisecond).Add(a.Lead + 500*time.Millisecond)
	v.Rounds = []game.Round{{Number: 1, OpensAt: opens, ClosesAt: opens.Add(time.Hour), WindowSeconds: 3600, Chances: game.MaxChances}}
	v.Guarantee = nil
	for i := range v.Odds.Outcomes {
		v.Odds.Outcomes[i].Weight = 0
	}
	if v.Odds.Miss = game.Scale; win {
		v.Odds.Miss, v.Odds.Outcomes[0].Weight = 0, game.Scale
	}
	if c, err = a.campaigns.Create(ctx, c, v, ""); err != nil {
		return measure.Target{}, v, err
	}
	_, _, err = a.campaigns.Publish(ctx, slug, 1, "")
	return measure.Target{ID: c.ID, Slug: slug}, v, err
}

// ownFolder makes a folder for the embedded database; what it makes is gone after remove.
func ownFolder(dataDir string) (dir string, remove func(), err error) {
	_, missing := os.Stat(dataDir)
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return "", nil, fmt.Errorf("the data folder: %w", err)
	}
	if dir, err = os.MkdirTemp(dataDir, "plan-"); err != nil {
		return "", nil, fmt.Errorf("the data folder: %w", err)
	}
	return dir, func() {
		_ = os.RemoveAll(dir)
		if missing != nil {
			_ = os.Remove(dataDir)
		}
	}, nil
}

// ownSchema makes a schema in a PostgreSQL, so that nothing that is there is touched, and gives
// the address with which tables are made in it; drop takes it away again.
func ownSchema(ctx context.Context, address string) (own string, drop func() error, err error) {
	if address == "" {
		return "", func() error { return nil }, nil
	}
	at, err := url.Parse(address)
	if err != nil {
		return "", nil, errors.New("plan: --database-url is not an address like postgres://user@host/database")
	}
	name := "fivefold_plan_" + strings.ToLower(rand.Text())
	execute := func(ctx context.Context, statement string) error {
		conn, err := pgx.Connect(ctx, address)
		if err != nil {
			return fmt.Errorf("plan: %w", err)
		}
		defer conn.Close(ctx)
		if _, err = conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("plan: a schema for measuring: %w", err)
		}
		return nil
	}
	if err := execute(ctx, "CREATE SCHEMA "+name); err != nil {
		return "", nil, err
	}
	query := at.Query()
	query.Set("search_path", name)
	at.RawQuery = query.Encode()
	return at.String(), func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		return execute(ctx, "DROP SCHEMA "+name+" CASCADE")
	}, nil
}
