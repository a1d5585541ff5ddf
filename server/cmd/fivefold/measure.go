package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
	"github.com/fivefold/fivefold/server/plan/measure"
)

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
		PlayersPerMinute: 1_000_000_000, Migrate: true,
		Lead: time.Second, Grace: time.Minute, Drain: time.Minute, Poll: time.Second, Pace: time.Second,
	})
	if err != nil {
		return plan.Costs{}, err
	}
	defer a.close()
	if err := a.watch.Refresh(ctx); err != nil {
		return plan.Costs{}, err
	}
	if os.Getenv("GOGC") == "" { // as serve does
		defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return plan.Costs{}, fmt.Errorf("plan: %w", err)
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	stopped := make(chan error, 1)
	go func() { stopped <- a.runUnspared(running, listener) }()
	costs, err := a.measure(ctx, o, listener.Addr().String())
	stop()
	return costs, errors.Join(err, <-stopped)
}

// runUnspared serves as run does, but for what follows the load: it would refuse requests or ask
// for a slower pace, while measuring means to have a server do all that it can.
func (a *app) runUnspared(ctx context.Context, listener net.Listener) error {
	var work errgroup.Group
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	for _, job := range []func(context.Context){a.watch.Run, a.albums.Run, a.marks.Run, a.counts.Run, a.leader.Run} {
		work.Go(func() error { job(background); return nil })
	}
	err := serveHTTP(ctx, a.public, listener)
	stop()
	return errors.Join(err, work.Wait())
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
