package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"
)

// drainTime is how long requests under way have, once the server is told to stop.
const drainTime = 10 * time.Second

// run serves until ctx ends; ready is called when requests are taken.
func (a *app) run(ctx context.Context, ready func(addr string)) error {
	if err := a.watch.Refresh(ctx); err != nil {
		return fmt.Errorf("take the first snapshot: %w", err)
	}
	listener, err := net.Listen("tcp", a.Addr)
	if err != nil {
		return fmt.Errorf("FIVEFOLD_ADDR: %w", err)
	}
	// Background work outlives the requests, so that what they leave behind is still written.
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var work errgroup.Group
	jobs := []func(context.Context){a.watch.Run, a.albums.Run, a.marks.Run, a.counts.Run, a.leader.Run, a.vitals.Run}
	if a.Spare {
		jobs = append(jobs, a.load.Run)
	}
	for _, job := range jobs {
		work.Go(func() error { job(background); return nil })
	}
	servers, ctx := errgroup.WithContext(ctx)
	servers.Go(func() error { return serveHTTP(ctx, a.public, listener) })
	if a.ops != nil {
		ops, err := net.Listen("tcp", a.OpsAddr)
		if err != nil {
			stop()
			return errors.Join(fmt.Errorf("FIVEFOLD_OPS_ADDR: %w", err), listener.Close())
		}
		servers.Go(func() error { return serveHTTP(ctx, a.ops, ops) })
	}
	ready(listener.Addr().String())
	err = servers.Wait()
	stop()
	return errors.Join(err, work.Wait())
}

// serveHTTP serves until ctx ends and lets requests under way finish.
func serveHTTP(ctx context.Context, handler http.Handler, listener net.Listener) error {
	// A client that sends its headers or body drop by drop must not hold a connection for ever.
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	shutdown, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := server.Shutdown(shutdown)
	if served := <-done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// garbage is how much, in percent of what lives, may be garbage before it is collected. Little
// lives in a server for players, and most of what a request makes dies with it.
const garbage = 400

// serve runs a server for players.
func serve(ctx context.Context, c config) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	a, err := newApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	return a.run(ctx, func(addr string) { a.log.Info("serving", "addr", addr, "ops", c.OpsAddr) })
}

// migrate brings the database up to date.
func migrate(ctx context.Context, c config) error {
	c.Migrate = true
	b, err := openBook(ctx, c)
	if err != nil {
		return err
	}
	return b.Close()
}
