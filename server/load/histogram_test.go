package load_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/load"
)

// A quantile is never less than the true one, and more by a thirty-second at most.
func TestQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 100), rapid.Int64Range(0, 4e9)), 1, 200).Draw(t, "microseconds")
		var h load.Histogram
		for _, us := range times {
			h.Add(time.Duration(us) * time.Microsecond)
		}
		slices.Sort(times)
		if most := h.Most().Microseconds(); most != times[len(times)-1] {
			t.Fatalf("most %d, want %d", most, times[len(times)-1])
		}
		c := h.Counts()
		for _, share := range []float64{.01, .5, .9, .99, .999, 1} {
			rank := max(1, int(share*float64(len(times))+.5))
			want, got := times[rank-1], c.Quantile(share).Microseconds()
			if got < want || got-want >= max(1, want/32) {
				t.Fatalf("quantile %v of %v is %d, want %d", share, times, got, want)
			}
		}
	})
}

func TestCounts(t *testing.T) {
	var h load.Histogram
	if h.Counts().Quantile(.5) != 0 || h.Counts().Total() != 0 {
		t.Error("an empty histogram has times")
	}
	h.Add(-time.Second)
	h.Add(100 * 24 * time.Hour) // longer than it can tell
	before := h.Counts()
	h.Add(time.Millisecond)
	since := h.Counts()
	since.Add(before, -1)
	if since.Total() != 1 || before.Total() != 2 || since.Quantile(.5) < time.Millisecond || since.Quantile(.5) > 1033*time.Microsecond {
		t.Errorf("%d since, at %v", since.Total(), since.Quantile(.5))
	}
}
