package live_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/testenv"
)

func allow(t *testing.T, l *live.Live, key string, limit int, per time.Duration) (bool, time.Duration) {
	t.Helper()
	ok, wait, err := l.Allow(t.Context(), key, limit, per)
	if err != nil {
		t.Fatal(err)
	}
	if ok != (wait == 0) || wait > per {
		t.Errorf("allowed %v, to wait %v of %v", ok, wait, per)
	}
	return ok, wait
}

func TestAllow(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		const limit, per = 3, 2 * time.Second // a third of which is no whole number
		start := time.Now()
		for i := range limit {
			if ok, wait := allow(t, l, "ann", limit, per); !ok {
				t.Fatalf("number %d has to wait %v", i+1, wait)
			}
		}
		ok, wait := allow(t, l, "ann", limit, per)
		if step := per / limit; ok || wait > step || wait < step-time.Since(start) {
			t.Fatalf("one too many: %v, to wait %v", ok, wait)
		}
		if ok, _ := allow(t, l, "bob", limit, per); !ok {
			t.Error("somebody else has to wait")
		}
		time.Sleep(wait)
		if ok, again := allow(t, l, "ann", limit, per); !ok {
			t.Errorf("after %v as told, again to wait %v", wait, again)
		}
		if ok, _ := allow(t, l, "ann", limit, per); ok {
			t.Error("two after one step")
		}
	})
}

// It is Redis that counts: servers share a limit, and what is full again is forgotten.
func TestAllowIsShared(t *testing.T) {
	url := testenv.Redis(t)
	one, other := open(t, url), open(t, url)
	for i := range 6 {
		l := one
		if i%2 == 1 {
			l = other
		}
		if ok, _ := allow(t, l, "ann", 4, 4*time.Second); ok != (i < 4) {
			t.Errorf("number %d: %v", i+1, ok)
		}
	}
	left, err := one.Redis().PTTL(t.Context(), "ff:{ann}:rate").Result()
	if err != nil || left > 4*time.Second || left < 3*time.Second {
		t.Errorf("it is kept for %v: %v", left, err)
	}
}

func TestAllowNothing(t *testing.T) {
	l := open(t, "embedded:")
	if ok, wait := allow(t, l, "ann", 0, time.Minute); ok || wait != time.Minute {
		t.Errorf("%v %v", ok, wait)
	}
}

// Of many at once, exactly as many as the limit are let in. A question that is asked again after
// another one was allowed counts twice, which can only let fewer in.
func TestAllowAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		var allowed atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 50 {
					if ok, _, err := l.Allow(t.Context(), "all", 37, time.Hour); ok && err == nil {
						allowed.Add(1)
					}
				}
			})
		}
		wg.Wait()
		again := strings.HasSuffix(t.Name(), "twice")
		if n := allowed.Load(); n > 37 || n < 37 && !again {
			t.Errorf("%d were allowed, want 37", n)
		}
		if n, err := l.Redis().Exists(t.Context(), "ff:{all}:rate").Result(); n != 1 || err != nil {
			t.Errorf("Redis did not count: %v", err)
		}
	})
}

func TestLimiter(t *testing.T) {
	l := live.NewLimiter()
	for i := range 3 {
		if ok, wait := l.Allow("ann", 3, time.Minute); !ok {
			t.Errorf("number %d has to wait %v", i+1, wait)
		}
	}
	for range 2 { // a refusal uses nothing up
		if ok, wait := l.Allow("ann", 3, time.Minute); ok || wait > 20*time.Second || wait < 15*time.Second {
			t.Errorf("one too many: %v, to wait %v", ok, wait)
		}
	}
	if ok, _ := l.Allow("bob", 3, time.Minute); !ok {
		t.Error("somebody else has to wait")
	}
	if ok, wait := l.Allow("ann", 0, time.Minute); ok || wait != time.Minute {
		t.Errorf("of nothing: %v %v", ok, wait)
	}
}

func TestLimiterIsBounded(t *testing.T) {
	l := live.NewLimiter()
	for i := range live.MaxLimits * 5 / 4 {
		l.Allow(fmt.Sprint(i), 1, time.Hour)
	}
	if n := l.Len(); n > live.MaxLimits || n < live.MaxLimits/2 {
		t.Errorf("it keeps %d limits, at most %d", n, live.MaxLimits)
	}
}
