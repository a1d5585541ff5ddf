package sprite

import (
	"strconv"
	"syscall/js"
)

// canvas draws one picture at a time with the browser's own means, and gives its pixels.
type canvas struct{ context js.Value }

func newCanvas(w, h int) *canvas {
	element := js.Global().Get("document").Call("createElement", "canvas")
	element.Set("width", w)
	element.Set("height", h)
	element.Set("lang", "zh-Hans") // so that hanzi take their simplified forms
	context := element.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
	context.Set("textAlign", "center")
	context.Set("textBaseline", "middle")
	context.Set("imageSmoothingQuality", "high")
	return &canvas{context}
}

// copy draws a part of an image over a picture of w by h pixels, in place of what was there.
func (c *canvas) copy(image js.Value, from [4]int, w, h int) {
	c.context.Call("clearRect", 0, 0, w, h)
	c.context.Call("drawImage", image, from[0], from[1], from[2], from[3], 0, 0, w, h)
}

// frame draws an image as a card of w by h pixels: with round corners and a rim.
func (c *canvas) frame(image js.Value, rim string, w, h int) {
	c.context.Call("clearRect", 0, 0, w, h)
	c.context.Call("drawImage", image, 0, 0, w, h)
	if !c.context.Get("roundRect").Truthy() {
		return // an old webview shows it with its corners
	}
	scale := float64(w) / cardWidth
	c.context.Call("beginPath")
	c.context.Call("roundRect", 0, 0, w, h, 13*scale)
	c.context.Set("globalCompositeOperation", "destination-in")
	c.context.Call("fill")
	c.context.Set("globalCompositeOperation", "source-atop")
	c.context.Set("strokeStyle", rim)
	c.context.Set("lineWidth", 10*scale) // half of it is beyond the edge
	c.context.Call("stroke")
	c.context.Set("globalCompositeOperation", "source-over")
}

// plate lays a dark ground under a card's name, which has to be read on any picture.
func (c *canvas) plate(scale float64) {
	c.context.Set("fillStyle", "#200806b8")
	c.context.Call("fillRect", 5*scale, 222*scale, (cardWidth-10)*scale, 48*scale)
}

// white makes a picture of w by h pixels plain white.
func (c *canvas) white(w, h int) {
	c.context.Set("fillStyle", "#fff")
	c.context.Call("fillRect", 0, 0, w, h)
}

// label makes a picture of w by h pixels a text as large as it may be.
func (c *canvas) label(text, color, faces string, w, h int) {
	c.context.Call("clearRect", 0, 0, w, h)
	size := .86 * float64(h)
	c.font(size, faces)
	if wide := c.context.Call("measureText", text).Get("width").Float(); wide > float64(w) {
		size *= float64(w) / wide
		c.font(size, faces)
	}
	c.context.Set("fillStyle", color)
	c.context.Call("fillText", text, float64(w)/2, float64(h)/2)
}

// write letters a card's name on a picture that is scale real pixels to a card's unit.
func (c *canvas) write(name, color, faces string, scale float64) {
	text, size := lettering(name)
	c.font(size*scale, faces)
	wide := c.context.Call("measureText", text).Get("width").Float() / scale
	c.font(fit(size, wide)*scale, faces)
	c.context.Set("fillStyle", color)
	c.context.Call("fillText", text, nameX*scale, nameY*scale)
}

func (c *canvas) font(size float64, faces string) {
	c.context.Set("font", strconv.FormatFloat(size, 'f', 1, 64)+"px "+faces)
}

// read gives the pixels of a picture with their colours premultiplied, in the memory of pixels.
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
