package sprite

// Pen draws one picture, in the picture's own units with y downwards. Shapes are SVG path data.
type Pen interface {
	Fill(path string, p Paint)                  // holes by the even-odd rule
	Stroke(path string, p Paint, width float64) // round caps and joins
	Text(s string, x, y, size float64, p Paint) // in the brush face, centred on x, y
	Width(s string, size float64) float64       // of Text
	Push(x, y, angle, scale float64)            // moves, turns and scales what follows
	Pop()
}

// Paint is a colour (CSS), or a gradient from it to another where To is set.
type Paint struct {
	Color, To      string
	X0, Y0, X1, Y1 float64 // the gradient's line
	Radial         bool    // around X0, Y0 out to radius X1 instead
}

func solid(color string) Paint { return Paint{Color: color} }

func down(from, to string, y0, y1 float64) Paint {
	return Paint{Color: from, To: to, Y0: y0, Y1: y1}
}

func around(from, to string, x, y, radius float64) Paint {
	return Paint{Color: from, To: to, X0: x, Y0: y, X1: radius, Radial: true}
}
