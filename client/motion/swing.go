package motion

import "math"

// Swing is a card on a cord: a damped pendulum. Angle is in radians from straight down.
type Swing struct {
	Angle, Speed float64
}

const (
	swingStiff = 46.0 // 1/s², how fast it comes back: about one swing a second
	swingDrag  = 3.2  // 1/s
	swingMost  = 0.6  // rad, the farthest
)

// Push gives it a knock, in rad/s; against its movement a knock turns it, so that a quick tapper
// does not hold it still.
func (s *Swing) Push(speed float64) {
	if s.Speed*speed < 0 {
		s.Speed *= 0.3
	}
	s.Speed = math.Max(-6, math.Min(6, s.Speed+speed))
}

// Step moves it on by dt seconds and says whether it still moves visibly.
func (s *Swing) Step(dt float64) bool {
	const step = 1.0 / 120
	for ; dt > 0; dt -= step {
		h := math.Min(dt, step)
		s.Speed += (-swingStiff*math.Sin(s.Angle) - swingDrag*s.Speed) * h
		s.Angle += s.Speed * h
	}
	if math.Abs(s.Angle) > swingMost {
		s.Angle = math.Copysign(swingMost, s.Angle)
		s.Speed *= -0.4
	}
	if math.Abs(s.Angle) < 0.0015 && math.Abs(s.Speed) < 0.02 {
		s.Angle, s.Speed = 0, 0
		return false
	}
	return true
}
