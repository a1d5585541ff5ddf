package widget

import "math"

// Box is a part of the page, in CSS pixels.
type Box struct{ X, Y, W, H float64 }

// Middle gives the box's middle.
func (b Box) Middle() Point { return Point{b.X + b.W/2, b.Y + b.H/2} }

// Point is a place on the page, in CSS pixels.
type Point struct{ X, Y float64 }

// To gives the point that lies p of the way to q.
func (a Point) To(q Point, p float64) Point {
	return Point{a.X + (q.X-a.X)*p, a.Y + (q.Y-a.Y)*p}
}

// Around gives the point at a distance and an angle from a, the angle running clockwise from the top.
func (a Point) Around(distance, angle float64) Point {
	sin, cos := math.Sincos(angle)
	return Point{a.X + distance*sin, a.Y - distance*cos}
}
