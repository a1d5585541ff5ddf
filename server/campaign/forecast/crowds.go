package forecast

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Bounds of the simulated crowds of a server, which has players to serve besides.
const (
	CrowdsAtOnce = 2
	CrowdTime    = 25 * time.Second // with the time that one waits for its turn
	crowdDraws   = 20_000_000       // of all runs together, about; a sample is as large as that allows
	crowdSample  = 5_000
)

// Crowds lets few simulated crowds play at once, and of each who asks only the newest.
type Crowds struct {
	places chan struct{}

	mu      sync.Mutex
	running map[string]*playing // by who asks
}

// playing is the newest run of somebody.
type playing struct{ cancel context.CancelCauseFunc }

// NewCrowds makes the places.
func NewCrowds() *Crowds {
	return &Crowds{places: make(chan struct{}, CrowdsAtOnce), running: map[string]*playing{}}
}

// ErrSuperseded is why a run was given up whose asker has asked for another.
var ErrSuperseded = errors.New("another simulation was asked for")

// Play plays a version, which was forecast, with a crowd that is done within CrowdTime. progress is
// called after each run with how many of all are done; nil: nobody listens.
// Errors are ErrSuperseded; context.DeadlineExceeded where it took too long or found no place; and
// those of Simulate.
func (c *Crowds) Play(ctx context.Context, who string, pool game.Pool, v *game.Version, f *Forecast, progress func(done, of int)) (*Simulated, error) {
	within, done, err := c.enter(ctx, who)
	if err != nil {
		return nil, err
	}
	defer done()
	played, err := Simulate(within, pool, v, f.Assumptions, sampleOf(f, v), progress)
	if cause := context.Cause(within); err != nil && cause != nil {
		err = errors.Join(err, cause)
	}
	return played, err
}

// enter gives up the run that somebody has and waits for a place. done has to be called.
func (c *Crowds) enter(ctx context.Context, who string) (within context.Context, done func(), err error) {
	ctx, stop := context.WithTimeout(ctx, CrowdTime)
	ctx, cancel := context.WithCancelCause(ctx)
	mine := &playing{cancel}
	c.mu.Lock()
	if older := c.running[who]; older != nil {
		older.cancel(ErrSuperseded)
	}
	c.running[who] = mine
	c.mu.Unlock()
	leave := func() {
		cancel(nil)
		stop()
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.running[who] == mine {
			delete(c.running, who)
		}
	}
	select {
	case c.places <- struct{}{}:
		return ctx, func() { <-c.places; leave() }, nil
	case <-ctx.Done():
		defer leave()
		return nil, nil, context.Cause(ctx)
	}
}

// sampleOf says how large a crowd is that plays in some seconds.
func sampleOf(f *Forecast, v *game.Version) Simulation {
	s := DefaultSimulation()
	draws := 0.0
	for _, h := range f.Assumptions.Habits {
		draws += h.Share * float64(min(h.Draws, v.Rounds[0].Chances))
	}
	draws *= float64(f.Assumptions.Windows * len(f.Days))
	s.Players = int(min(crowdSample, max(200, crowdDraws/float64(s.Runs)/max(1, draws))))
	return s
}
