package motion

import (
	"math"
	"time"
)

// What a hand does with a phone when it shakes it: it reverses three to six times a second, each time
// at more than the acceleration of a walk. A phone put down rings too, but once, or much faster.
const (
	shakeForce   = 8.0 // m/s², beyond the slow part of the signal
	shakeStreak  = 3   // reversals in a row before the first one counts
	shakeSoonest = 60 * time.Millisecond
	shakeLatest  = 450 * time.Millisecond
	shakeApart   = 120 * time.Millisecond // between two counted shakes
	slowPart     = 400 * time.Millisecond // time constant of what is taken for gravity
)

// Shaker tells the shakes in a stream of accelerations. The zero Shaker is ready.
type Shaker struct {
	slow    vector // gravity and drift, followed slowly
	begun   bool
	last    time.Duration // of the last sample
	peak    vector        // of the present swing
	peakAt  time.Duration
	streak  int
	counted time.Duration
}

type vector struct{ x, y, z float64 }

func (v vector) minus(w vector) vector { return vector{v.x - w.x, v.y - w.y, v.z - w.z} }
func (v vector) dot(w vector) float64  { return v.x*w.x + v.y*w.y + v.z*w.z }
func (v vector) size() float64         { return math.Sqrt(v.dot(v)) }

// Add takes one sample, in m/s² with or without gravity, at a time since any fixed start, and says
// whether it completes a shake. A sample with a NaN, which is how a sensor's null arrives, is ignored.
func (s *Shaker) Add(at time.Duration, x, y, z float64) bool {
	v := vector{x, y, z}
	if size := v.size(); math.IsNaN(size) || math.IsInf(size, 0) {
		return false
	}
	if !s.begun || at < s.last || at-s.last > time.Second {
		*s = Shaker{begun: true, slow: v, last: at, counted: at - shakeApart}
		return false
	}
	share := float64(at-s.last) / float64(slowPart)
	s.last = at
	moved := v.minus(s.slow)
	share = math.Min(share, 1)
	s.slow = vector{s.slow.x + share*moved.x, s.slow.y + share*moved.y, s.slow.z + share*moved.z}
	if moved.size() < shakeForce {
		return false
	}
	return s.swing(at, moved)
}

// swing takes a sample that is strong enough.
func (s *Shaker) swing(at time.Duration, v vector) bool {
	since := at - s.peakAt
	if s.streak == 0 || since > shakeLatest {
		s.peak, s.peakAt, s.streak = v, at, 1
		return false
	}
	if v.dot(s.peak) > -0.3*v.size()*s.peak.size() {
		if v.size() > s.peak.size() {
			s.peak = v // the same swing, not yet at its strongest
		}
		return false
	}
	if since < shakeSoonest {
		s.streak = 0 // too fast for a hand: a knock that rings
		return false
	}
	s.peak, s.peakAt = v, at
	s.streak++
	if s.streak < shakeStreak || at-s.counted < shakeApart {
		return false
	}
	s.counted = at
	return true
}
