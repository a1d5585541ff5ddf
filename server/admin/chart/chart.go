package chart

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Point is a value at a place on the axis.
type Point struct{ X, Y float64 }

// Line is a series of points from left to right.
type Line struct {
	Name   string
	Class  string // of the style sheet, such as "line-a"
	Points []Point
	Steps  bool // each value holds until the next point
}

// Band is the space between two lines of the same places.
type Band struct{ Low, High []Point }

// Chart is lines over one axis.
type Chart struct {
	Label  string // says what it shows, for those who do not see it
	Lines  []Line
	Bands  []Band
	X, Y   func(float64) string // write the values of an axis; nil: plain numbers
	XTicks []float64            // places with a mark; empty: some round ones
	Least  float64              // the upper end of the Y axis is no less than this
}

// The drawing's size, in its own units; the page scales it.
const (
	width, height                    = 640.0, 240.0
	left, right, top, bottom float64 = 56, 12, 12, 28
)

// frame maps values to places in the drawing.
type frame struct{ minX, maxX, maxY float64 }

func (f frame) x(v float64) float64 {
	if f.maxX == f.minX {
		return left
	}
	return left + (v-f.minX)/(f.maxX-f.minX)*(width-left-right)
}

func (f frame) y(v float64) float64 {
	return height - bottom - v/f.maxY*(height-top-bottom)
}

// Empty says that there is nothing to draw.
func (c Chart) Empty() bool {
	return !slices.ContainsFunc(c.Lines, func(l Line) bool { return len(l.Points) > 0 })
}

// SVG gives the drawing; empty where there is no point.
func (c Chart) SVG() template.HTML {
	if c.Empty() {
		return ""
	}
	f := c.frame()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 %g %g" role="img" aria-label="%s">`, width, height, template.HTMLEscapeString(c.Label))
	c.axes(&b, f)
	for _, band := range c.Bands {
		back := slices.Clone(band.Low)
		slices.Reverse(back)
		fmt.Fprintf(&b, `<path class="band" d="%sZ"/>`, path(f, slices.Concat(band.High, back), false))
	}
	for _, l := range c.Lines {
		fmt.Fprintf(&b, `<path class="line %s" d="%s"><title>%s</title></path>`,
			template.HTMLEscapeString(l.Class), path(f, l.Points, l.Steps), template.HTMLEscapeString(l.Name))
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) // all text in it is escaped above
}

func (c Chart) frame() frame {
	f := frame{minX: math.Inf(1), maxX: math.Inf(-1), maxY: c.Least}
	see := func(points []Point) {
		for _, p := range points {
			f.minX, f.maxX, f.maxY = min(f.minX, p.X), max(f.maxX, p.X), max(f.maxY, p.Y)
		}
	}
	for _, l := range c.Lines {
		see(l.Points)
	}
	for _, band := range c.Bands {
		see(band.High)
	}
	ticks := Ticks(f.maxY, 4)
	f.maxY = ticks[len(ticks)-1]
	return f
}

func (c Chart) axes(b *strings.Builder, f frame) {
	for _, v := range Ticks(f.maxY, 4) {
		fmt.Fprintf(b, `<path class="grid" d="M%g %gH%g"/><text class="tick y" x="%g" y="%g">%s</text>`,
			left, round(f.y(v)), width-right, left-8, round(f.y(v)+4), write(c.Y, v))
	}
	ticks := c.XTicks
	if len(ticks) == 0 {
		for _, v := range Ticks(f.maxX-f.minX, 5) {
			ticks = append(ticks, f.minX+v)
		}
	}
	for _, v := range ticks {
		if v < f.minX || v > f.maxX {
			continue
		}
		anchor := "middle"
		switch x := f.x(v); {
		case x > width-right-30:
			anchor = "end"
		case x < left+10:
			anchor = "start"
		}
		fmt.Fprintf(b, `<text class="tick" text-anchor="%s" x="%g" y="%g">%s</text>`, anchor, round(f.x(v)), height-8, write(c.X, v))
	}
}

func path(f frame, points []Point, steps bool) string {
	var b strings.Builder
	for i, p := range points {
		x, y := round(f.x(p.X)), round(f.y(p.Y))
		switch {
		case i == 0:
			fmt.Fprintf(&b, "M%g %g", x, y)
		case steps:
			fmt.Fprintf(&b, "H%gV%g", x, y)
		default:
			fmt.Fprintf(&b, "L%g %g", x, y)
		}
	}
	return b.String()
}

// round keeps a tenth of a unit: more would only be longer.
func round(v float64) float64 { return math.Round(v*10) / 10 }

func write(how func(float64) string, v float64) string {
	if how == nil {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	return template.HTMLEscapeString(how(v))
}

// Ticks gives round values from 0 to the first that is no less than most, about as many as wanted:
// steps are 1, 2 or 5 times a power of ten. Of nothing it gives 0 and 1.
func Ticks(most float64, about int) []float64 {
	if most <= 0 || math.IsNaN(most) || math.IsInf(most, 0) {
		return []float64{0, 1}
	}
	step := math.Pow(10, math.Floor(math.Log10(most/float64(about))))
	for _, times := range []float64{1, 2, 5, 10} {
		if most/(step*times) <= float64(about) {
			step *= times
			break
		}
	}
	n := int(math.Ceil(most/step - 1e-9))
	ticks := make([]float64, n+1)
	for i := range ticks {
		ticks[i] = float64(i) * step
	}
	return ticks
}
