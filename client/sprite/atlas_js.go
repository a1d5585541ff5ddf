package sprite

import (
	"image"
	"syscall/js"

	"github.com/hajimehoshi/ebiten/v2"
)

// Atlas holds the pictures as they are drawn from.
type Atlas struct {
	Sheet Sheet
	image *ebiten.Image
	pen   *canvas
	shell js.Value // the shell's picture of a card's back
	bytes []byte

	corners []ebiten.Vertex // kept from frame to frame
}

// widest atlas; every WebGL2 takes twice that.
const atlasWidth = 2048

// NewAtlas plans an atlas for a number of real pixels to a CSS pixel. back is the shell's picture of
// a card's back, an image that is loaded.
func NewAtlas(ratio float64, back js.Value) *Atlas {
	a := &Atlas{Sheet: Plan(ratio, atlasWidth), shell: back}
	w, h := 0, 0
	for _, r := range a.Sheet.Regions {
		w, h = max(w, r.W), max(h, r.H)
	}
	a.pen = newCanvas(w, h)
	a.bytes = make([]byte, 4*w*h)
	bounds := image.Rect(0, 0, a.Sheet.W, a.Sheet.H)
	a.image = ebiten.NewImageWithOptions(bounds, &ebiten.NewImageOptions{Unmanaged: true})
	return a
}

// Draw makes the pictures that bear no names.
func (a *Atlas) Draw() {
	for id := range count {
		if !id.named() {
			a.render(id, Names{})
		}
	}
}

// Rename makes those that bear names.
func (a *Atlas) Rename(n Names) {
	for id := range count {
		if id.named() {
			a.render(id, n)
		}
	}
}

func (a *Atlas) render(id ID, n Names) {
	r, pic := a.Sheet.Regions[id], pictures[id]
	a.pen.begin(r.W, r.H)
	if id.fromShell() {
		a.pen.context.Call("drawImage", a.shell, 0, 0, r.W, r.H)
	} else {
		a.pen.Push(0, 0, 0, float64(r.W)/pic.w)
		pic.draw(a.pen, n)
		a.pen.Pop()
	}
	pixels := a.bytes[:4*r.W*r.H]
	a.pen.read(r.W, r.H, pixels)
	at := image.Rect(r.X, r.Y, r.X+r.W, r.Y+r.H)
	a.image.SubImage(at).(*ebiten.Image).WritePixels(pixels)
}

// Lay draws a batch on the screen.
func (a *Atlas) Lay(screen *ebiten.Image, b *Batch) {
	a.corners = a.corners[:0]
	for _, v := range b.Vertices {
		a.corners = append(a.corners, ebiten.Vertex{
			DstX: v.X, DstY: v.Y, SrcX: v.U, SrcY: v.V,
			ColorR: v.R, ColorG: v.G, ColorB: v.B, ColorA: v.A,
		})
	}
	screen.DrawTriangles32(a.corners, b.Indices, a.image, &ebiten.DrawTrianglesOptions{
		ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha,
		Filter:         ebiten.FilterLinear,
	})
}

// named says whether the picture bears a card's name.
func (id ID) named() bool {
	return id >= Face1 && id <= Wild || id >= Small1 && id <= SmallWild
}
