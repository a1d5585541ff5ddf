package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// hang is the card on its cord, and the light that gathers behind it.
type hang struct {
	bob     motion.Pendulum
	beside  lanterns
	side    float64
	working float64 // s for which it still rustles by itself
	nudge   float64 // s until it next does
	lit     float64 // 0 dark, 1 lit, on its way between them
	come    float64 // 0 above the stage, 1 in its place
	begun   bool

	flash  float64 // 1 as a shake lands, dying away
	zeal   float64 // grows with every shake, dies away: what a good shaker feels
	charge float64 // grows while the server is asked
	shakes int     // in one go
	grab   grab
	back   float64 // how far the phone leans back
}

const (
	rustle  = 4.0 // s for which the card hides the server's delay; after that the page says what is wrong
	flashes = .22 // s, of a shake's light
	zealous = 2.4 // s in which zeal dies away
	puffs   = .3  // s, of a miss
)

// Blow is what shook: how hard, from 0 to 1, and where on the page, if it was anywhere.
type Blow struct {
	Force  float64
	At     widget.Point
	Placed bool
	Moved  bool // the whole phone was, and the card has felt it already
}

// Shake lets a shake be seen, heard and felt.
func (w *World) Shake(b Blow) {
	h := &w.hang
	w.dirty = true
	if h.zeal < .04 {
		h.shakes = 0
	}
	w.cue(sound.Shake, h.shakes, .75+.45*b.Force)
	h.shakes++
	if w.Still {
		return
	}
	h.flash = .6 + .4*b.Force
	h.zeal = math.Min(1, h.zeal+.10+.08*b.Force)
	h.knock(w, b)
	h.beside.knock(math.Copysign(1, h.bob.Angle.Speed), .6+.6*b.Force)
	at, _ := h.pose(w)
	w.scraps.Stir(at, w.cardWidth(), 1+int(4*h.zeal))
}

// knock moves the card away from where it is hit: by a hand from its middle to either side in turn.
func (h *hang) knock(w *World, b Blow) {
	if h.side = -h.side; h.side == 0 {
		h.side = 1
	}
	force := .7 + .6*b.Force
	switch {
	case b.Moved:
		h.bob.Knock(.8*math.Copysign(1, h.bob.Angle.Speed), 0, 60*force)
	case b.Placed:
		at, _ := h.pose(w)
		half := w.cardWidth() / 2
		off := math.Max(-1, math.Min(1, (b.At.X-at.X)/half))
		low := math.Max(.4, math.Min(1.2, .8+(b.At.Y-at.Y)/(4*half)))
		side := h.side
		if math.Abs(off) > .3 {
			side = math.Copysign(1, off)
		}
		if h.bob.Angle.At*side > .1 {
			side = -side // it is there already; a quick tapper wants it to move
		}
		h.bob.Knock(force*low*side*(2+1.2*math.Abs(off)), -1.7*force, 70*force)
	default:
		h.bob.Knock(3.2*force*h.side, -.9*force, 80*force)
	}
}

// Working says that the server is asked; the card rustles meanwhile, and light gathers behind it.
func (w *World) Working(on bool) {
	if !on {
		w.hang.working = 0
	} else if w.hang.working == 0 {
		w.hang.working, w.dirty = rustle, true
	}
}

// Miss lets the light go out, and some paper fall.
func (w *World) Miss() {
	w.cue(sound.Miss, 0, 1)
	w.dirty = true
	if w.Still {
		return
	}
	at, angle := w.hang.pose(w)
	w.scraps.Puff(at.Around(-.68*w.cardWidth(), angle), w.cardWidth())
}

func (h *hang) step(w *World, dt float64) bool {
	if !h.begun {
		h.begun, h.come, h.lit = true, 1, light(w.mode)
	}
	if w.Still {
		h.bob.Still()
		h.flash, h.zeal, h.charge = 0, 0, 0
	}
	moving := h.bob.Step(dt)
	moving = h.beside.step(w, dt) || moving
	moving = h.work(w, dt) || moving
	moving = h.glow(w, dt) || moving
	if want := light(w.mode); h.lit != want {
		h.lit = approach(h.lit, want, dt/.4)
		moving = true
	}
	return h.makeRoom(w, dt) || moving
}

// makeRoom lets the card go up out of the way of a hand, and a new one come down after a prize.
func (h *hang) makeRoom(w *World, dt float64) bool {
	want := 1.0
	if w.prizes.needsRoom() || w.prizes.holds() {
		want = 0
	}
	switch {
	case h.come == want:
		return false
	case w.Still || w.prizes.holds():
		h.come = want
	case want == 0:
		h.come = approach(h.come, 0, dt/.3)
	default:
		h.come = approach(h.come, 1, dt/.55)
	}
	return true
}

// work rustles while the server is asked.
func (h *hang) work(w *World, dt float64) bool {
	if h.working <= 0 {
		return false
	}
	h.working = max(.001, h.working-dt)
	if h.working <= .01 {
		return false
	}
	if h.nudge -= dt; h.nudge <= 0 && !w.Still {
		h.nudge = .26
		h.side = -h.side
		h.bob.Knock(.6*h.side, .25*h.side, 14)
	}
	return true
}

// glow lets the lights of shaking grow and die away.
func (h *hang) glow(w *World, dt float64) bool {
	moving := h.flash > 0 || h.zeal > 0 || h.charge > 0
	h.flash = max(0, h.flash-dt/flashes)
	if h.zeal *= math.Exp(-dt / zealous * 1.8); h.zeal < .01 {
		h.zeal = 0
	}
	if h.working > .01 && !w.Still && !w.Revealing() {
		h.charge += (1 - h.charge) * (1 - math.Exp(-dt/.9))
		return true
	}
	h.charge = max(0, h.charge-dt/puffs)
	return moving
}

func light(m Mode) float64 {
	if m == Rest {
		return 0
	}
	return 1
}

// pivot is where the cord is fixed.
func (w *World) pivot() widget.Point {
	return widget.Point{X: w.centre().X, Y: w.Stage.Y - 60}
}

// pose gives where the card is and how it leans.
func (h *hang) pose(w *World) (widget.Point, float64) {
	pivot := w.pivot()
	rise := (1 - motion.Spring(motion.InOut(h.come))) * (w.Stage.H + 80)
	length := w.centre().Y - pivot.Y - rise - h.bob.Lift.At
	sin, cos := math.Sincos(h.bob.Angle.At)
	return widget.Point{X: pivot.X - length*sin, Y: pivot.Y + length*cos}, h.bob.Angle.At
}

// brightness is how much light the shakes and the waiting have stirred up.
func (h *hang) brightness() float64 {
	return math.Min(1, .42*h.zeal+.55*h.flash*h.flash+.36*h.charge)
}

// drawLight lays the light behind the card: what the shakes have stirred up.
func (h *hang) drawLight(w *World, b *sprite.Batch) {
	glow := h.brightness()
	if glow < .01 || h.lit < .5 {
		return
	}
	at, _ := h.pose(w)
	size := w.cardWidth() * (1.9 + .5*h.zeal + .35*h.flash - .25*h.charge)
	if rays := .30*h.flash + .45*motion.Part(h.zeal, .4, 1); rays > .01 {
		b.Add(sprite.Mark{ID: sprite.Rays, X: at.X, Y: at.Y, W: size * 1.35, H: size * 1.35, Angle: .21 * float64(h.shakes), Alpha: rays})
	}
	b.Add(sprite.Mark{ID: sprite.Glow, X: at.X, Y: at.Y, W: size, H: size * 1.2, Alpha: glow})
}

func (h *hang) draw(w *World, b *sprite.Batch) {
	if w.prizes.holds() {
		return
	}
	at, angle := h.pose(w)
	tight := w.prizes.tight()
	width := w.cardWidth() * (1 + .16*h.bob.Nod.At - .05*tight)
	half := width / widget.Ratio / 2
	sin, cos := math.Sincos(angle)
	top := widget.Point{X: at.X + (half-4)*sin, Y: at.Y - (half-4)*cos}
	up := half + at.Y - w.Stage.Y + 70
	widget.Cord(b, widget.Point{X: top.X + up*sin, Y: top.Y - up*cos}, top, 1)
	drop := w.cardWidth() * .13
	swing := angle + h.bob.Tail.At
	tsin, tcos := math.Sincos(swing)
	foot := widget.Point{X: at.X - (half-3)*sin, Y: at.Y + (half-3)*cos}
	b.Add(sprite.Mark{ID: sprite.Tassel, X: foot.X - drop*1.1*tsin, Y: foot.Y + drop*1.1*tcos, W: drop, H: drop * 2.25, Angle: swing, Alpha: 1})
	widget.Card{At: at, Width: width, Angle: angle, Alpha: 1, Lit: h.lit * (1 + .3*h.flash), Foil: h.lit, Sweep: w.sweep()}.Draw(b)
}
