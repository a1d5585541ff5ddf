package rest_test

import "testing"

// The document has the counts as they were last read, and keeps them while Redis is away.
func TestCountsInPublic(t *testing.T) {
	w := newWorld(t)
	check := func(draws, sampledOut int64) {
		t.Helper()
		if d := document(w); d.Draws != draws || d.SampledOut != sampledOut {
			t.Errorf("%d draws and %d sampled out, want %d and %d", d.Draws, d.SampledOut, draws, sampledOut)
		}
	}
	check(0, 0)
	w.redis.draws, w.redis.sampledOut = 7000, 64
	check(0, 0) // no request asks Redis
	if err := w.rest.Counts.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	check(7000, 64)
	w.redis.draws, w.redis.away = 9000, true
	if err := w.rest.Counts.Refresh(t.Context()); err == nil {
		t.Error("counts that could not be read were no error")
	}
	check(7000, 64)
}
