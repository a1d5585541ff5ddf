package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/widget"
)

// grab is a finger on the card.
type grab struct {
	on, moved bool
	from      widget.Point
	lean      float64 // the card's angle less the finger's
}

// slip is how far a finger moves, in px, before it drags: a tap is no drag.
const slip = 7

// Drag has a finger go down, or on to a place.
func (w *World) Drag(to widget.Point) {
	h := &w.hang
	if w.Still || w.mode != Hang || w.Revealing() {
		w.Drop()
		return
	}
	if !h.grab.on {
		h.grab = grab{on: true, from: to}
		return
	}
	if !h.grab.moved && math.Hypot(to.X-h.grab.from.X, to.Y-h.grab.from.Y) < slip {
		return
	}
	seen := w.seen(to)
	if !h.grab.moved {
		h.grab.moved, h.grab.lean = true, h.bob.Angle.At-w.seen(h.grab.from)
	}
	h.bob.Hold(h.grab.lean + seen)
	w.dirty = true
}

// Drop has it let go.
func (w *World) Drop() {
	if w.hang.bob.Held() {
		w.dirty = true
	}
	w.hang.grab = grab{}
	w.hang.bob.Let()
}

// seen is the angle at which the pivot sees a place.
func (w *World) seen(at widget.Point) float64 {
	pivot := w.pivot()
	return math.Atan2(pivot.X-at.X, math.Max(40, at.Y-pivot.Y))
}

// lull is how much down must change, in rad, for the card to follow: a hand is never quite still.
const lull = .012

// Sway says how the phone pulls at what hangs in it, where down is and how far it leans back, by which
// gold glitters. It says whether that changes anything.
func (w *World) Sway(pull motion.Force, down, back float64) bool {
	h := &w.hang
	if w.Still {
		return false
	}
	down = .55 * math.Max(-.4, math.Min(.4, down))
	hangs, leans := math.Abs(down-h.bob.Hang) >= lull, math.Abs(back-h.back) >= 2*lull
	if pull == (motion.Force{}) && !hangs && !leans {
		return false
	}
	if hangs {
		h.bob.Hang = down
	}
	if leans {
		h.back = back
	}
	h.bob.Pull(pull)
	h.beside.sway(pull, h.bob.Hang)
	w.dirty = true
	return true
}
