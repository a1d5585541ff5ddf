package motion

import "math"

// Pendulum is what hangs on a cord in a room that moves: a bob with a tail below it. It is stepped in
// fixed small steps, so that it moves the same at any frame rate, and stays bounded after a long frame.
//
// Its equation is that of a damped pendulum whose pivot is accelerated; beyond a soft bound the pull
// back grows.
type Pendulum struct {
	Angle Axis // rad, from straight down, seen from the front; the bob goes left where it is positive
	Nod   Axis // rad, towards who looks
	Lift  Axis // px that the bob is above its place
	Tail  Axis // rad, of the tail against the bob
	Hang  float64

	pull Force   // what the room does, dying away unless it is said again
	held bool    // by a finger
	to   float64 // the angle that the finger asks for
	left float64 // s, less than a step
}

// Axis is one way of the bob to move: where it is, and how fast.
type Axis struct{ At, Speed float64 }

const (
	step    = 1.0 / 240 // s
	stiff   = 42.0      // 1/s², about one swing a second
	drag    = 2.6       // 1/s
	bound   = .27       // rad, from where the pull back grows
	wall    = 640.0     // 1/s², how much it grows
	grip    = 60.0      // 1/s, of a finger: critically damped
	reach   = .5        // rad, as far as a finger moves it
	flick   = 7.0       // rad/s
	lasting = .06       // s, of a pull that is not said again
)

// What a pull of a m/s² does to each way of moving.
const (
	swingShare = .55 // rad/s² for each m/s²
	nodShare   = .45
	liftShare  = 34.0 // px/s² for each m/s²
)

// Knock sets it moving: side in rad/s, nod in rad/s, lift in px/s. A knock against its movement turns
// it, so that a quick tapper does not hold it still.
func (p *Pendulum) Knock(side, nod, lift float64) {
	p.Angle.knock(side, 4.2)
	p.Nod.knock(nod, 4)
	p.Lift.knock(lift, 500)
	p.Tail.knock(1.4*side, 9)
}

func (s *Axis) knock(speed, most float64) {
	if s.Speed*speed < 0 {
		s.Speed *= .3
	}
	s.Speed = math.Max(-most, math.Min(most, s.Speed+speed))
}

// Pull says how the room is accelerated at this moment.
func (p *Pendulum) Pull(f Force) { p.pull = f }

// Hold has a finger move the bob towards an angle.
func (p *Pendulum) Hold(angle float64) {
	p.held, p.to = true, math.Max(-reach, math.Min(reach, angle))
}

// Let lets go: it swings on as fast as a cord lets it.
func (p *Pendulum) Let() {
	if p.held {
		p.Angle.Speed = math.Max(-flick, math.Min(flick, p.Angle.Speed))
	}
	p.held = false
}

// Held says whether a finger has it.
func (p *Pendulum) Held() bool { return p.held }

// Step moves it on by dt seconds and says whether it still moves visibly.
func (p *Pendulum) Step(dt float64) bool {
	for p.left += dt; p.left >= step; p.left -= step {
		p.once()
	}
	return !p.rests()
}

func (p *Pendulum) once() {
	before := p.Angle.Speed
	if p.held {
		p.Angle.damped(p.to, grip, 2*grip)
	} else {
		off := p.Angle.At - p.Hang
		push := -stiff*math.Sin(off) - drag*p.Angle.Speed + swingShare*p.pull.X
		if over := math.Abs(p.Angle.At) - bound; over > 0 {
			push -= math.Copysign(wall*over, p.Angle.At) + 6*p.Angle.Speed
		}
		p.Angle.push(push)
	}
	turned := (p.Angle.Speed - before) / step
	p.Tail.push(-90*math.Sin(p.Tail.At) - 4.2*p.Tail.Speed - .55*math.Max(-120, math.Min(120, turned)) - wall*beyond(p.Tail.At, .9))
	p.Nod.push(-70*p.Nod.At - 5.5*p.Nod.Speed + nodShare*p.pull.Z - wall*beyond(p.Nod.At, .5))
	p.Lift.push(-260*p.Lift.At - 15*p.Lift.Speed - liftShare*p.pull.Y - 2*wall*beyond(p.Lift.At, 26))
	fade := 1 - step/lasting
	p.pull = Force{p.pull.X * fade, p.pull.Y * fade, p.pull.Z * fade}
}

// beyond is how far v is outside of a bound on either side.
func beyond(v, bound float64) float64 {
	if over := math.Abs(v) - bound; over > 0 {
		return math.Copysign(over, v)
	}
	return 0
}

func (s *Axis) push(by float64) {
	s.Speed += by * step
	s.At += s.Speed * step
}

func (s *Axis) damped(to, rate, resist float64) {
	s.push(-rate*rate*(s.At-to) - resist*s.Speed)
}

func (s *Axis) rests(at, near, slow float64) bool {
	return math.Abs(s.At-at) < near && math.Abs(s.Speed) < slow
}

// rests says whether nobody can see it move; then it is where it comes to rest.
func (p *Pendulum) rests() bool {
	if math.Abs(p.pull.X)+math.Abs(p.pull.Y)+math.Abs(p.pull.Z) > .3 {
		return false
	}
	to := p.Hang
	if p.held {
		to = p.to
	}
	if !p.Angle.rests(to, .0015, .02) || !p.Tail.rests(0, .006, .06) || !p.Nod.rests(0, .004, .03) || !p.Lift.rests(0, .2, 2) {
		return false
	}
	p.Angle, p.Tail, p.Nod, p.Lift = Axis{At: to}, Axis{}, Axis{}, Axis{}
	p.pull, p.left = Force{}, 0
	return true
}

// Still puts it to rest at once.
func (p *Pendulum) Still() { *p = Pendulum{} }
