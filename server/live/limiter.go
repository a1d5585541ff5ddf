package live

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxLimits bounds the memory of a Limiter, to some ten megabytes.
const maxLimits = 50_000

// Limiter limits rates within this process, by the same rule as Live.Allow.
type Limiter struct {
	mu     sync.Mutex
	limits map[limitID]*rate.Limiter
}

type limitID struct {
	key   string
	limit int
	per   time.Duration
}

// NewLimiter makes a limiter that has seen nothing.
func NewLimiter() *Limiter { return &Limiter{limits: map[limitID]*rate.Limiter{}} }

// Allow says whether one more of what key names may happen, and if not, how long to wait.
func (l *Limiter) Allow(key string, limit int, per time.Duration) (bool, time.Duration) {
	if limit < 1 || per <= 0 {
		return false, per
	}
	now := time.Now()
	r := l.limit(limitID{key, limit, per}, now).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait == 0, wait
}

func (l *Limiter) limit(id limitID, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if found, ok := l.limits[id]; ok {
		return found
	}
	if len(l.limits) >= maxLimits {
		l.sweep(now)
	}
	made := rate.NewLimiter(rate.Limit(float64(id.limit)/id.per.Seconds()), id.limit)
	l.limits[id] = made
	return made
}

// sweep makes room: it forgets who has waited long enough to be as if never seen, and where
// nobody has, a tenth, whoever they are.
func (l *Limiter) sweep(now time.Time) {
	for id, limit := range l.limits {
		if limit.TokensAt(now) >= float64(id.limit) {
			delete(l.limits, id)
		}
	}
	for id := range l.limits {
		if len(l.limits) <= maxLimits*9/10 {
			return
		}
		delete(l.limits, id)
	}
}
