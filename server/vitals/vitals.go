package vitals

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
)

const (
	every  = 5 * time.Second
	window = 12 // looks; together a minute
)

// Vitals follows the metrics of this process.
type Vitals struct {
	Registry prometheus.Gatherer
	Strain   func() float64 // 1 at rest

	mu    sync.Mutex
	looks []look // the oldest first
}

// look is what the metrics had counted at a time.
type look struct {
	at       time.Time
	requests uint64
	failed   uint64 // 5xx
	refused  uint64 // 429
	draws    hist
}

// hist is a histogram: counts of what took no longer than a bound, each counting those before too.
type hist struct {
	bounds []float64 // seconds
	counts []uint64
	total  uint64
}

// Sign is how the server fared of late.
type Sign struct {
	Known           bool
	Span            time.Duration
	PerSecond       float64 // requests
	Failed, Refused float64 // shares of them
	P50, P99        time.Duration
	Over            bool // P99 is more than that, the longest that is measured
	Draws           uint64
	Strain          float64
}

// Run looks until ctx ends.
func (v *Vitals) Run(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		v.Look(time.Now())
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Look looks at the metrics now.
func (v *Vitals) Look(now time.Time) {
	families, err := v.Registry.Gather()
	if err != nil {
		return
	}
	l := look{at: now}
	for _, f := range families {
		if f.GetName() == "fivefold_request_seconds" {
			for _, m := range f.GetMetric() {
				l.add(m)
			}
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.looks = append(v.looks, l)
	if len(v.looks) > window+1 {
		v.looks = v.looks[1:]
	}
}

func (l *look) add(m *dto.Metric) {
	h := m.GetHistogram()
	n := h.GetSampleCount()
	l.requests += n
	status, route := "", ""
	for _, label := range m.GetLabel() {
		switch label.GetName() {
		case "status":
			status = label.GetValue()
		case "route":
			route = label.GetValue()
		}
	}
	switch {
	case strings.HasPrefix(status, "5"):
		l.failed += n
	case status == "429":
		l.refused += n
	case status == "200" && strings.HasSuffix(route, "/draws"):
		l.draws.add(h)
	}
}

func (d *hist) add(h *dto.Histogram) {
	if d.bounds == nil {
		d.bounds, d.counts = make([]float64, len(h.GetBucket())), make([]uint64, len(h.GetBucket()))
	}
	for i, b := range h.GetBucket() {
		if i < len(d.bounds) {
			d.bounds[i] = b.GetUpperBound()
			d.counts[i] += b.GetCumulativeCount()
		}
	}
	d.total += h.GetSampleCount()
}

// Sign says how the server fared in the last minute, or since it began where that is less.
func (v *Vitals) Sign() Sign {
	v.mu.Lock()
	defer v.mu.Unlock()
	s := Sign{Strain: 1}
	if v.Strain != nil {
		s.Strain = v.Strain()
	}
	if len(v.looks) < 2 {
		return s
	}
	first, last := v.looks[0], v.looks[len(v.looks)-1]
	s.Known, s.Span = true, last.at.Sub(first.at)
	requests := float64(last.requests - first.requests)
	s.PerSecond = requests / s.Span.Seconds()
	if requests > 0 {
		s.Failed = float64(last.failed-first.failed) / requests
		s.Refused = float64(last.refused-first.refused) / requests
	}
	d := last.draws.minus(first.draws)
	s.Draws = d.total
	s.P50, _ = d.quantile(.5)
	s.P99, s.Over = d.quantile(.99)
	return s
}

func (d hist) minus(before hist) hist {
	diff := hist{bounds: d.bounds, counts: make([]uint64, len(d.counts)), total: d.total - before.total}
	for i := range d.counts {
		diff.counts[i] = d.counts[i]
		if i < len(before.counts) {
			diff.counts[i] -= before.counts[i]
		}
	}
	return diff
}

// quantile gives the time that a share of all did not exceed, between two bounds by the straight line;
// true: it is longer than the last bound.
func (d hist) quantile(q float64) (time.Duration, bool) {
	if d.total == 0 {
		return 0, false
	}
	want, low, below := q*float64(d.total), 0.0, 0.0
	for i, bound := range d.bounds {
		if n := float64(d.counts[i]); n >= want {
			return time.Duration((low + (bound-low)*(want-below)/(n-below)) * float64(time.Second)), false
		}
		low, below = bound, float64(d.counts[i])
	}
	return time.Duration(low * float64(time.Second)), true
}
