package measure_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/plan/measure"
)

var quick = measure.Options{Each: 10 * time.Millisecond, Clients: 4}

// TestCosts finds the costs of a server that does a known amount of work, and asks its stores as
// they expect to be asked.
func TestCosts(t *testing.T) {
	f := newFake(t)
	c, err := measure.Costs(t.Context(), f.subject(), measure.Options{Each: 150 * time.Millisecond, Clients: 8}, "a book", "a Redis")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(); err != nil {
		t.Errorf("the costs are not such that a plan would take them: %v", err)
	}
	unit := unitOfWork(t)
	for _, of := range []struct {
		name  string
		got   float64
		units int
	}{
		{"chance", c.Server.Chance.CPU, f.chance}, {"entry", c.Server.Entry.CPU, f.entry},
	} {
		if units := of.got / unit; units < 0.5*float64(of.units) || units > 2*float64(of.units) {
			t.Errorf("each %s costs %.2f us, which are %.1f units of work; want %d", of.name, of.got, units, of.units)
		}
	}
	if least := unit * float64(f.request); c.Server.Request.CPU < least/2 {
		t.Errorf("a request costs %.1f us, its work alone %.1f", c.Server.Request.CPU, least)
	}
	if d := c.Server.Document; d.Out < document || d.Out > document+400 || d.In < 400 || d.In > 1000 {
		t.Errorf("the document takes %v bytes in and %v out", d.In, d.Out)
	}
	if c.Machine.Book != "a book" || c.Machine.Redis != "a Redis" || c.Machine.CPUs < 1 || len(c.Machine.Notes) == 0 {
		t.Errorf("machine %+v", c.Machine)
	}
}

// unitOfWork is the processor time of one, in microseconds.
func unitOfWork(t *testing.T) float64 {
	t.Helper()
	const units = 20_000
	before, err := measure.CPU()
	if err != nil {
		t.Skip(err)
	}
	work(units)
	after, err := measure.CPU()
	if err != nil {
		t.Fatal(err)
	}
	return float64((after - before).Nanoseconds()) / 1e3 / units
}

func TestCostsRefusesWrongAnswers(t *testing.T) {
	for _, c := range []struct {
		name  string
		wrong func(f *fake)
		want  string
	}{
		{"no players", func(f *fake) { f.refuse = "/players" }, "new players"},
		{"no draws", func(f *fake) { f.refuse = "/misses/draws" }, "503"},
		{"chances that do not count", func(f *fake) { f.short = true }, "counted"},
		{"misses that win", func(f *fake) { f.winMisses = true }, "won, not 0"},
		{"no booking", func(f *fake) { f.broken = "Book" }, "the book: entries in batches: Book is broken"},
		{"no album", func(f *fake) { f.broken = "Album" }, "Album is broken"},
		{"no player", func(f *fake) { f.broken = "CreatePlayer" }, "CreatePlayer is broken"},
		{"no put", func(f *fake) { f.broken = "Put" }, "Redis: live albums: Put is broken"},
		{"no mark", func(f *fake) { f.broken = "Mark" }, "Mark is broken"},
		{"no live album", func(f *fake) { f.broken = "live Album" }, "live Album is broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake(t)
			c.wrong(f)
			_, err := measure.Costs(t.Context(), f.subject(), quick, "", "")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want it to say %q", err, c.want)
			}
		})
	}
}

func TestCostsStops(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err := measure.Costs(ctx, newFake(t).subject(), measure.Options{Each: 10 * time.Second, Clients: 4}, "", "")
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(begin))
	}
}
