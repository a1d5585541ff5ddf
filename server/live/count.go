package live

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/game"
)

// Count adds to the campaign's public count of draws. Best effort: what fails may or may not be
// counted. Code: unavailable.
func (l *Live) Count(ctx context.Context, id game.CampaignID, draws int64) error {
	key := l.drawsKey(id)
	c := call{
		keys: []string{key, key + ":" + rand.Text()},
		args: []any{draws, seconds(l.times.count)},
	}
	return unavailable("count draws", l.run(ctx, countScript, c).Err())
}

// Draws gives the campaign's count of draws, 0 where nothing was counted. Code: unavailable.
func (l *Live) Draws(ctx context.Context, id game.CampaignID) (int64, error) {
	n, err := l.redis.Get(ctx, l.drawsKey(id)).Int64()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return n, unavailable("read draws", err)
}
