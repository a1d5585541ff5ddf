package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// hang is the card on its cord.
type hang struct {
	card    motion.Swing
	tassel  motion.Swing
	side    float64
	working float64 // s for which it still rustles by itself
	nudge   float64 // s until it next does
	lit     float64 // 0 dark, 1 lit, on its way between them
	come    float64 // 0 above the stage, 1 in its place
	begun   bool
}

// rustle is how long the card hides the server's delay; after that the page says what is wrong.
const rustle = 4.0

// Shake knocks the card.
func (w *World) Shake() {
	h := &w.hang
	if h.side == 0 {
		h.side = 1
	}
	h.side = -h.side
	w.cue(sound.Shake)
	w.dirty = true
	if w.Still {
		return
	}
	h.card.Push(3.4 * h.side)
	h.tassel.Push(5 * h.side)
}

// Working says that the server is asked; the card rustles meanwhile.
func (w *World) Working(on bool) {
	if !on {
		w.hang.working = 0
	} else if w.hang.working == 0 {
		w.hang.working, w.dirty = rustle, true
	}
}

// Miss lets some paper fall.
func (w *World) Miss() {
	w.cue(sound.Miss)
	w.dirty = true
	if w.Still {
		return
	}
	at := w.centre()
	w.scraps.Puff(widget.Point{X: at.X, Y: at.Y + w.cardWidth()*.3}, w.cardWidth()*.7)
}

func (h *hang) step(w *World, dt float64) bool {
	if !h.begun {
		h.begun, h.come, h.lit = true, 1, light(w.mode)
	}
	moving := h.card.Step(dt)
	moving = h.tassel.Step(dt) || moving
	if h.working > 0 {
		h.working = max(0.001, h.working-dt)
		h.nudge -= dt
		if h.nudge <= 0 && h.working > .01 && !w.Still {
			h.nudge = .28
			h.side = -h.side
			h.card.Push(.7 * h.side)
			h.tassel.Push(1.2 * h.side)
			moving = true
		}
		moving = moving || h.working > .01
	}
	if want := light(w.mode); h.lit != want {
		h.lit = approach(h.lit, want, dt/.4)
		moving = true
	}
	if h.come < 1 && !w.prizes.holds() {
		h.come = min(1, h.come+dt/.55)
		moving = true
	}
	return moving
}

func light(m Mode) float64 {
	if m == Rest {
		return 0
	}
	return 1
}

func approach(from, to, by float64) float64 {
	if from < to {
		return min(to, from+by)
	}
	return max(to, from-by)
}

// pose gives where the card is and how it leans.
func (h *hang) pose(w *World) (widget.Point, float64) {
	m := w.centre()
	pivot := widget.Point{X: m.X, Y: w.Stage.Y - 60}
	rise := (1 - motion.Spring(motion.InOut(h.come))) * (w.Stage.H + 80)
	length := m.Y - pivot.Y - rise
	sin, cos := math.Sincos(h.card.Angle)
	return widget.Point{X: pivot.X - length*sin, Y: pivot.Y + length*cos}, h.card.Angle
}

func (h *hang) draw(w *World, b *sprite.Batch) {
	if w.prizes.holds() {
		return
	}
	at, angle := h.pose(w)
	width := w.cardWidth()
	half := width / widget.Ratio / 2
	sin, cos := math.Sincos(angle)
	top := widget.Point{X: at.X + (half-4)*sin, Y: at.Y - (half-4)*cos}
	up := half + at.Y - w.Stage.Y + 70
	widget.Cord(b, widget.Point{X: top.X + up*sin, Y: top.Y - up*cos}, top, 1)
	drop := width * .13
	swing := angle + h.tassel.Angle
	tsin, tcos := math.Sincos(swing)
	foot := widget.Point{X: at.X - (half-3)*sin, Y: at.Y + (half-3)*cos}
	b.Add(sprite.Mark{ID: sprite.Tassel, X: foot.X - drop*1.1*tsin, Y: foot.Y + drop*1.1*tcos, W: drop, H: drop * 2.25, Angle: swing, Alpha: 1})
	widget.Card{At: at, Width: width, Angle: angle, Alpha: 1, Lit: h.lit}.Draw(b)
}
