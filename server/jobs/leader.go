package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Leases lets one server lead.
type Leases interface {
	HoldLease(ctx context.Context, name, holder string, ttl time.Duration) (game.Lease, error)
	ReleaseLease(ctx context.Context, name, holder string) error
}

// Leader does due work while this server holds the lease.
type Leader struct {
	Leases    Leases
	Lifecycle *Lifecycle
	Watch     interface {
		Refresh(ctx context.Context) error
		All() []*game.Running
		At() time.Time
	}
	Publish func(ctx context.Context) error // publishes what is due; nil: nobody does
	Tally   func(ctx context.Context) error // counts what has been booked; nil: nobody counts
	Clear   func(ctx context.Context) error // removes shadows that are over; nil: nobody does
	Sample  func(ctx context.Context) error // keeps figures over time; nil: nobody does
	Holder  string                          // names this process
	Every   time.Duration                   // between looks
	Drain   time.Duration                   // from closing to sealing
	Log     *slog.Logger
}

const (
	leaseName   = "jobs"
	leasePasses = 10 // looks that may be missed before another may lead
	jobTime     = time.Minute
)

// Run leads whenever it can, until ctx ends.
func (l *Leader) Run(ctx context.Context) {
	tick := time.NewTicker(l.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			release, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			_ = l.Leases.ReleaseLease(release, leaseName, l.Holder) // else it runs out by itself
			return
		case <-tick.C:
			if err := l.pass(ctx); err != nil && ctx.Err() == nil {
				l.Log.Warn("jobs: a pass failed and will be repeated", "err", err)
			}
		}
	}
}

// pass does what is due now, each campaign one step.
func (l *Leader) pass(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, jobTime)
	defer cancel()
	lease, err := l.Leases.HoldLease(ctx, leaseName, l.Holder, leasePasses*l.Every)
	if err != nil || !lease.Held {
		return err
	}
	if err := l.Watch.Refresh(ctx); err != nil {
		return err
	}
	l.chores(ctx)
	moved := false
	for _, r := range l.Watch.All() {
		to, due := r.Due(l.Watch.At(), l.Drain, lease.Unbroken)
		if !due {
			continue
		}
		if err := l.Lifecycle.Enter(ctx, r, to); err != nil {
			l.Log.Error("jobs: a campaign did not move on and will be tried again", "campaign", r.Slug, "to", to, "err", err)
			continue
		}
		moved = true
	}
	if moved {
		return l.Watch.Refresh(ctx)
	}
	return nil
}

// chores are what nothing waits for: a failure only leaves more to be done the next time.
func (l *Leader) chores(ctx context.Context) {
	for _, chore := range []struct {
		do   func(ctx context.Context) error
		fail string
	}{
		{l.Publish, "jobs: a publication that is due was not made and will be tried again"},
		{l.Tally, "jobs: entries were not tallied and will be later"},
		{l.Clear, "jobs: shadows that are over were not removed and will be later"},
		{l.Sample, "jobs: figures were not kept for this minute"},
	} {
		if chore.do == nil {
			continue
		}
		if err := chore.do(ctx); err != nil {
			l.Log.Warn(chore.fail, "err", err)
		}
	}
}
