package motion

import (
	"math"
	"time"
)

// What a hand does with a phone when it shakes it: it goes to and fro three to six times a second, as
// hard each way. A step of walking is slower and weaker; one of running comes less than three and a half
// times a second, lies along gravity, and on its way down can be no stronger than free fall. A phone put
// down rings, but once, or much faster than a hand.
const (
	shakeForce   = 7.5 // m/s²
	shakeHard    = 30  // m/s², of a shake that is called hard
	shakeSoonest = 50 * time.Millisecond
	shakeLatest  = 260 * time.Millisecond
	fall         = 13 // m/s², free fall and the swing of an arm
	gait         = 285 * time.Millisecond
)

// Shaker tells the shakes in a stream of accelerations without gravity: one for each to and fro.
type Shaker struct {
	swings [3]swing // the last ones, the present one first
	begun  bool
	turns  int // since the last shake, or since it began
}

// swing is a half of a to and fro.
type swing struct {
	began time.Duration
	peak  vector
}

// add takes one sample and says whether it completes a shake, and how strong that is.
func (s *Shaker) add(at time.Duration, v, gravity vector) (force float64, ok bool) {
	size := v.size()
	if size < shakeForce {
		return 0, false
	}
	now := &s.swings[0]
	since := at - now.began
	if !s.begun || since > shakeLatest {
		*s = Shaker{begun: true}
		s.swings[0] = swing{at, v}
		return 0, false
	}
	if v.dot(now.peak) > -.3*size*now.peak.size() {
		if size > now.peak.size() {
			now.peak = v // the same swing, not yet at its strongest
		}
		return 0, false
	}
	if since < shakeSoonest {
		s.begun = false // too fast for a hand: a knock that rings
		return 0, false
	}
	return s.turn(at, v, gravity)
}

// turn begins a swing the other way.
func (s *Shaker) turn(at time.Duration, v, gravity vector) (force float64, ok bool) {
	copy(s.swings[1:], s.swings[:])
	s.swings[0] = swing{at, v}
	if s.turns++; s.turns < 2 || s.steps(gravity) {
		return 0, false
	}
	s.turns = 0
	peak := math.Max(s.swings[1].peak.size(), s.swings[2].peak.size())
	return Part(peak, shakeForce, shakeHard), true
}

// steps says whether the last two swings may be a step of somebody who runs.
func (s *Shaker) steps(gravity vector) bool {
	if !known(gravity) || s.swings[0].began-s.swings[2].began < gait {
		return false
	}
	size := gravity.size()
	if size == 0 {
		return false
	}
	a, b := s.swings[1].peak.dot(gravity)/size, s.swings[2].peak.dot(gravity)/size
	along := math.Abs(a) > .6*s.swings[1].peak.size() && math.Abs(b) > .6*s.swings[2].peak.size()
	return along && math.Min(math.Abs(a), math.Abs(b)) < fall
}
