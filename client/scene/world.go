package scene

import (
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
	Wild  widget.Point // where wildcards go
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

// Prize is what a chance gave: a card by its position, 0 a wildcard. Gone is a rare one whose stock
// was out. First is set by the world as it shows a card that the album does not have yet.
type Prize struct {
	Position int
	Gone     bool
	First    bool
}

// Event is a moment of the scenes that the page speaks of.
type Event struct {
	Kind  EventKind
	Prize Prize
}

// EventKind is a kind of event.
type EventKind int

// The kinds of event.
const (
	Shown  EventKind = iota // a prize turned its face
	Landed                  // a prize came to its place in the album
	Fused                   // the set has become the seal
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
	prizes reveal
	fuse   fuse
	medal  medal
	scraps widget.Scraps
	bumps  [game.SetSize]float64
	dirty  bool // something has changed that the last frame does not show
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
	moving = w.medal.step(dt) || moving
	moving = w.scraps.Step(dt) || moving
	for i := range w.bumps {
		if w.bumps[i] > 0 {
			w.bumps[i] = max(0, w.bumps[i]-dt/.45)
			moving = true
		}
	}
	return moving
}

// Draw lays everything.
func (w *World) Draw(b *sprite.Batch) {
	w.drawAlbum(b)
	w.scraps.Draw(b) // behind the card: they come out from under it
	switch w.mode {
	case Hang, Rest:
		w.hang.draw(w, b)
		w.prizes.draw(w, b)
	case Fuse:
		w.fuse.draw(w, b)
	case Seal, Packet:
		w.prizes.draw(w, b)
		w.medal.draw(w, b)
	}
}

func (w *World) drawAlbum(b *sprite.Batch) {
	for i, box := range w.Slots {
		held := w.Counts[i] > 0 && !w.fuse.took(w, i)
		widget.Slot{Box: box, Position: i + 1, Held: held, Bump: motion.InOut(w.bumps[i])}.Draw(b)
	}
}

// land puts a prize into the album.
func (w *World) land(p Prize) {
	if p.Gone {
		return
	}
	if p.Position == 0 {
		w.Wilds++
	} else {
		w.Counts[p.Position-1]++
		if !w.Still {
			w.bumps[p.Position-1] = 1
		}
	}
	w.cue(sound.Land)
	w.tell(Landed, p)
}

func (w *World) cue(c sound.Cue)              { w.Cues = append(w.Cues, c) }
func (w *World) tell(kind EventKind, p Prize) { w.Events = append(w.Events, Event{kind, p}) }

// cardWidth is how wide the card on the stage is; the shell's picture of it has the same.
func (w *World) cardWidth() float64 {
	h := min(.74*w.Stage.H, 400)
	return min(h*widget.Ratio, w.Stage.W)
}

// centre is where the card hangs: a little above the middle, for the tassel.
func (w *World) centre() widget.Point {
	return widget.Point{X: w.Stage.X + w.Stage.W/2, Y: w.Stage.Y + .47*w.Stage.H}
}

// target is where a prize goes.
func (w *World) target(p Prize) (widget.Point, float64) {
	if p.Position == 0 {
		return w.Wild, 30
	}
	slot := w.Slots[p.Position-1]
	return slot.Middle(), slot.W
}
