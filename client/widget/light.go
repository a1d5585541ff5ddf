package widget

import (
	"math"

	"github.com/fivefold/fivefold/client/sprite"
)

// Cord is drawn from one point to another.
func Cord(b *sprite.Batch, from, to Point, alpha float64) {
	dx, dy := to.X-from.X, to.Y-from.Y
	m := from.To(to, .5)
	b.Add(sprite.Mark{
		ID: sprite.White, X: m.X, Y: m.Y, W: 2, H: math.Hypot(dx, dy), Angle: math.Atan2(-dx, dy),
		Alpha: alpha, Tint: b.Look.CordTint(),
	})
}

// Light is a glow with rays that turn.
func Light(b *sprite.Batch, at Point, size, angle, alpha float64) {
	b.Add(sprite.Mark{ID: sprite.Rays, X: at.X, Y: at.Y, W: size * 1.5, H: size * 1.5, Angle: angle, Alpha: .55 * alpha})
	b.Add(sprite.Mark{ID: sprite.Glow, X: at.X, Y: at.Y, W: size, H: size, Alpha: alpha})
}
