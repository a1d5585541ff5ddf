package motion

import "math"

type vector struct{ x, y, z float64 }

func (v vector) plus(w vector) vector   { return vector{v.x + w.x, v.y + w.y, v.z + w.z} }
func (v vector) minus(w vector) vector  { return vector{v.x - w.x, v.y - w.y, v.z - w.z} }
func (v vector) times(k float64) vector { return vector{v.x * k, v.y * k, v.z * k} }
func (v vector) dot(w vector) float64   { return v.x*w.x + v.y*w.y + v.z*w.z }
func (v vector) size() float64          { return math.Sqrt(v.dot(v)) }
