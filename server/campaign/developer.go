package campaign

import (
	"context"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Developer moves a campaign on by hand. It is wired in dev only.
type Developer struct {
	Watch *Watch
	Clock interface {
		Now(ctx context.Context) (time.Time, error)
		Skip(ctx context.Context, d time.Duration) error
	}
	Entering interface {
		Open(ctx context.Context, r *game.Running) error
		Close(ctx context.Context, r *game.Running) error
		Seal(ctx context.Context, r *game.Running) error
		Settle(ctx context.Context, r *game.Running) error
	}
	Restart func(ctx context.Context) error // empties the book and sows the sample again
}

// SkipWindow moves game time on to the opening of the next window or round.
func (d *Developer) SkipWindow(ctx context.Context, slug string) error {
	r, err := d.find(ctx, slug)
	if err != nil {
		return err
	}
	now, err := d.Clock.Now(ctx)
	if err != nil {
		return err
	}
	to, ok := nextOpening(&r.Latest().Version, now)
	if !ok {
		return game.Fail(game.CodeStateConflict, "no window is left")
	}
	if err := d.Clock.Skip(ctx, to.Sub(now)); err != nil {
		return err
	}
	return d.Watch.Refresh(ctx)
}

func nextOpening(v *game.Version, now time.Time) (time.Time, bool) {
	if r, open := v.RoundAt(now); open {
		if w := r.WindowAt(now); w < r.Windows() {
			return r.WindowOpens(w + 1), true
		}
	}
	r, ok := v.RoundAfter(now)
	return r.OpensAt, ok
}

// Close ends the campaign's rounds now, even before the job has noted that they began.
func (d *Developer) Close(ctx context.Context, slug string) error {
	return d.enter(ctx, slug, func(ctx context.Context, r *game.Running) error {
		if err := d.Entering.Open(ctx, r); err != nil {
			return err
		}
		return d.Entering.Close(ctx, r)
	})
}

// Seal ends all booking now, without waiting for the grace.
func (d *Developer) Seal(ctx context.Context, slug string) error {
	return d.enter(ctx, slug, d.Entering.Seal)
}

// Settle shares out the pool now.
func (d *Developer) Settle(ctx context.Context, slug string) error {
	return d.enter(ctx, slug, d.Entering.Settle)
}

// Reset empties the book and begins again with the sample campaign.
func (d *Developer) Reset(ctx context.Context) error {
	if err := d.Restart(ctx); err != nil {
		return err
	}
	return d.Watch.Refresh(ctx)
}

func (d *Developer) enter(ctx context.Context, slug string, enter func(context.Context, *game.Running) error) error {
	r, err := d.find(ctx, slug)
	if err != nil {
		return err
	}
	if err := enter(ctx, r); err != nil {
		return err
	}
	return d.Watch.Refresh(ctx)
}

func (d *Developer) find(ctx context.Context, slug string) (*game.Running, error) {
	if err := d.Watch.Refresh(ctx); err != nil {
		return nil, err
	}
	return d.Watch.Find(slug)
}
