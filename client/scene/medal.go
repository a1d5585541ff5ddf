package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// medal is what stands on the stage at the end: the seal, then the packet.
type medal struct {
	on     bool
	packet bool
	age    float64
	told   int // steps of the amount that the page was told of
}

// When the parts end, in seconds. The seal is stamped. The packet comes down shut, is opened, and the
// amount rises.
const (
	stamped = .20
	sealed  = 1.5
	dropped = .55
	opened  = 1.0
	tallied = 2.4
	shared  = 3.2
	tallies = 20 // steps in which the amount rises
)

func (m *medal) enter(w *World, mode Mode) {
	*m = medal{on: true, packet: mode == Packet}
	if w.Still {
		if m.packet {
			w.cue(sound.Share, 0, 1)
		} else {
			w.cue(sound.Fuse, 0, 1)
		}
	}
}

// Tally gives how much of the share the page shows, from 0 to 1: the amount rises.
func (w *World) Tally() float64 {
	m := &w.medal
	if !m.on || !m.packet || w.Still {
		return 1
	}
	return motion.Out(motion.Part(m.age, opened, tallied))
}

func (m *medal) ends() float64 {
	if m.packet {
		return shared
	}
	return sealed
}

func (m *medal) step(w *World, dt float64) bool {
	if !m.on || m.age >= m.ends() {
		return false
	}
	if w.Still {
		dt *= m.ends() / .2 // it fades in
	}
	was := m.age
	m.age += dt
	if w.Still {
		return true
	}
	at := w.centre()
	passes := func(t float64) bool { return was < t && m.age >= t }
	switch {
	case !m.packet && passes(stamped):
		w.cue(sound.Fuse, 0, 1)
		w.scraps.Burst(at, 46, 460)
		w.scraps.Coins(at, 10)
	case m.packet && passes(dropped):
		w.cue(sound.Open, 0, 1)
	case m.packet && passes(opened):
		w.scraps.Coins(at, 16)
		w.scraps.Burst(at, 22, 380)
	case m.packet && passes(tallied):
		w.cue(sound.Share, 0, 1)
		w.scraps.Coins(at, 14)
		w.scraps.Rain(w.View.X, w.View.Y, w.View.W, 30)
	}
	m.tally(w)
	return true
}

// tally tells the page each step that the amount rises.
func (m *medal) tally(w *World) {
	if !m.packet {
		return
	}
	if step := int(motion.Part(m.age, opened, tallied) * tallies); step > m.told {
		m.told = step
		w.tell(Event{Kind: Counted})
		if step < tallies {
			w.cue(sound.Count, step, 1)
		}
	}
}

// size is how wide what stands there is.
func (w *World) medalSize() float64 { return min(w.Stage.H*.82, w.Stage.W*.8, 300) }

func (m *medal) drawLight(w *World, b *sprite.Batch) {
	at, size := w.centre(), w.medalSize()
	from := stamped
	if m.packet {
		from = opened
	}
	lit := motion.Part(m.age, from, from+.2)
	if w.Still {
		widget.Light(b, at, size*1.7, .3, .8*motion.Part(m.age, 0, m.ends()))
		return
	}
	blow := motion.Part(m.age, from, from+.6)
	widget.Light(b, at, size*(1.7+.5*motion.Wave(blow)), .3+.5*motion.Out(motion.Part(m.age, from, m.ends())), .8*lit)
	if blow > 0 && blow < 1 { // a ring of light goes out
		ring := size * (.8 + 2.6*motion.Out(blow))
		b.Add(sprite.Mark{ID: sprite.Glow, X: at.X, Y: at.Y, W: ring, H: ring, Alpha: 1 - blow})
	}
}

func (m *medal) draw(w *World, b *sprite.Batch) {
	if w.prizes.n > 0 {
		return
	}
	if m.packet {
		m.drawPacket(w, b)
	} else {
		m.drawSeal(w, b)
	}
}

// drawSeal stamps it: it falls out of the light onto the page, and gives a little.
func (m *medal) drawSeal(w *World, b *sprite.Batch) {
	at, size := w.centre(), w.medalSize()
	fall := motion.Part(m.age, 0, stamped)
	give := 1 - .07*motion.Wave(motion.Part(m.age, stamped, stamped+.16)) + .02*motion.Wave(motion.Part(m.age, stamped+.16, stamped+.36))
	wide, alpha := size*motion.Mix(2.1, 1, motion.In(fall))*give, motion.Part(fall, .1, .7)
	if w.Still {
		wide, alpha = size, motion.Part(m.age, 0, m.ends())
	}
	b.Add(sprite.Mark{ID: sprite.Shadow, X: at.X, Y: at.Y + size*.08, W: wide * 1.1, H: wide * 1.1, Alpha: .6 * alpha * fall})
	b.Add(sprite.Mark{ID: sprite.Seal, X: at.X, Y: at.Y, W: wide, H: wide, Angle: -.25 * (1 - fall), Alpha: alpha, Foil: fall, Sweep: 2 * motion.Part(m.age, stamped, sealed)})
}

// drawPacket lets it down shut; it trembles, and is opened.
func (m *medal) drawPacket(w *World, b *sprite.Batch) {
	at, size := w.centre(), w.medalSize()
	down := motion.Spring(motion.Part(m.age, 0, dropped))
	open := motion.Part(m.age, dropped, opened)
	mark := sprite.Mark{ID: sprite.Shut, X: at.X, Y: at.Y - (1-down)*(w.Stage.H*.9), W: size * 220 / 280, H: size, Alpha: 1, Foil: 1, Sweep: 2 * motion.Part(m.age, opened, shared)}
	mark.Angle = .05 * math.Sin(open*38) * motion.Wave(open)
	scale := 1 - .06*motion.InOut(open)
	if m.age >= opened {
		mark.ID = sprite.Packet
		scale = motion.Mix(.94, 1, motion.Spring(motion.Part(m.age, opened, opened+.4)))
	}
	if w.Still {
		mark.ID, mark.Y, mark.Angle, mark.Alpha, scale = sprite.Packet, at.Y, 0, motion.Part(m.age, 0, m.ends()), 1
	}
	mark.W, mark.H = mark.W*scale, mark.H*scale
	b.Add(sprite.Mark{ID: sprite.Shadow, X: mark.X, Y: mark.Y + size*.08, W: mark.W * 1.2, H: mark.H * 1.1, Alpha: .6 * mark.Alpha})
	b.Add(mark)
}
