package measure

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
)

const (
	bookers  = 1024 // that wait for a booking each, so that batches are full
	makers   = 64   // of players
	readers  = 64
	writers  = 4   // to Redis
	perWrite = 500 // albums or marks of one write
)

// rate runs an operation by some workers, each again and again. It gives how many were done in a
// second, the fastest of some turns, since what else goes on can only slow them, and the processor
// time of this process for each, in microseconds. do gives how many one call was.
func rate(ctx context.Context, during time.Duration, workers int, do func(ctx context.Context, worker int) (int, error)) (perSecond, each float64, err error) {
	if _, err := repeat(ctx, during/4, workers, do); err != nil {
		return 0, 0, err
	}
	for range turns {
		begin := time.Now()
		before, err := cpu()
		if err != nil {
			return 0, 0, err
		}
		n, err := repeat(ctx, during/turns, workers, do)
		if err != nil {
			return 0, 0, err
		}
		after, err := cpu()
		if err != nil {
			return 0, 0, err
		}
		if fast := n / time.Since(begin).Seconds(); fast > perSecond {
			perSecond, each = fast, float64((after-before).Nanoseconds())/1e3/n
		}
	}
	return perSecond, each, nil
}

// repeat has each worker do its work, once at least, until the time is over, and gives how many
// were done.
func repeat(ctx context.Context, during time.Duration, workers int, do func(ctx context.Context, worker int) (int, error)) (float64, error) {
	end := time.Now().Add(during)
	group, ctx := errgroup.WithContext(ctx)
	var done atomic.Int64
	for worker := range workers {
		group.Go(func() error {
			for {
				n, err := do(ctx, worker)
				if err != nil {
					return err
				}
				done.Add(int64(n))
				if !time.Now().Before(end) {
					return nil
				}
			}
		})
	}
	err := group.Wait()
	return float64(done.Load()), err
}

func (b *bench) book(ctx context.Context, s *plan.Server) (plan.Book, error) {
	var c plan.Book
	var err error
	ids := someone(bookers)
	spent := make([]int, bookers)
	if c.Entries, _, err = rate(ctx, b.Each, bookers, func(ctx context.Context, i int) (int, error) {
		spent[i]++
		_, err := b.Albums.Book(ctx, game.Booking{Campaign: b.Wins.ID, Player: ids[i], Wins: []game.Win{{
			Chance: game.Chance{Round: 1, Window: 1, Index: spent[i]}, Outcome: b.Outcome, Version: 1, AcceptedAt: time.Now().UTC(),
		}}})
		return 1, err
	}); err != nil {
		return c, fmt.Errorf("entries in batches: %w", err)
	}
	if c.Reads, s.Cold.CPU, err = rate(ctx, b.Each, readers, func(ctx context.Context, i int) (int, error) {
		_, err := b.Book.Album(ctx, b.Wins.ID, ids[i])
		return 1, err
	}); err != nil {
		return c, fmt.Errorf("reads of albums: %w", err)
	}
	if c.Transactions, _, err = rate(ctx, b.Each, makers, func(ctx context.Context, _ int) (int, error) {
		_, _, err := b.Book.CreatePlayer(ctx, stranger())
		return 1, err
	}); err != nil {
		return c, fmt.Errorf("transactions one by one: %w", err)
	}
	return c, nil
}

// someone makes ids of players.
func someone(n int) []game.PlayerID {
	ids := make([]game.PlayerID, n)
	for i := range ids {
		ids[i] = game.PlayerID("m" + rand.Text())
	}
	return ids
}

func stranger() game.Player {
	p := game.Player{ID: someone(1)[0], Locale: "en"}
	_, _ = rand.Read(p.ClientSeed[:]) // it never fails
	hash := sha256.Sum256(p.ClientSeed[:])
	p.SecretHash = hex.EncodeToString(hash[:])
	return p
}

func (b *bench) redis(ctx context.Context, s *plan.Server) (plan.Redis, error) {
	var c plan.Redis
	var err error
	ids := someone(writers * perWrite)
	var n atomic.Int64
	if c.Puts, _, err = rate(ctx, b.Each, writers, func(ctx context.Context, i int) (int, error) {
		albums := make([]game.Album, perWrite)
		for j := range albums {
			albums[j] = game.Album{Campaign: b.Wins.ID, Player: ids[i*perWrite+j], N: n.Add(1), Counts: [game.SetSize]int64{1, 1, 1, 1, 0}}
		}
		return perWrite, b.Live.Put(ctx, albums)
	}); err != nil {
		return c, fmt.Errorf("live albums: %w", err)
	}
	if c.Marks, s.Mark.CPU, err = rate(ctx, b.Each, writers, func(ctx context.Context, i int) (int, error) {
		marks := make([]game.Mark, perWrite)
		for j := range marks {
			marks[j] = game.Mark{Campaign: b.Wins.ID, Player: ids[i*perWrite+j], Chance: game.Chance{Round: 1, Window: 1, Index: int(n.Add(1))}}
		}
		return perWrite, b.Live.Mark(ctx, marks)
	}); err != nil {
		return c, fmt.Errorf("marks: %w", err)
	}
	if c.Reads, _, err = rate(ctx, b.Each, readers, func(ctx context.Context, i int) (int, error) {
		_, _, err := b.Live.Album(ctx, b.Wins.ID, ids[i])
		return 1, err
	}); err != nil {
		return c, fmt.Errorf("reads: %w", err)
	}
	return c, nil
}
