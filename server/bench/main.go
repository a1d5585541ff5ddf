package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// measure is one question and how it is answered.
type measure struct {
	letter, what string
	run          func(ctx context.Context, b *bench) error
}

var measures = []measure{
	{"a", "draws of misses, one tap a request, and a bare Echo handler with the same JSON", misses},
	{"b", "wins, and the rows that the disk takes in bulk", ceiling},
	{"c", "wins, and the same shakes booked the usual ways", usualWays},
	{"w", "wins with two batches in the book at once, and with one", flights},
	{"l", "time to a win at half load", halfLoad},
	{"r", "reads of me from Redis and from SQL", reads},
	{"d", "taps a second at 1, 16 and 64 taps a request", taps},
	{"e", "bytes of Redis for an active player", memory},
	{"f", "cost of a request as players and processes grow", growth},
	{"g", "settlement of 791,405 redemptions", settlement},
	{"p", "pages of the staff in a book of a thousand campaigns and a million players", pages},
}

// bench is a run of measures.
type bench struct {
	server  string        // path of the built server
	turn    time.Duration // how long one side of a pair is measured
	pairs   int
	profile string // folder for the rivals' CPU profiles, or ""
	table   table
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "rival" {
		return runRival(ctx, args[1:])
	}
	b := &bench{}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&b.server, "server", "bin/fivefold", "the built server")
	flags.DurationVar(&b.turn, "turn", 4*time.Second, "how long one side of a pair is measured")
	flags.IntVar(&b.pairs, "pairs", 5, "how many pairs")
	flags.StringVar(&b.profile, "profile", "", "folder for CPU profiles of what bench wires itself")
	only := flags.String("only", "", "letters of the measures to take, with commas; empty: all")
	list := flags.Bool("list", false, "say what there is")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *list {
		for _, m := range measures {
			fmt.Printf("%s  %s\n", m.letter, m.what)
		}
		return nil
	}
	return b.all(ctx, strings.FieldsFunc(*only, func(r rune) bool { return r == ',' }))
}

func (b *bench) all(ctx context.Context, only []string) error {
	if os.Getenv(postgresVariable) == "" || os.Getenv(redisVariable) == "" {
		return errors.New("it needs a PostgreSQL and a Redis: run it by `make bench`")
	}
	if err := b.table.machine(ctx); err != nil {
		return err
	}
	for _, m := range measures {
		if len(only) > 0 && !slices.Contains(only, m.letter) {
			continue
		}
		fmt.Fprintf(os.Stderr, "bench: (%s) %s\n", m.letter, m.what)
		if err := m.run(ctx, b); err != nil {
			return fmt.Errorf("(%s): %w", m.letter, err)
		}
	}
	b.table.end()
	return nil
}
