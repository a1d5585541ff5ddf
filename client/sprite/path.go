package sprite

import (
	"math"
	"strconv"
)

// path gathers SVG path data.
type path struct{ b []byte }

func (p *path) op(name byte, numbers ...float64) *path {
	p.b = append(p.b, name)
	for i, n := range numbers {
		if i > 0 {
			p.b = append(p.b, ' ')
		}
		p.b = strconv.AppendFloat(p.b, math.Round(n*100)/100, 'f', -1, 64)
	}
	return p
}

func (p *path) move(x, y float64) *path              { return p.op('M', x, y) }
func (p *path) line(x, y float64) *path              { return p.op('L', x, y) }
func (p *path) quad(cx, cy, x, y float64) *path      { return p.op('Q', cx, cy, x, y) }
func (p *path) curve(a, b, c, d, x, y float64) *path { return p.op('C', a, b, c, d, x, y) }
func (p *path) close() *path                         { return p.op('Z') }
func (p *path) String() string                       { return string(p.b) }

// arc goes on to x, y on a circle of radius r, clockwise or not, by the short way.
func (p *path) arc(r float64, clockwise bool, x, y float64) *path {
	sweep := 0.0
	if clockwise {
		sweep = 1
	}
	return p.op('A', r, r, 0, 0, sweep, x, y)
}

func circle(x, y, r float64) string {
	p := new(path).move(x-r, y).arc(r, true, x, y-r).arc(r, true, x+r, y).arc(r, true, x, y+r).arc(r, true, x-r, y)
	return p.close().String()
}

func box(x, y, w, h, r float64) string {
	p := new(path).move(x+r, y).line(x+w-r, y).arc(r, true, x+w, y+r).line(x+w, y+h-r).arc(r, true, x+w-r, y+h)
	return p.line(x+r, y+h).arc(r, true, x, y+h-r).line(x, y+r).arc(r, true, x+r, y).close().String()
}

// star is a ring of n points between two radii; the sides bow outwards where bow is positive.
func star(x, y, inner, outer float64, n int, bow float64) string {
	at := func(i float64, r float64) (float64, float64) {
		a := 2*math.Pi*i/float64(n) - math.Pi/2
		return x + r*math.Cos(a), y + r*math.Sin(a)
	}
	p := new(path)
	x0, y0 := at(0, outer)
	p.move(x0, y0)
	for i := range n {
		cx, cy := at(float64(i)+.25, (inner+outer)/2+bow)
		mx, my := at(float64(i)+.5, inner)
		p.quad(cx, cy, mx, my)
		cx, cy = at(float64(i)+.75, (inner+outer)/2+bow)
		ex, ey := at(float64(i)+1, outer)
		p.quad(cx, cy, ex, ey)
	}
	return p.close().String()
}

// petal is a leaf from the origin upwards.
func petal(length, width float64) string {
	w := width / 2
	return new(path).move(0, 0).curve(-w*1.3, -length*.35, -w, -length*.8, 0, -length).
		curve(w, -length*.8, w*1.3, -length*.35, 0, 0).close().String()
}
