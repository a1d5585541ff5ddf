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
	return l.count(ctx, l.countKey(id, "draws"), draws)
}

// CountSampledOut adds to the public count of taps that were not looked at under load. Best
// effort. Code: unavailable.
func (l *Live) CountSampledOut(ctx context.Context, id game.CampaignID, taps int64) error {
	return l.count(ctx, l.countKey(id, "sampled_out"), taps)
}

func (l *Live) count(ctx context.Context, key string, n int64) error {
	c := call{
		keys: []string{key, key + ":" + rand.Text()},
		args: []any{n, seconds(l.times.count)},
	}
	return unavailable("count", l.run(ctx, countScript, c).Err())
}

// Draws gives the campaign's count of draws, 0 where nothing was counted. Code: unavailable.
func (l *Live) Draws(ctx context.Context, id game.CampaignID) (int64, error) {
	return l.counted(ctx, l.countKey(id, "draws"))
}

// SampledOut gives the campaign's count of taps that were not looked at. Code: unavailable.
func (l *Live) SampledOut(ctx context.Context, id game.CampaignID) (int64, error) {
	return l.counted(ctx, l.countKey(id, "sampled_out"))
}

func (l *Live) counted(ctx context.Context, key string) (int64, error) {
	n, err := l.redis.Get(ctx, key).Int64()
	if errors.Is(err, redis.Nil) {
		return 0, nil
	}
	return n, unavailable("read a count", err)
}
