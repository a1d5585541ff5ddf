package load

import (
	"math/bits"
	"sync/atomic"
	"time"
)

// subBits is how fine a histogram is: each power of two is cut into 2^subBits parts, so that a
// quantile is off by 3 percent at most.
const subBits = 5

// buckets are enough for 70 minutes.
const buckets = (32 - subBits + 1) << subBits

// Histogram counts times by microseconds; many goroutines may add to it.
type Histogram struct {
	counts [buckets]atomic.Int64
	most   atomic.Int64 // microseconds
}

// Add counts a time.
func (h *Histogram) Add(d time.Duration) {
	us := uint64(max(0, d.Microseconds()))
	h.counts[bucket(us)].Add(1)
	for {
		most := h.most.Load()
		if int64(us) <= most || h.most.CompareAndSwap(most, int64(us)) {
			return
		}
	}
}

func bucket(us uint64) int {
	if us < 1<<subBits {
		return int(us)
	}
	shift := bits.Len64(us) - subBits - 1
	return min(buckets-1, (shift+1)<<subBits+int(us>>shift)-1<<subBits)
}

// ceiling gives the greatest number of microseconds that a bucket holds.
func ceiling(bucket int) int64 {
	if bucket < 1<<subBits {
		return int64(bucket)
	}
	shift := bucket>>subBits - 1
	return (int64(bucket&(1<<subBits-1)+1<<subBits)+1)<<shift - 1
}

// Counts are those of a histogram at one time.
type Counts [buckets]int64

// Counts gives what has been counted so far.
func (h *Histogram) Counts() *Counts {
	var c Counts
	for i := range c {
		c[i] = h.counts[i].Load()
	}
	return &c
}

// Most gives the longest time.
func (h *Histogram) Most() time.Duration { return time.Duration(h.most.Load()) * time.Microsecond }

// Add adds counts, or with a factor of -1 takes them away.
func (c *Counts) Add(d *Counts, factor int64) {
	for i := range c {
		c[i] += factor * d[i]
	}
}

// Total gives how many times were counted.
func (c *Counts) Total() int64 {
	total := int64(0)
	for _, n := range c {
		total += n
	}
	return total
}

// Quantile gives the time that a share of the counted do not exceed.
func (c *Counts) Quantile(share float64) time.Duration {
	rank := int64(share*float64(c.Total()) + .5)
	for i, n := range c {
		if rank -= n; rank <= 0 && n > 0 {
			return time.Duration(ceiling(i)) * time.Microsecond
		}
	}
	return 0
}
