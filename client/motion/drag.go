package motion

import (
	"math"
	"time"
)

// What a finger does that shakes by dragging.
const (
	dragFar  = 34.0 // px that it goes one way, at least
	dragSlow = 450 * time.Millisecond
)

// Drag tells the shakes in a finger's or a mouse's going to and fro: one for each.
type Drag struct {
	turn  float64 // where it last turned
	far   float64 // the farthest from there
	way   float64 // -1, 0 or 1
	since time.Duration
	turns int
}

// Begin starts a drag at a place from left to right, in px.
func (d *Drag) Begin(x float64, at time.Duration) { *d = Drag{turn: x, far: x, since: at} }

// Move goes on to a place and says whether that completes a shake.
func (d *Drag) Move(x float64, at time.Duration) bool {
	if d.way == 0 {
		if math.Abs(x-d.turn) >= dragFar {
			d.way, d.far, d.since = math.Copysign(1, x-d.turn), x, at
		}
		return false
	}
	if (x-d.far)*d.way > 0 {
		d.far = x
		return false
	}
	if math.Abs(x-d.far) < dragFar {
		return false
	}
	quick := at-d.since < dragSlow
	d.turn, d.far, d.way, d.since = d.far, x, -d.way, at
	if !quick {
		d.turns = 0 // carried about, not shaken
		return false
	}
	d.turns++
	return d.turns%2 == 0
}
