package scene

import (
	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// medal is what stands on the stage at the end: the seal, then the packet.
type medal struct {
	age float64
	on  bool
}

const entered = 1.2 // s

func (m *medal) enter(w *World, mode Mode) {
	m.on, m.age = true, 0
	at := w.centre()
	if mode == Packet {
		w.cue(sound.Share)
	}
	if w.Still {
		m.age = entered
		return
	}
	w.scraps.Burst(at, 40, 420)
	if mode == Packet {
		w.scraps.Coins(at, 22)
		w.scraps.Rain(w.View.X, w.View.Y, w.View.W, 26)
	}
}

func (m *medal) step(dt float64) bool {
	if !m.on || m.age >= entered {
		return false
	}
	m.age += dt
	return true
}

func (m *medal) draw(w *World, b *sprite.Batch) {
	at := w.centre()
	grown := motion.Spring(motion.Part(m.age, 0, .6))
	size := min(w.Stage.H*.82, w.Stage.W*.8, 300)
	widget.Light(b, at, size*1.7, .3*motion.Out(motion.Part(m.age, 0, entered)), .8*motion.Part(m.age, 0, .5))
	mark := sprite.Mark{ID: sprite.Seal, X: at.X, Y: at.Y, W: size * grown, H: size * grown, Alpha: motion.Part(m.age, 0, .2)}
	if w.mode == Packet {
		mark.ID, mark.W = sprite.Packet, size*grown*220/280
	}
	b.Add(sprite.Mark{ID: sprite.Shadow, X: at.X, Y: at.Y + size*.08, W: mark.W * 1.1, H: mark.H * 1.1, Alpha: .6 * mark.Alpha})
	b.Add(mark)
}
