package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// When the parts of a reveal end, in seconds: the card turns, is looked at, flies to its place.
const (
	turned = .42
	looked = 1.15
	flown  = 1.60
)

// reveal shows prizes one after another.
type reveal struct {
	waiting []Prize
	now     Prize
	age     float64 // of what is shown
	on      bool
	hurried bool
	from    widget.Point // where the hung card was as it turned
	lean    float64
}

// Win shows prizes in their order, after those that still wait.
func (w *World) Win(prizes ...Prize) {
	w.prizes.waiting = append(w.prizes.waiting, prizes...)
	w.dirty = true
}

// Revealing says whether prizes are being shown.
func (w *World) Revealing() bool { return w.prizes.on || len(w.prizes.waiting) > 0 }

// Hurry sends what is being looked at on its way.
func (w *World) Hurry() {
	if w.prizes.on && w.prizes.age > .12 {
		w.prizes.hurried = true
	}
}

// holds says whether the card on the stage is the one that is revealed.
func (r *reveal) holds() bool { return r.on && r.age < looked }

// speed rises with what waits, so that a full hand does not take minutes.
func (r *reveal) speed(still bool) float64 {
	v := 1 + .5*math.Min(6, float64(len(r.waiting)))
	if r.hurried {
		v = math.Max(v, 4)
	}
	if still {
		v = math.Max(v, 1.5)
	}
	return v
}

func (r *reveal) step(w *World, dt float64) bool {
	if !r.on && !r.next(w) {
		return false
	}
	was := r.age
	r.age += dt * r.speed(w.Still)
	if was < turned/2 && r.age >= turned/2 {
		r.show(w)
	}
	if was < looked && r.age >= looked {
		w.hang.come, w.hang.card = 0, motion.Swing{}
		if w.Still {
			w.hang.come = 1
		}
	}
	if r.age >= flown {
		r.on = false
		w.land(r.now)
	}
	return true
}

// next takes the next prize onto the stage.
func (r *reveal) next(w *World) bool {
	if len(r.waiting) == 0 {
		return false
	}
	r.now, r.waiting = r.waiting[0], r.waiting[1:]
	r.now.First = !r.now.Gone && r.now.Position > 0 && w.Counts[r.now.Position-1] == 0
	r.on, r.age, r.hurried = true, 0, false
	r.from, r.lean = w.hang.pose(w)
	if w.hang.come < .6 {
		r.from, r.lean = w.centre(), 0
	}
	return true
}

// show is the moment in which the face appears.
func (r *reveal) show(w *World) {
	w.tell(Shown, r.now)
	switch {
	case r.now.Gone:
		w.cue(sound.Miss)
		return
	case r.now.First || r.now.Position == 0:
		w.cue(sound.First)
	default:
		w.cue(sound.Win)
	}
	if !w.Still {
		n := 14
		if r.now.First {
			n = 34
		}
		w.scraps.Burst(w.centre(), n, 330)
	}
}

func (r *reveal) draw(w *World, b *sprite.Batch) {
	if !r.on {
		return
	}
	middle := w.centre()
	turn := motion.InOut(motion.Part(r.age, 0, turned))
	lift := motion.Out(motion.Part(r.age, 0, turned))
	fly := motion.InOut(motion.Part(r.age, looked, flown))
	card := widget.Card{
		At: r.from.To(middle, lift), Angle: r.lean * (1 - lift), Width: w.cardWidth() * (1 + .08*lift),
		Turn: turn, Position: r.now.Position, Alpha: 1, Lit: 1,
	}
	if w.Still {
		card.Turn = math.Round(turn)
	}
	if r.now.Gone {
		r.drawGone(w, b, card, fly)
		return
	}
	shine := motion.Part(r.age, .1, turned) * (1 - motion.Part(r.age, looked-.1, looked+.2))
	if w.Still {
		widget.Light(b, middle, card.Width*2.1, 0, .7*shine)
	} else {
		widget.Light(b, middle, card.Width*2.1, r.age*.5, shine)
	}
	to, width := w.target(r.now)
	arc := math.Sin(fly*math.Pi) * 30
	card.At = card.At.To(to, fly)
	card.At.X += arc * math.Copysign(1, middle.X-to.X)
	card.Width = motion.Mix(card.Width, width, fly)
	if r.now.Position == 0 {
		card.Alpha = 1 - motion.Part(fly, .8, 1)
	}
	card.Draw(b)
}

// drawGone shows a card that shakes its head: it turns a little, and back.
func (r *reveal) drawGone(w *World, b *sprite.Batch, card widget.Card, fly float64) {
	card.Turn = .35 * math.Sin(motion.Part(r.age, 0, turned*1.5)*math.Pi)
	if !w.Still {
		card.At.X += 6 * math.Sin(r.age*26) * (1 - motion.Part(r.age, .3, .9))
	}
	card.Lit = 1 - .5*motion.Part(r.age, .2, looked)
	card.Alpha = 1 - fly
	card.Draw(b)
}
