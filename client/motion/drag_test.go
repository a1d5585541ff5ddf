package motion_test

import (
	"math"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/motion"
)

func TestDragShakes(t *testing.T) {
	for _, c := range []struct {
		name            string
		hz, far         float64
		seconds         float64
		atLeast, atMost int
	}{
		{"to and fro", 3, 60, 3, 7, 9},
		{"hardly moved", 3, 12, 3, 0, 0},
		{"carried about", .8, 90, 4, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d motion.Drag
			n := 0
			d.Begin(200, 0)
			for at := time.Duration(0); at.Seconds() < c.seconds; at += 8 * time.Millisecond {
				if d.Move(200+c.far*math.Sin(2*math.Pi*c.hz*at.Seconds()), at) {
					n++
				}
			}
			if n < c.atLeast || n > c.atMost {
				t.Errorf("%d shakes, want %d..%d", n, c.atLeast, c.atMost)
			}
		})
	}
}
