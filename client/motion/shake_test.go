package motion_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/motion"
)

// sample is an acceleration in m/s² at t seconds.
type sample func(t float64) (x, y, z float64)

const g = 9.81

// count plays a signal at 60 Hz and counts its shakes.
func count(seconds float64, f sample) int {
	var s motion.Shaker
	n := 0
	for i := 0; float64(i)/60 < seconds; i++ {
		t := float64(i) / 60
		x, y, z := f(t)
		if s.Add(time.Duration(t*float64(time.Second)), x, y, z) {
			n++
		}
	}
	return n
}

// hand is a phone held upright and shaken along one direction.
func hand(hz, force float64, gravity bool) sample {
	return func(t float64) (x, y, z float64) {
		a := force * math.Sin(2*math.Pi*hz*t)
		x, y, z = 0.8*a, 0.5*a, 0.2*a
		if gravity {
			y -= g
		}
		return x, y, z
	}
}

func TestShakeCounts(t *testing.T) {
	noise := rand.New(rand.NewPCG(1, 2))
	knock := func(t float64) float64 { // put down at t = 1: one blow that rings at 18 Hz and dies away
		if t < 1 {
			return 0
		}
		return 28 * math.Exp(-(t-1)*22) * math.Cos(2*math.Pi*18*(t-1))
	}
	for _, c := range []struct {
		name        string
		seconds     float64
		f           sample
		least, most int
	}{
		{"shaken, 4 Hz, gravity taken off", 3, hand(4, 18, false), 12, 24},
		{"shaken, 4 Hz, with gravity", 3, hand(4, 18, true), 12, 24},
		{"shaken gently, 2.5 Hz", 4, hand(2.5, 13, true), 10, 20},
		{"shaken hard, 6 Hz", 2, hand(6, 35, true), 10, 24},
		{"at rest on a table", 5, func(float64) (x, y, z float64) {
			return noise.NormFloat64() * .05, noise.NormFloat64() * .05, g + noise.NormFloat64()*.05
		}, 0, 0},
		{"walked with", 10, func(t float64) (x, y, z float64) {
			return 1.5 * math.Sin(2*math.Pi*1.8*t), -g + 4*math.Sin(2*math.Pi*1.8*t) + noise.NormFloat64(), 1 + noise.NormFloat64()
		}, 0, 0},
		{"put down", 3, func(t float64) (x, y, z float64) { return 0, 0.3 * knock(t), g + knock(t) }, 0, 0},
		{"turned over", 3, func(t float64) (x, y, z float64) {
			a := math.Min(math.Max(t-1, 0)*2, math.Pi)
			return 0, -g * math.Sin(a), g * math.Cos(a)
		}, 0, 0},
		{"nulls", 3, func(float64) (x, y, z float64) { return math.NaN(), math.NaN(), math.NaN() }, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if n := count(c.seconds, c.f); n < c.least || n > c.most {
				t.Errorf("%d shakes, want %d..%d", n, c.least, c.most)
			}
		})
	}
}

func TestShakeAmongNulls(t *testing.T) {
	shaken := hand(4, 18, true)
	i := 0
	n := count(3, func(t float64) (x, y, z float64) {
		if i++; i%3 == 0 {
			return math.NaN(), 0, math.NaN()
		}
		return shaken(t)
	})
	if n < 8 {
		t.Errorf("%d shakes with every third sample null, want at least 8", n)
	}
}

func TestShakeAfterPause(t *testing.T) {
	var s motion.Shaker
	// A page that was hidden comes back with a time far ahead and the phone in another position.
	s.Add(0, 0, -g, 0)
	if s.Add(time.Minute, 0, g, 0) {
		t.Error("the first sample after a pause counted")
	}
}
