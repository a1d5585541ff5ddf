package live

import (
	"context"
	"crypto/rand"
	"time"
)

// Allow says whether one more of what key names may happen, when limit of them may in any time
// per: all at once, then one every per/limit. Where not, it gives how long to wait. While Redis
// is away every process counts for itself; the error is always nil. A question that go-redis
// sends again counts once, or at worst twice, but never lets one more in.
func (l *Live) Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error) {
	if limit < 1 || per <= 0 {
		return false, per, nil
	}
	c := call{
		keys: []string{"ff:{" + key + "}:rate"},
		args: []any{limit, per.Microseconds(), rand.Text()},
	}
	wait, err := l.run(ctx, allowScript, c).Int64()
	if err != nil {
		ok, after := l.limiter.Allow(key, limit, per)
		return ok, after, nil
	}
	return wait == 0, time.Duration(wait) * time.Microsecond, nil
}
