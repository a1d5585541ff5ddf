package motion

import (
	"math"
	"time"
)

// Sample is what a phone's motion sensor says at one moment, along the page's axes: x to the right, y
// up, z out of it. What it does not know is NaN. Gravity is a 9.8 m/s² that points up or down: makers
// do not agree on the sign.
type Sample struct {
	At      time.Duration // since any fixed start
	X, Y, Z float64       // m/s², without gravity
	GX      float64       // m/s², with it
	GY, GZ  float64
}

// Sensor makes of samples what the game wants to know: shakes, and how the phone pulls at what hangs in
// it. The zero Sensor is ready.
type Sensor struct {
	Pull Force   // of the last sample
	Hang float64 // rad, which way down is on the page; 0 where nobody can say
	Back float64 // rad, how far the phone leans back: 0 upright, π/2 flat

	shaker  Shaker
	begun   bool
	last    time.Duration
	gravity vector // followed slowly
	unit    float64
}

// Force is an acceleration along the page's axes, in m/s².
type Force struct{ X, Y, Z float64 }

const (
	slowPart = 400 * time.Millisecond // time constant of what is taken for gravity
	pause    = time.Second            // without samples; what came before says nothing
	standard = 9.81
	tremor   = 0.7 // m/s², that a resting hand makes
)

func known(v vector) bool {
	size := v.size()
	return !math.IsNaN(size) && !math.IsInf(size, 0)
}

// Add takes a sample, and gives how strong the shake is that it completes: about 0 for a soft one, 1
// for a hard one; ok says whether there is one.
func (s *Sensor) Add(p Sample) (force float64, ok bool) {
	moved, whole := vector{p.X, p.Y, p.Z}, vector{p.GX, p.GY, p.GZ}
	if !known(moved) && !known(whole) {
		s.Pull = Force{}
		return 0, false
	}
	// Clocks of sensors stumble: a step back is none, and many samples can bear one time.
	since := max(0, p.At-s.last)
	if !s.begun || since > pause || p.At < s.last-pause {
		*s = Sensor{begun: true, last: p.At, gravity: whole, unit: 1, Hang: s.Hang, Back: s.Back}
		return 0, false
	}
	s.last += since
	if known(whole) {
		s.follow(whole, since)
	}
	if !known(moved) {
		moved = whole.minus(s.gravity)
	}
	moved = moved.times(s.unit)
	s.pull(moved)
	return s.shaker.add(s.last, moved, s.gravity)
}

// follow keeps what is steady in the acceleration, which is gravity. Some sensors count in g.
func (s *Sensor) follow(whole vector, since time.Duration) {
	if !known(s.gravity) {
		s.gravity = whole
	}
	share := math.Min(1, float64(since)/float64(slowPart))
	s.gravity = s.gravity.plus(whole.minus(s.gravity).times(share))
	// What hangs follows a phone that is held upright and leans. The angle is the same whichever way
	// gravity points; with the phone flat there is none.
	up, size := math.Abs(s.gravity.y), s.gravity.size()
	if size == 0 {
		return
	}
	switch {
	case size > 4:
		s.unit = 1
	case size > .8 && size < 1.2:
		s.unit = standard
	}
	s.Back = math.Atan2(math.Abs(s.gravity.z), up)
	s.Hang = Part(up/size, .35, .7) * math.Atan(s.gravity.x/math.Max(up, 1e-6)) * math.Copysign(1, s.gravity.y)
}

// pull keeps what the phone's movement does to what hangs in it; a resting hand does nothing.
func (s *Sensor) pull(v vector) {
	size := v.size()
	if size < tremor {
		s.Pull = Force{}
		return
	}
	v = v.times((size - tremor) / size)
	if s.gravity.y < 0 {
		v = v.times(-1) // a maker with the other sign
	}
	s.Pull = Force{v.x, v.y, v.z}
}
