package rest

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Tally is what the servers have counted together of a campaign.
type Tally interface {
	Draws(ctx context.Context, id game.CampaignID) (int64, error)
	SampledOut(ctx context.Context, id game.CampaignID) (int64, error)
}

// Counts keeps the public counts of campaigns at hand, so that no request has to wait for them.
// A nil one knows of none.
type Counts struct {
	Campaigns interface{ All() []*game.Running }
	Tally     Tally
	Log       *slog.Logger

	latest atomic.Pointer[map[game.CampaignID]counted]
}

type counted struct{ draws, sampledOut int64 }

const (
	countsEvery = time.Second
	countsTime  = 2 * time.Second
)

// Run reads the counts every second until ctx ends.
func (c *Counts) Run(ctx context.Context) {
	tick := time.NewTicker(countsEvery)
	defer tick.Stop()
	for {
		if err := c.Refresh(ctx); err != nil {
			c.Log.Debug("rest: counts were not read", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Refresh reads the counts now. Those that cannot be read stay as they were. Code: unavailable.
func (c *Counts) Refresh(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, countsTime)
	defer cancel()
	latest := map[game.CampaignID]counted{}
	var failed error
	for _, r := range c.Campaigns.All() {
		read, err := c.read(ctx, r.ID)
		if err != nil {
			read, failed = c.of(r.ID), err
		}
		latest[r.ID] = read
	}
	c.latest.Store(&latest)
	return failed
}

func (c *Counts) read(ctx context.Context, id game.CampaignID) (counted, error) {
	draws, err := c.Tally.Draws(ctx, id)
	if err != nil {
		return counted{}, err
	}
	sampledOut, err := c.Tally.SampledOut(ctx, id)
	return counted{draws, sampledOut}, err
}

func (c *Counts) of(id game.CampaignID) counted {
	if c == nil {
		return counted{}
	}
	if latest := c.latest.Load(); latest != nil {
		return (*latest)[id]
	}
	return counted{}
}
