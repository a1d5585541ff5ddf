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
	risen  = .9
	closed = 1.1 // after the server's yes
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
}

// StartFuse lets a set rise from the album, with wildcards in some places.
func (w *World) StartFuse(wild [game.SetSize]bool) {
	w.fuse = fuse{on: true, wild: wild}
	w.Show(Fuse)
	w.cue(sound.Fuse)
}

// FinishFuse closes the ring: the set is redeemed.
func (w *World) FinishFuse() { w.fuse.booked, w.dirty = true, true }

// CancelFuse sends the cards back.
func (w *World) CancelFuse() { w.fuse.refused, w.dirty = true, true }

// took says whether the slot's last card is in the ring.
func (f *fuse) took(w *World, i int) bool {
	return f.on && !f.wild[i] && w.Counts[i] == 1
}

func (f *fuse) step(w *World, dt float64) bool {
	if !f.on {
		return false
	}
	if w.Still {
		dt *= 2
	}
	f.age += dt
	switch {
	case f.refused && f.age > risen:
		if f.back += dt; f.back >= .6 {
			f.on = false
			w.Show(Hang)
		}
	case f.booked && f.age > risen:
		if f.closing += dt; f.closing >= closed {
			f.finish(w)
		}
	}
	return true
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
	w.tell(Fused, Prize{})
	w.Show(Seal)
}

func (f *fuse) draw(w *World, b *sprite.Batch) {
	middle := w.centre()
	in := motion.InOut(motion.Part(f.closing, 0, closed))
	spin := .5 * f.age
	if w.Still {
		spin = 0
	}
	spin += 5 * in * in
	shine := motion.Part(f.age, .4, risen)
	widget.Light(b, middle, math.Min(w.Stage.W, w.Stage.H)*(.9+.5*in), -spin*.4, shine*(.6+.4*in)*(1-motion.Part(f.back, 0, .4)))
	radius := math.Min(w.Stage.W, w.Stage.H) * .31
	for i := range game.SetSize {
		up := motion.InOut(motion.Part(f.age, .09*float64(i), .5+.09*float64(i))) * (1 - motion.InOut(motion.Part(f.back, 0, .6)))
		to := middle.Around(radius*(1-in), 2*math.Pi*float64(i)/game.SetSize+spin)
		card := widget.Card{
			At: w.Slots[i].Middle().To(to, up), Turn: 1, Position: i + 1, Alpha: 1 - motion.Part(in, .85, 1), Lit: 1,
			Width: motion.Mix(w.Slots[i].W, w.cardWidth()*.42, up) * (1 - .35*in),
		}
		if f.wild[i] {
			card.Position = 0
			card.At = w.Wild.To(to, up)
			card.Alpha *= motion.Part(up, 0, .2)
		}
		card.Draw(b)
	}
}
