package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/overload"
	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/redeem"
	"github.com/fivefold/fivefold/server/rest"
)

// rivalServer is what stands beside Fivefold's server: the same but for the part in question.
type rivalServer struct {
	way, addr, database, redis, profile string
}

// garbage is what server/cmd/fivefold sets, so that no side collects more often.
const garbage = 400

// runRival serves until ctx ends.
func runRival(ctx context.Context, args []string) error {
	debug.SetGCPercent(garbage)
	var r rivalServer
	flags := flag.NewFlagSet("rival", flag.ContinueOnError)
	flags.StringVar(&r.way, "way", "bare", "bare, sql-reads, transaction, function, script, book or one-batch")
	flags.StringVar(&r.addr, "addr", "", "where to listen")
	flags.StringVar(&r.database, "database", "", "address of the book")
	flags.StringVar(&r.redis, "redis", "", "address of Redis")
	flags.StringVar(&r.profile, "profile", "", "folder for a CPU profile")
	if err := flags.Parse(args); err != nil {
		return err
	}
	e := echo.New()
	e.GET("/readyz", func(c echo.Context) error { return c.NoContent(http.StatusOK) })
	if r.way == "bare" {
		bare(e)
		return r.serve(ctx, e)
	}
	background, stop := context.WithCancel(context.Background())
	defer stop()
	if err := r.wire(background, e); err != nil {
		return err
	}
	return r.serve(ctx, e)
}

// missJSON is what a draw of one miss is answered with.
const missJSON = `{"counted":1,"outcomes":[],"next":{"round":1,"window":1,"index":38,"not_before":"2026-02-07T12:30:00.001Z"},"remaining":99963,"pace_ms":1000,"sampled_out":0}`

// bare answers draws with the same JSON from memory: no token, no body, no measuring.
func bare(e *echo.Echo) {
	reply := []byte(missJSON)
	e.POST("/api/v1/campaigns/:slug/draws", func(c echo.Context) error {
		return c.JSONBlob(http.StatusOK, reply)
	})
}

func (r *rivalServer) serve(ctx context.Context, e *echo.Echo) error {
	if r.profile != "" {
		f, err := os.Create(filepath.Join(r.profile, fmt.Sprintf("%s-%d.pprof", r.way, os.Getpid())))
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	server := &http.Server{Addr: r.addr, Handler: e, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, IdleTimeout: 2 * time.Minute}
	done := make(chan error, 1)
	go func() { done <- server.ListenAndServe() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	if err := server.Close(); err != nil {
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// wire puts the player API on e, as server/cmd/fivefold does, with the rival's part in it.
func (r *rivalServer) wire(ctx context.Context, e *echo.Echo) error {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	b, err := book.Open(ctx, r.database)
	if err != nil {
		return err
	}
	epoch, err := b.Epoch(ctx)
	if err != nil {
		return err
	}
	l, err := live.Open(ctx, r.redis, epoch)
	if err != nil {
		return err
	}
	keys, err := fairness.NewKeys([]byte(secret))
	if err != nil {
		return err
	}
	tokens, err := newTokens(keys)
	if err != nil {
		return err
	}
	watch := &campaign.Watch{Snapshots: b, Every: time.Second, Announced: l.Announced(ctx), Log: log}
	if err := watch.Refresh(ctx); err != nil {
		return err
	}
	marks, load, albums := draw.NewMarks(l, log), &overload.Monitor{}, album.New(b, l, log)
	albums.Writers = b.Writers()
	api := &rest.Server{
		Campaigns: watch, Players: &player.Service{Book: b, Tokens: tokens},
		Pending: marks, Albums: albums,
		Redeem: &redeem.Service{Campaigns: watch, Book: b, Live: l, Albums: albums},
		Reader: b, Marks: l, Receipts: keys, Limits: l, Load: load,
		Lead: lead, Grace: grace, Pace: time.Second, PlayersPerMinute: 1000,
		Registry: prometheus.NewRegistry(), Log: log,
	}
	if r.way == "sql-reads" {
		api.Albums, api.Marks = album.New(b, noLive{}, log), noLive{}
	}
	booking, err := r.booking(ctx, watch, albums)
	if err != nil {
		return err
	}
	api.Draws = draw.New(draw.Config{Load: load, Lead: lead, Grace: grace, Pace: time.Second},
		watch, booking, b, keys, marks, make([]byte, 32))
	api.Register(e)
	for _, job := range []func(context.Context){watch.Run, albums.Run, marks.Run, load.Run} {
		go job(ctx)
	}
	return nil
}

// booking gives the rival's way to book a win.
func (r *rivalServer) booking(ctx context.Context, watch *campaign.Watch, albums *album.Service) (draw.Albums, error) {
	switch r.way {
	case "one-batch":
		albums.Writers = 1
		return albums, nil
	case "book", "sql-reads":
		return albums, nil
	case "transaction":
		return newByTransaction(ctx, r.database, watch)
	case "function":
		return newByFunction(ctx, r.database, watch)
	case "script":
		return newByScript(r.redis, watch)
	default:
		return nil, fmt.Errorf("there is no way %q", r.way)
	}
}
