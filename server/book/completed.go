package book

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/redemption"
	"github.com/fivefold/fivefold/server/game"
)

// completed counts the redemptions of every campaign. Every server looks every second, and a gala has
// hundreds of thousands: those that are long in the book are counted once and remembered.
type completed struct {
	mu     sync.Mutex
	old    map[game.CampaignID]int64 // of the rows up to upTo
	upTo   int64                     // an id
	newest int64                     // the highest id that was there at seen
	seen   time.Time
}

// settled is after how long no row with an id below one that was seen can still come: ids are given in
// their order, but a transaction that took one may commit after another that took a later one. Requests
// wait for the book for seconds.
const settled = time.Minute

// forget is for when rows have been deleted.
func (c *completed) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.old, c.upTo, c.newest, c.seen = nil, 0, 0, time.Time{}
}

// count gives the redemptions of every campaign that has any.
func (c *completed) count(ctx context.Context, tx *db.Client) (map[game.CampaignID]int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.advance(ctx, tx, time.Now()); err != nil {
		return nil, err
	}
	counts, newest, err := c.with(ctx, tx.Redemption.Query().Where(redemption.IDGT(c.upTo)))
	if err == nil && c.seen.IsZero() {
		c.newest, c.seen = max(newest, c.upTo), time.Now()
	}
	return counts, err
}

// advance remembers the count of the rows that are settled by now.
func (c *completed) advance(ctx context.Context, tx *db.Client, now time.Time) error {
	if c.seen.IsZero() || now.Sub(c.seen) < settled {
		return nil
	}
	if c.newest > c.upTo {
		old, _, err := c.with(ctx, tx.Redemption.Query().Where(redemption.IDGT(c.upTo), redemption.IDLTE(c.newest)))
		if err != nil {
			return err
		}
		c.old, c.upTo = old, c.newest
	}
	c.seen = time.Time{}
	return nil
}

// with gives what is remembered and the rows besides, by campaign, and the highest id of the rows.
func (c *completed) with(ctx context.Context, rows *db.RedemptionQuery) (all map[game.CampaignID]int64, newest int64, err error) {
	var counts []struct {
		Campaign game.CampaignID `sql:"campaign"`
		Count    int64           `sql:"count"`
		Newest   int64           `sql:"newest"`
	}
	err = rows.GroupBy(redemption.FieldCampaign).
		Aggregate(db.Count(), db.As(db.Max(redemption.FieldID), "newest")).Scan(ctx, &counts)
	if err != nil {
		return nil, 0, fmt.Errorf("count redemptions: %w", err)
	}
	all = make(map[game.CampaignID]int64, len(c.old)+len(counts))
	maps.Copy(all, c.old)
	for _, count := range counts {
		all[count.Campaign] += count.Count
		newest = max(newest, count.Newest)
	}
	return all, newest, nil
}
