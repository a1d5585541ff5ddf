package widget

import (
	"math"

	"github.com/fivefold/fivefold/client/sprite"
)

// Ratio of a card's width to its height.
const Ratio = 5.0 / 7

// Card is a card on the page. Turn is 0 with its back up, 1 with its face, and between it is seen from
// the edge. Position is that of the set, 0 a wildcard.
type Card struct {
	At       Point
	Width    float64
	Angle    float64
	Turn     float64
	Position int
	Alpha    float64
	Lit      float64 // 0 in the dark, 1 in full light
	Foil     float64 // how much its gold shines
	Sweep    float64 // where the light is that it shines by, as in sprite.Mark
}

// smallBelow is the width under which the small pictures look better: there is no mipmap.
const smallBelow = 100

// Draw lays the card with its shadow.
func (c Card) Draw(b *sprite.Batch) {
	open := math.Cos(c.Turn * math.Pi) // 1 back up, -1 face up
	w, h := c.Width*math.Max(.02, math.Abs(open)), c.Width/Ratio
	id := sprite.Back
	switch small := c.Width < smallBelow; {
	case open < 0 && small:
		id = sprite.Small(c.Position)
	case open < 0:
		id = sprite.Face(c.Position)
	case small:
		id = sprite.SmallBack
	}
	b.Add(sprite.Mark{ID: sprite.Shadow, X: c.At.X, Y: c.At.Y + h*.07, W: w * 1.25, H: h * 1.18, Angle: c.Angle, Alpha: .5 * c.Alpha})
	light := .55 + .45*c.Lit
	b.Add(sprite.Mark{ID: id, X: c.At.X, Y: c.At.Y, W: w, H: h, Angle: c.Angle, Alpha: c.Alpha, Tint: sprite.RGB{R: light, G: light, B: light}, Foil: c.Foil, Sweep: c.Sweep})
}

// Slot is a card's place in the album.
type Slot struct {
	Box
	Position int
	Held     bool
	Bump     float64 // how much wider it is, as a card has just come
	New      float64 // 1 as it has come, falling to 0
	Sweep    float64 // where the light is that the gold of a card with foil shines by
}

// Draw lays the card, or where none is held its likeness in the dark.
func (s Slot) Draw(b *sprite.Batch) {
	m := s.Middle()
	w := s.W * (1 + .16*s.Bump)
	if s.New > 0 {
		b.Add(sprite.Mark{ID: sprite.Glow, X: m.X, Y: m.Y, W: w * 2.4, H: w * 2.8, Alpha: .8 * s.New})
	}
	mark := sprite.Mark{ID: sprite.Small(s.Position), X: m.X, Y: m.Y, W: w, H: w / Ratio, Alpha: 1, Foil: math.Min(1, 3*s.New), Sweep: 1.5 * (1 - s.New)}
	if s.Held && b.Foil[s.Position] && s.New == 0 {
		mark.Foil, mark.Sweep = .9, s.Sweep
	}
	if !s.Held {
		mark.Alpha, mark.Tint = .9, b.Look.DarkTint()
	}
	b.Add(mark)
}
