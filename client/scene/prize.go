package scene

import (
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// Kind is what a prize is.
type Kind int

// The kinds of prize.
const (
	Card Kind = iota
	Cash
	Voucher
)

// Prize is what a chance gave: a card by its position, 0 a wildcard, or an instant prize. Gone is a rare
// one whose stock was out; Scarce the card that the campaign has few of.
//
// As it is shown the world says of it whether it is the First of its card, and its Number in the album.
type Prize struct {
	Kind     Kind
	Position int
	Gone     bool
	Scarce   bool
	Amount   int64        // of cash, in minor units
	Name     string       // of a voucher: what it is for
	Labels   [2]sprite.ID // what is written on an instant prize; 0: nothing

	First  bool
	Number int64
}

// card says whether the prize is a card of the set that the player gets.
func (p Prize) card() bool { return p.Kind == Card && p.Position > 0 && !p.Gone }

// Event is a moment of the scenes that the page speaks of.
type Event struct {
	Kind  EventKind
	Prize Prize
	Many  int // of Dealt: how many prizes
}

// EventKind is a kind of event.
type EventKind int

// The kinds of event.
const (
	Dealt   EventKind = iota // prizes are about to show, as a hand where there are many
	Shown                    // a prize turned its face
	Landed                   // a prize came to its place in the album
	Fused                    // the set has become the seal
	Counted                  // the amount of the share has risen: Tally says how far
)

// land puts a prize into the album.
func (w *World) land(p Prize, nth int) {
	if p.Gone {
		return
	}
	switch {
	case p.Kind != Card:
	case p.Position == 0:
		w.Wilds++
	default:
		w.Counts[p.Position-1]++
		if !w.Still {
			w.bumps[p.Position-1] = 1
			if p.First {
				slot := w.Slots[p.Position-1].Middle()
				w.scraps.Burst(slot, 7, 150)
			}
		}
	}
	w.cue(sound.Land, nth, 1)
	w.tell(Event{Kind: Landed, Prize: p})
}

// target is where a prize goes, and how wide it is there.
func (w *World) target(p Prize) (widget.Point, float64) {
	if p.Kind != Card || p.Position == 0 {
		return w.Wild, 30
	}
	slot := w.Slots[p.Position-1]
	return slot.Middle(), slot.W
}
