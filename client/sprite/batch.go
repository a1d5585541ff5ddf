package sprite

import "math"

// Vertex is a corner of a quad: where it is on the screen and in the atlas, both in real pixels, its
// colour, premultiplied, and what foil needs to know: how much it shines, where the light is, and where
// in the picture the corner is, from 0 to 1.
type Vertex struct {
	X, Y, U, V, R, G, B, A    float32
	Foil, Sweep, Across, Down float32
}

// Mark is one picture laid down: its middle and size in CSS pixels, turned by Angle around the middle.
// A negative W mirrors it. Colours are multiplied; a zero Tint is white.
type Mark struct {
	ID         ID
	X, Y, W, H float64
	Angle      float64
	Alpha      float64
	Tint       RGB
	Foil       float64 // how much gold shines, 0 not at all, 1 fully
	Sweep      float64 // where along the diagonal the light is: 0 at the top left, 1.4 at the bottom right
}

// RGB is a colour in parts of 1.
type RGB struct{ R, G, B float64 }

// Batch gathers the quads of a frame, to be drawn in one go. It keeps its memory from frame to frame.
type Batch struct {
	Sheet    *Sheet
	Look     *Look
	Foil     [6]bool // by position: the card's gold shines at all times
	Ratio    float64 // real pixels to a CSS pixel
	Vertices []Vertex
	Indices  []uint32

	used [count]bool // pictures that are laid
}

// Reset empties the batch.
func (b *Batch) Reset() {
	b.Vertices, b.Indices = b.Vertices[:0], b.Indices[:0]
	b.used = [count]bool{}
}

// Add lays a mark on top of the others.
func (b *Batch) Add(m Mark) {
	if m.Alpha <= 0 || m.W == 0 || m.H == 0 {
		return
	}
	tint := m.Tint
	if tint == (RGB{}) {
		tint = RGB{1, 1, 1}
	}
	a := math.Min(1, m.Alpha)
	b.used[m.ID] = true
	r := b.Sheet.Regions[m.ID]
	sin, cos := math.Sincos(m.Angle)
	base := uint32(len(b.Vertices))
	for i := range 4 {
		right, bottom := float64(i&1), float64(i>>1)
		dx, dy := (right-.5)*m.W, (bottom-.5)*m.H
		b.Vertices = append(b.Vertices, Vertex{
			X: float32((m.X + dx*cos - dy*sin) * b.Ratio), Y: float32((m.Y + dx*sin + dy*cos) * b.Ratio),
			U: float32(float64(r.X) + right*float64(r.W)), V: float32(float64(r.Y) + bottom*float64(r.H)),
			R: float32(tint.R * a), G: float32(tint.G * a), B: float32(tint.B * a), A: float32(a),
			Foil: float32(m.Foil), Sweep: float32(m.Sweep), Across: float32(right), Down: float32(bottom),
		})
	}
	b.Indices = append(b.Indices, base, base+1, base+2, base+1, base+3, base+2)
}
