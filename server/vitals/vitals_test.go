package vitals_test

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fivefold/fivefold/server/vitals"
)

// What is told is of the last minute alone.
func TestSign(t *testing.T) {
	registry := prometheus.NewRegistry()
	requests := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "fivefold_request_seconds", Buckets: []float64{.001, .01, .1},
	}, []string{"route", "status"})
	registry.MustRegister(requests)
	draws := requests.WithLabelValues("POST /api/v1/campaigns/:slug/draws", "200")
	v := &vitals.Vitals{Registry: registry, Strain: func() float64 { return 2 }}
	if s := v.Sign(); s.Known || s.Strain != 2 {
		t.Errorf("before any look: %+v", s)
	}
	for range 1000 {
		draws.Observe(.09) // long ago
	}
	begin := time.Now()
	v.Look(begin)
	for i := range 100 {
		draws.Observe(.005)
		if i%10 == 0 {
			requests.WithLabelValues("GET /api/v1/campaigns", "503").Observe(.005)
			requests.WithLabelValues("POST /api/v1/players", "429").Observe(.005)
		}
	}
	v.Look(begin.Add(10 * time.Second))
	s := v.Sign()
	if !s.Known || s.Draws != 100 || s.PerSecond != 12 || s.Failed < .083 || s.Failed > .084 || s.Refused != s.Failed {
		t.Errorf("%+v", s)
	}
	if s.P50 < 5*time.Millisecond || s.P50 > 6*time.Millisecond || s.P99 > 10*time.Millisecond || s.Over {
		t.Errorf("p50 %s, p99 %s", s.P50, s.P99)
	}
	for range 100 {
		draws.Observe(3)
	}
	v.Look(begin.Add(15 * time.Second))
	if s := v.Sign(); s.P99 != 100*time.Millisecond || !s.Over {
		t.Errorf("beyond what is measured: %s, %t", s.P99, s.Over)
	}
	for i := range 20 {
		v.Look(begin.Add(time.Duration(20+5*i) * time.Second))
	}
	if s := v.Sign(); s.Draws != 0 || s.PerSecond != 0 || s.Span != time.Minute {
		t.Errorf("a quiet minute: %+v", s)
	}
}
