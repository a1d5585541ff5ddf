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
	faces Faces
	look  *Look
	parts []js.Value // its pictures, as far as they have come
	names Names
	own   [SmallBack]js.Value // the campaign's own pictures of cards, in place of the theme's
	texts [Labels]string
	stale [count]bool // pictures that are other than the atlas has them
	bytes []byte

	corners []ebiten.Vertex // kept from frame to frame
}

//go:embed foil.kage
var foil []byte

// widest atlas; every WebGL2 takes twice that.
const atlasWidth = 2048

// NewAtlas plans an atlas for a number of real pixels to a CSS pixel.
func NewAtlas(ratio float64, faces Faces) (*Atlas, error) {
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

// Dress has all pictures look as a theme has them. first is the image of its first part. Here and below a
// picture is drawn into the atlas when a frame first needs it, or by Tidy.
func (a *Atlas) Dress(look *Look, first js.Value) {
	a.look, a.parts = look, []js.Value{first}
	for id := range count {
		a.stale[id] = true
	}
}

// Add brings a further part of the theme.
func (a *Atlas) Add(part js.Value) {
	a.parts = append(a.parts, part)
	for id := range count {
		if p, ok := a.look.source(id, a.names, len(a.parts)); ok && p.part == len(a.parts)-1 {
			a.stale[id] = true
		}
	}
}

// Hang gives a card, the wildcard or the back a picture of the campaign's own; undefined takes it away.
func (a *Atlas) Hang(id ID, picture js.Value) {
	a.own[id] = picture
	a.stale[id], a.stale[id+SmallBack] = true, true
}

// hung gives a card's own picture, where it has one.
func (a *Atlas) hung(id ID) (js.Value, bool) {
	if id.small() {
		id -= SmallBack
	}
	if id >= SmallBack || !a.own[id].Truthy() {
		return js.Value{}, false
	}
	return a.own[id], true
}

// Rename gives the cards other names.
func (a *Atlas) Rename(n Names) {
	moved := a.names.Code != n.Code
	a.names = n
	for id := range count {
		if _, face := id.position(); face && (moved || !id.small()) {
			a.stale[id] = true
		}
	}
}

// Tidy draws one picture that no frame has needed yet; for a quiet moment. It says whether there was one.
func (a *Atlas) Tidy() bool {
	for id := range count {
		if a.stale[id] {
			a.render(id)
			return true
		}
	}
	return false
}

// Label writes a text on the n-th label.
func (a *Atlas) Label(n int, text string) {
	a.texts[n] = text
	a.stale[Label1+ID(n)] = true
}

func (a *Atlas) render(id ID) {
	a.stale[id] = false
	r := a.Sheet.Regions[id]
	own, isOwn := a.hung(id)
	switch p, ok := a.look.source(id, a.names, len(a.parts)); {
	case id == White:
		a.pen.white(r.W, r.H)
	case id >= Label1:
		text := a.texts[id-Label1]
		a.pen.label(text, a.look.Colors["lacquer"], a.faces.For(text), r.W, r.H)
	case isOwn:
		a.pen.frame(own, a.look.Colors["gold"], r.W, r.H)
		if position, face := id.position(); face && !id.small() && a.names.Name[position] != "" {
			scale := float64(r.W) / cardWidth
			a.pen.plate(scale)
			a.pen.write(a.names.Name[position], a.look.Colors["light"], a.faces.For(a.names.Name[position]), scale)
		}
	case !ok:
		return
	default:
		a.pen.copy(a.parts[p.part], p.at, r.W, r.H)
		if position, face := id.position(); face && !id.small() && p.part > 0 {
			a.letter(position, float64(r.W)/cardWidth)
		}
	}
	pixels := a.bytes[:4*r.W*r.H]
	a.pen.read(r.W, r.H, pixels)
	at := image.Rect(r.X, r.Y, r.X+r.W, r.Y+r.H)
	a.image.SubImage(at).(*ebiten.Image).WritePixels(pixels)
}

// letter writes a card's name on its picture.
func (a *Atlas) letter(position int, scale float64) {
	color := a.look.Colors["deep"]
	if position > 0 {
		color = a.look.card(position, a.names.Code[position]).Letter
	}
	if name := a.names.Name[position]; name != "" {
		a.pen.write(name, color, a.faces.For(name), scale)
	}
}

// Begin makes a batch ready for a frame in what is worn.
func (a *Atlas) Begin(b *Batch) {
	b.Reset()
	b.Look, b.Foil = a.look, a.look.Foil(a.names)
}

// Lay draws a batch on the screen.
func (a *Atlas) Lay(screen *ebiten.Image, b *Batch) {
	for id, used := range b.used {
		if used && a.stale[id] {
			a.render(ID(id))
		}
	}
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
