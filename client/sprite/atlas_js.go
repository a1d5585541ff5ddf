package sprite

import (
	_ "embed"
	"image"
	"syscall/js"

	"github.com/hajimehoshi/ebiten/v2"
)

// Atlas holds the pictures as they are drawn from.
type Atlas struct {
	Sheet Sheet
	ratio float64
	image *ebiten.Image
	foil  *ebiten.Shader
	pen   *canvas
	faces string // of lettering, as CSS
	look  *Look
	from  js.Value // the theme's pictures, an ImageBitmap
	names Names
	bytes []byte

	corners []ebiten.Vertex // kept from frame to frame
}

//go:embed foil.kage
var foil []byte

// widest atlas; every WebGL2 takes twice that.
const atlasWidth = 2048

// NewAtlas plans an atlas for a number of real pixels to a CSS pixel. faces are those of lettering,
// as a list of CSS.
func NewAtlas(ratio float64, faces string) (*Atlas, error) {
	a := &Atlas{Sheet: Plan(ratio, atlasWidth), ratio: ratio, faces: faces}
	w, h := 0, 0
	for _, r := range a.Sheet.Regions {
		w, h = max(w, r.W), max(h, r.H)
	}
	a.pen = newCanvas(w, h)
	a.bytes = make([]byte, 4*w*h)
	bounds := image.Rect(0, 0, a.Sheet.W, a.Sheet.H)
	a.image = ebiten.NewImageWithOptions(bounds, &ebiten.NewImageOptions{Unmanaged: true})
	var err error
	a.foil, err = ebiten.NewShader(foil)
	return a, err
}

// Dress draws all pictures as a theme has them. pictures is the image of its atlas.
func (a *Atlas) Dress(look *Look, pictures js.Value) {
	a.look, a.from = look, pictures
	for id := range count {
		a.render(id)
	}
}

// Rename draws the cards with other names.
func (a *Atlas) Rename(n Names) {
	a.names = n
	a.Reletter()
}

// Reletter draws the cards' names anew, in the faces that are there now.
func (a *Atlas) Reletter() {
	for id := range count {
		if _, named := id.position(); named {
			a.render(id)
		}
	}
}

func (a *Atlas) render(id ID) {
	r := a.Sheet.Regions[id]
	if from, ok := a.look.source(id, a.names); ok {
		a.pen.copy(a.from, from, r.W, r.H)
	} else {
		a.pen.white(r.W, r.H)
	}
	if position, named := id.position(); named && a.names.Name[position] != "" {
		letter := a.look.Colors["deep"]
		if position > 0 {
			letter = a.look.card(position, a.names.Code[position]).Letter
		}
		a.pen.write(a.names.Name[position], letter, a.faces, float64(r.W)/cardWidth)
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
			Custom0: v.Foil, Custom1: v.Sweep, Custom2: v.Across, Custom3: v.Down,
		})
	}
	options := &ebiten.DrawTrianglesShaderOptions{}
	options.Images[0] = a.image
	screen.DrawTrianglesShader32(a.corners, b.Indices, a.foil, options)
}
