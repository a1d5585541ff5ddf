package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
	"github.com/fivefold/fivefold/server/game"
)

// When the parts of a fusing end, in seconds: the cards rise into a ring; the ring turns for as long
// as the server takes, then closes.
const (
	rises  = .14 // between two that rise
	risen  = 1.05
	closed = 1.25 // after the server's yes
	parted = .6   // after its no
)

// fuse brings five cards together.
type fuse struct {
	on      bool
	wild    [game.SetSize]bool // a wildcard stands in
	age     float64
	closing float64 // since the server's yes; 0: not yet
	booked  bool
	back    float64 // since the server's no
	refused bool
	drawn   float64 // s until more paper is drawn in
}

// StartFuse lets a set rise from the album, with wildcards in some places.
func (w *World) StartFuse(wild [game.SetSize]bool) {
	w.fuse = fuse{on: true, wild: wild}
	w.Show(Fuse)
	w.cue(sound.Rise, 0, 1)
}

// FinishFuse closes the ring: the set is redeemed.
func (w *World) FinishFuse() { w.fuse.booked, w.dirty = true, true }

// CancelFuse sends the cards back.
func (w *World) CancelFuse() { w.fuse.refused, w.dirty = true, true }

// took says whether the slot's last card is in the ring.
func (f *fuse) took(w *World, i int) bool {
	return f.on && !f.wild[i] && w.Counts[i] == 1
}

// hasty is how much faster it all goes where little is to move: the cards fade over.
const hasty = 12

func (f *fuse) step(w *World, dt float64) bool {
	if !f.on {
		return false
	}
	if w.Still {
		dt *= hasty
	}
	f.age += dt
	switch {
	case f.refused && f.age > risen:
		if f.back += dt; f.back >= parted {
			f.on = false
			w.Show(Hang)
		}
	case f.booked && f.age > risen:
		if f.closing == 0 {
			w.cue(sound.Close, 0, 1)
		}
		if f.closing += dt; f.closing >= closed {
			f.finish(w)
		} else {
			f.draught(w, dt)
		}
	}
	return true
}

// draught lets paper be drawn into the ring as it closes.
func (f *fuse) draught(w *World, dt float64) {
	if f.drawn -= dt; f.drawn > 0 || w.Still || f.closing > .85*closed {
		return
	}
	f.drawn = .05
	w.scraps.Draught(w.centre(), math.Min(w.Stage.W, w.Stage.H)*.62)
}

func (f *fuse) finish(w *World) {
	f.on = false
	for i := range w.Counts {
		if f.wild[i] {
			w.Wilds--
		} else {
			w.Counts[i]--
		}
	}
	w.tell(Event{Kind: Fused})
	w.Show(Seal)
}

// ring gives how far the ring has closed, how far it has turned, and how wide it is.
func (f *fuse) ring(w *World) (in, spin, radius float64) {
	in = motion.Part(f.closing, 0, closed)
	open := math.Min(w.Stage.W, w.Stage.H) * .33
	if w.Still {
		return in, 0, open
	}
	spin = .5*f.age + 7.5*in*in*in
	// It opens a little, as a breath is drawn, and closes.
	return in, spin, open * (1 + .16*motion.Wave(math.Min(1, in*2.2)) - motion.InOut(motion.Part(in, .25, 1)))
}

func (f *fuse) drawLight(w *World, b *sprite.Batch) {
	middle := w.centre()
	in, spin, _ := f.ring(w)
	shine := motion.Part(f.age, .4, risen) * (1 - motion.Part(f.back, 0, .4))
	size := math.Min(w.Stage.W, w.Stage.H) * (.9 + .1*math.Sin(2.2*f.age) + .8*in*in)
	widget.Light(b, middle, size, -spin*.4, shine*(.5+.5*in))
	if hot := motion.Part(in, .55, 1); hot > 0 {
		b.Add(sprite.Mark{ID: sprite.Glow, X: middle.X, Y: middle.Y, W: size * (.4 + hot), H: size * (.4 + hot), Alpha: hot})
	}
}

func (f *fuse) draw(w *World, b *sprite.Batch) {
	middle := w.centre()
	in, spin, radius := f.ring(w)
	for i := range game.SetSize {
		begin := rises * float64(i)
		p := motion.Part(f.age, begin, begin+.48)
		up := motion.InOut(p) * (1 - motion.InOut(motion.Part(f.back, 0, parted)))
		round := 2*math.Pi*float64(i)/game.SetSize + spin
		to := middle.Around(radius, round)
		from, wide := w.Slots[i].Middle(), w.Slots[i].W
		card := widget.Card{Turn: 1, Position: i + 1, Alpha: 1, Lit: 1}
		if f.wild[i] {
			card.Position, card.Alpha = 0, motion.Part(up, 0, .2)
			from = w.Wild
		}
		card.At = from.To(to, up)
		card.At.X += 24 * motion.Wave(up) * float64(2-i) / 2 // on a bow, each its own
		card.Width = motion.Mix(wide, w.cardWidth()*.42, up) * (1 - .45*in*in)
		card.Angle = .12*motion.Wave(p)*float64(2-i) + .5*in*in*math.Sin(round)
		if w.Still {
			card.At = from
			if up > .5 {
				card.At = to
			}
			card.Alpha *= math.Abs(2*up-1) * (1 - in)
			card.Width, card.Angle = motion.Mix(wide, w.cardWidth()*.42, math.Round(up)), 0
		}
		card.Alpha *= 1 - motion.Part(in, .82, .96)
		card.Draw(b)
	}
	// At last there is only light.
	if hot := motion.In(motion.Part(in, .62, .97)); hot > 0 && !w.Still {
		size := w.cardWidth() * (.8 + 1.6*hot)
		b.Add(sprite.Mark{ID: sprite.Glow, X: middle.X, Y: middle.Y, W: size, H: size, Alpha: hot})
		b.Add(sprite.Mark{ID: sprite.Glow, X: middle.X, Y: middle.Y, W: .5 * size, H: .5 * size, Alpha: hot})
	}
}
