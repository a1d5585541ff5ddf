package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
	"github.com/fivefold/fivefold/server/game"
)

// Place is where the page leaves room for the scenes.
type Place struct {
	View  widget.Box
	Stage widget.Box
	Slots [game.SetSize]widget.Box
	Wild  widget.Point // where wildcards and instant prizes go
}

// Mode is what stands on the stage.
type Mode int

// The modes.
const (
	Hang   Mode = iota // the card, to be shaken
	Rest               // the card in the dark: nothing to be shaken now
	Fuse               // a set coming together
	Seal               // the seal of a redeemed set
	Packet             // the share
)

// World is all that moves on the canvas. Its zero value needs a Place.
type World struct {
	Place
	Still  bool                // the player asked for little movement
	Counts [game.SetSize]int64 // cards in the album, as far as they have come to their place
	Wilds  int64               // wildcards, likewise
	Cues   []sound.Cue         // what is to be heard; emptied by who plays it
	Events []Event             // what has happened; emptied by who reads it

	mode   Mode
	hang   hang
	prizes deal
	fuse   fuse
	medal  medal
	scraps widget.Scraps
	bumps  [game.SetSize]float64
	dark   float64 // 0 the light is on, 1 it is out but for what is shown
	dirty  bool    // something has changed that the last frame does not show
}

// Show puts a mode on the stage. A reveal that goes on goes on.
func (w *World) Show(m Mode) {
	if m == w.mode {
		return
	}
	w.mode, w.dirty = m, true
	if m == Seal || m == Packet {
		w.medal.enter(w, m)
	}
}

// Mode gives what stands on the stage.
func (w *World) Mode() Mode { return w.mode }

// Touch asks for a frame, for a change of place or pictures.
func (w *World) Touch() { w.dirty = true }

// Waits says whether somebody has done something that no frame shows yet.
func (w *World) Waits() bool { return w.dirty }

// Step moves everything on by dt seconds and says whether there is something new to draw. Where it
// says no, nothing moves until somebody does something.
func (w *World) Step(dt float64) bool {
	moving := w.dirty
	w.dirty = false
	moving = w.hang.step(w, dt) || moving
	moving = w.prizes.step(w, dt) || moving
	moving = w.fuse.step(w, dt) || moving
	moving = w.medal.step(w, dt) || moving
	moving = w.scraps.Step(dt) || moving
	if want := w.wantsDark(); w.dark != want {
		w.dark, moving = approach(w.dark, want, dt/.3), true
	}
	for i := range w.bumps {
		if w.bumps[i] > 0 {
			w.bumps[i] = max(0, w.bumps[i]-dt/.6)
			moving = true
		}
	}
	return moving
}

func (w *World) wantsDark() float64 {
	switch {
	case w.Still:
		return 0
	case w.prizes.rare():
		return 1
	case w.fuse.on && w.fuse.back == 0:
		return .5
	}
	return 0
}

// Draw lays everything.
func (w *World) Draw(b *sprite.Batch) {
	w.drawAlbum(b)
	w.hang.beside.draw(w, b, math.Max(w.hang.brightness(), .8*w.prizes.tight()), w.hang.lit)
	if w.dark > 0 {
		m := w.View.Middle()
		// Larger than the view: a picture fades at its edge.
		b.Add(sprite.Mark{ID: sprite.White, X: m.X, Y: m.Y, W: 1.4 * w.View.W, H: 1.4 * w.View.H, Alpha: .72 * w.dark, Tint: sprite.RGB{R: .10, G: .01, B: .02}})
	}
	switch w.mode {
	case Hang, Rest:
		w.hang.drawLight(w, b)
		w.prizes.drawLight(w, b)
		w.scraps.Draw(b) // behind the card: they come out from under it
		w.hang.draw(w, b)
	case Fuse:
		w.fuse.drawLight(w, b)
		w.scraps.Draw(b)
		w.fuse.draw(w, b)
	case Seal, Packet:
		w.medal.drawLight(w, b)
		w.scraps.Draw(b)
		w.medal.draw(w, b)
	}
	w.prizes.draw(w, b)
}

func (w *World) drawAlbum(b *sprite.Batch) {
	for i, box := range w.Slots {
		held := w.Counts[i] > 0 && !w.fuse.took(w, i)
		// It is pushed in, and springs out again.
		bump := motion.Wave(motion.Part(w.bumps[i], 0, .72)) * .8
		if w.bumps[i] > .72 {
			bump = -.5 * motion.Wave(motion.Part(w.bumps[i], .72, 1))
		}
		widget.Slot{Box: box, Position: i + 1, Held: held, Bump: bump, New: w.bumps[i], Sweep: w.sweep()}.Draw(b)
	}
}

func (w *World) cue(m sound.Moment, step int, force float64) {
	w.Cues = append(w.Cues, sound.Cue{Moment: m, Step: step, Force: force})
}

func (w *World) tell(e Event) { w.Events = append(w.Events, e) }

// Tilt gives how what hangs leans, from -1 to 1 to the left and towards who looks: its gold glitters by
// it.
func (w *World) Tilt() (x, y float64) {
	p := &w.hang.bob
	return clamp(2.2 * p.Angle.At), clamp(1.6*p.Nod.At + p.Lift.At/90)
}

// sweep is where the light is by which gold shines that leans like this.
func (w *World) sweep() float64 {
	x, y := w.Tilt()
	return .7 + .75*x + .35*y + .6*math.Sin(3*w.hang.back)
}

func clamp(v float64) float64 { return math.Max(-1, math.Min(1, v)) }

func approach(from, to, by float64) float64 {
	if from < to {
		return min(to, from+by)
	}
	return max(to, from-by)
}

// cardWidth is how wide the card on the stage is; the shell's picture of it has the same.
func (w *World) cardWidth() float64 {
	h := min(.74*w.Stage.H, 400)
	return min(h*widget.Ratio, w.Stage.W)
}

// centre is where the card hangs: a little above the middle, for the tassel.
func (w *World) centre() widget.Point {
	return widget.Point{X: w.Stage.X + w.Stage.W/2, Y: w.Stage.Y + .47*w.Stage.H}
}
