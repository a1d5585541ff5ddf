package measure

import (
	"context"
	"fmt"
	"runtime"

	"github.com/fivefold/fivefold/server/plan"
)

// Costs measures a subject, one operation after the other. book and redis name the kinds of stores.
func Costs(ctx context.Context, s Subject, o Options, book, redis string) (plan.Costs, error) {
	b := &bench{Subject: s, Options: o}
	c := plan.Costs{Machine: plan.Machine{CPUs: runtime.NumCPU(), Book: book, Redis: redis}}
	var err error
	if c.Server, err = b.measure(ctx); err != nil {
		return c, fmt.Errorf("measure: %w", err)
	}
	if c.Book, err = b.book(ctx, &c.Server); err != nil {
		return c, fmt.Errorf("measure: the book: %w", err)
	}
	if c.Redis, err = b.redis(ctx, &c.Server); err != nil {
		return c, fmt.Errorf("measure: Redis: %w", err)
	}
	c.Machine.Notes = b.notes()
	return c, nil
}

func (b *bench) notes() []string {
	return []string{
		fmt.Sprintf("Requests: by %d connections over loopback, HTTP/1.1 with a browser's headers and without TLS, each kind for %v in %d turns, of which a quiet one counts; "+
			"processor time of the server's process, less %.1f us for the client, which ran in it.", b.Clients, b.Each, turns, b.client),
		fmt.Sprintf("Stores: the fastest of %d turns, on this machine and with the server's own work for them beside.", turns),
	}
}
