package sprite

import (
	"math"
	"strconv"
	"syscall/js"
)

// faces of brush and book lettering that systems bring, the closest to a brush first; the shell's
// style sheet has the same list.
const brushFaces = `"STKaiti","Kaiti SC","KaiTi","BiauKai","Noto Serif CJK SC","Noto Serif SC","Songti SC",Georgia,serif`

// canvas is a Pen over a Canvas2D.
type canvas struct {
	context js.Value
	path2D  js.Value
	element js.Value
}

func newCanvas(w, h int) *canvas {
	element := js.Global().Get("document").Call("createElement", "canvas")
	element.Set("width", w)
	element.Set("height", h)
	element.Set("lang", "zh-Hans") // so that hanzi take their simplified forms
	context := element.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	context.Set("lineCap", "round")
	context.Set("lineJoin", "round")
	context.Set("textAlign", "center")
	context.Set("textBaseline", "middle")
	return &canvas{context: context, path2D: js.Global().Get("Path2D"), element: element}
}

func (c *canvas) paint(p Paint) any {
	if p.To == "" {
		return p.Color
	}
	var g js.Value
	if p.Radial {
		g = c.context.Call("createRadialGradient", p.X0, p.Y0, 0, p.X0, p.Y0, p.X1)
	} else {
		g = c.context.Call("createLinearGradient", p.X0, p.Y0, p.X1, p.Y1)
	}
	g.Call("addColorStop", 0, p.Color)
	g.Call("addColorStop", 1, p.To)
	return g
}

// Fill implements Pen.
func (c *canvas) Fill(path string, p Paint) {
	c.context.Set("fillStyle", c.paint(p))
	c.context.Call("fill", c.path2D.New(path), "evenodd")
}

// Stroke implements Pen.
func (c *canvas) Stroke(path string, p Paint, width float64) {
	c.context.Set("strokeStyle", c.paint(p))
	c.context.Set("lineWidth", width)
	c.context.Call("stroke", c.path2D.New(path))
}

func (c *canvas) font(size float64) {
	c.context.Set("font", "700 "+strconv.FormatFloat(size, 'f', 1, 64)+"px "+brushFaces)
}

// Text implements Pen.
func (c *canvas) Text(s string, x, y, size float64, p Paint) {
	c.font(size)
	c.context.Set("fillStyle", c.paint(p))
	c.context.Call("fillText", s, x, y)
}

// Width implements Pen.
func (c *canvas) Width(s string, size float64) float64 {
	c.font(size)
	return c.context.Call("measureText", s).Get("width").Float()
}

// Push implements Pen.
func (c *canvas) Push(x, y, angle, scale float64) {
	c.context.Call("save")
	sin, cos := math.Sincos(angle)
	c.context.Call("transform", cos*scale, sin*scale, -sin*scale, cos*scale, x, y)
}

// Pop implements Pen.
func (c *canvas) Pop() { c.context.Call("restore") }

// begin clears the canvas for a picture of w by h pixels.
func (c *canvas) begin(w, h int) {
	c.context.Call("setTransform", 1, 0, 0, 1, 0, 0)
	c.context.Call("clearRect", 0, 0, w, h)
}

// read gives the picture's pixels with their colours premultiplied, in the memory of pixels.
func (c *canvas) read(w, h int, pixels []byte) {
	data := c.context.Call("getImageData", 0, 0, w, h).Get("data")
	// CopyBytesToGo takes a Uint8Array of either kind.
	js.CopyBytesToGo(pixels, data)
	for i := 0; i < len(pixels); i += 4 {
		a := uint32(pixels[i+3])
		if a == 255 {
			continue
		}
		for j := i; j < i+3; j++ {
			pixels[j] = byte((uint32(pixels[j])*a + 127) / 255)
		}
	}
}
