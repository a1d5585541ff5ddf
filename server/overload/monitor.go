package overload

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Monitor follows the strain on this process. Its zero value bears nothing and refuses nothing
// until Run runs.
type Monitor struct {
	strain atomic.Uint64 // float64 bits; 0 stands for 1
}

// every is how often the strain is looked at.
const every = 100 * time.Millisecond

// schedLatencies is how long goroutines have waited in the run queue before they ran: with more
// requests than processors it is what grows first, while the handlers themselves stay quick.
const schedLatencies = "/sched/latencies:seconds"

// Run follows the strain until ctx ends.
func (m *Monitor) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	sample := []metrics.Sample{{Name: schedLatencies}}
	var before []uint64
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		metrics.Read(sample)
		h := sample[0].Value.Float64Histogram()
		m.set(next(m.Strain(), waited(before, h)))
		before = append(before[:0], h.Counts...)
	}
}

// waited gives the median wait since an earlier look at the histogram.
func waited(before []uint64, h *metrics.Float64Histogram) time.Duration {
	since := func(i int) uint64 {
		if i < len(before) {
			return h.Counts[i] - before[i]
		}
		return h.Counts[i]
	}
	total := uint64(0)
	for i := range h.Counts {
		total += since(i)
	}
	seen := uint64(0)
	for i := range h.Counts {
		seen += since(i)
		if 2*seen >= total && total > 0 {
			return time.Duration(max(0, h.Buckets[i]) * float64(time.Second))
		}
	}
	return 0
}

// Strain is 1 at rest, and how many times the pace clients are asked to keep under load.
func (m *Monitor) Strain() float64 {
	if bits := m.strain.Load(); bits != 0 {
		return math.Float64frombits(bits)
	}
	return 1
}

func (m *Monitor) set(strain float64) { m.strain.Store(math.Float64bits(strain)) }

// Pace gives how long a client is asked to wait between requests, jittered by a fifth so that a
// crowd does not march in step.
func (m *Monitor) Pace(base time.Duration) time.Duration {
	pace := time.Duration(float64(base) * m.Strain())
	return pace*4/5 + rand.N(pace*2/5+1)
}

// Spare says whether a request is not to be answered now.
func (m *Monitor) Spare(kind Kind) bool {
	strain := m.Strain()
	return strain > readsFrom && rand.Float64() < refused(kind, strain)
}

// SpareDraw is Spare of a Draw.
func (m *Monitor) SpareDraw() bool { return m.Spare(Draw) }

// Admit refuses a request that is to be spared. Code: overloaded, with when to ask again.
func (m *Monitor) Admit(kind Kind, base time.Duration) error {
	if !m.Spare(kind) {
		return nil
	}
	return &game.Error{Code: game.CodeOverloaded, RetryAfter: m.Pace(base)}
}
