package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Of two the part of the one is a ratio of two even numbers, which has a formula that everybody can check.
func TestPartsOfTwo(t *testing.T) {
	for q, want := range map[float64]float64{0: 0, .1: .1 / .9 / 2, .25: 1. / 6, .5: .5, .75: 1 - 1./6, .9: 1 - .1/.9/2, 1: 1} {
		if got := forecast.PartCdf(2, q); math.Abs(got-want) > 1e-12 {
			t.Errorf("cdf(%v) is %v, want %v", q, got, want)
		}
	}
	if got := forecast.PartQuantile(2, .95); math.Abs(got-1/1.1) > 1e-12 {
		t.Errorf("the lucky get %v, want %v", got, 1/1.1)
	}
}

func TestPartsAreADistribution(t *testing.T) {
	for _, n := range []int64{1, 2, 3, 7, 51, 52, 1000, 791_405} {
		for _, p := range []float64{.001, .05, .3, .5, .7, .95, .999} {
			if q := forecast.PartQuantile(n, p); n > 1 && math.Abs(forecast.PartCdf(n, q)-p) > 1e-6 {
				t.Errorf("of %d: the quantile %v of %v has the probability %v", n, q, p, forecast.PartCdf(n, q))
			}
		}
		if n > 1 && math.Abs(forecast.PartQuantile(n, .5)*float64(n)-1) > 1e-12 {
			t.Errorf("of %d: the median is %v, want the mean", n, forecast.PartQuantile(n, .5))
		}
		// All parts together are one.
		if mean := forecast.PartAbove(n, 0) * float64(n); math.Abs(mean-1) > 1e-4 {
			t.Errorf("of %d: the mean part is %v / n", n, mean)
		}
	}
}

// The two ways to compute a sum of even numbers meet.
func TestShortfallMeets(t *testing.T) {
	normal := func(a, m float64) float64 { // as beyond the limit
		sigma := math.Sqrt(m / 12)
		z := (a - m/2) / sigma
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		return sigma * (z*math.Erfc(-z/math.Sqrt2)/2 + density*(1-(z*z-1)/(20*m)))
	}
	for z := -3.0; z <= 3; z += .25 {
		a := 25 + z*math.Sqrt(50./12)
		if exact, near := forecast.Shortfall(a, 50), normal(a, 50); math.Abs(exact-near) > 2e-5 {
			t.Errorf("%v: %v and %v", a, exact, near)
		}
	}
}

// A draw of the very rule that settles a pool gives what is forecast, within its own error.
func TestLuckIsTheSettlements(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, c := range []struct {
		n          int
		floor, cap int64
		runs       int
	}{{2, 0, 0, 40_000}, {3, 1000, 0, 30_000}, {10, 0, 13_000, 10_000}, {60, 500, 0, 3000}, {400, 88, 400, 500}} {
		t.Run(fmt.Sprint(c.n), func(t *testing.T) {
			pool := game.Pool{Amount: 100_000, Currency: "CNY", Split: game.SplitRandom, Floor: c.floor, Cap: c.cap}
			told := forecast.Divide(pool, int64(c.n))
			var all []int64
			overflow := 0.0
			weights := make([]uint32, c.n)
			for range c.runs {
				for i := range weights {
					weights[i] = random.Uint32()
				}
				s, amounts, _ := pool.DivideBy(weights)
				all = append(all, amounts...)
				overflow += float64(s.Overflow) / float64(c.runs)
			}
			slices.Sort(all)
			for p, want := range map[float64]int64{.05: told.Luck.Low, .5: told.Luck.Median, .95: told.Luck.High} {
				got := all[int(p*float64(len(all)))]
				if math.Abs(float64(got-want)) > .02*float64(pool.Amount)/float64(c.n) {
					t.Errorf("at %v it is %d, forecast %d", p, got, want)
				}
			}
			if math.Abs(overflow-float64(told.Overflow)) > .002*float64(pool.Amount) {
				t.Errorf("the overflow is %v, forecast %d", overflow, told.Overflow)
			}
			if all[0] < told.Luck.Floor || told.Share != (pool.Amount-told.Overflow)/int64(c.n) {
				t.Errorf("%+v, and the least is %d", told, all[0])
			}
		})
	}
}

func TestNoLuck(t *testing.T) {
	pool := game.Pool{Amount: 1000, Currency: "CNY", Split: game.SplitRandom, Floor: 100}
	if d := forecast.Divide(pool, 10); d.Luck == nil || *d.Luck != (forecast.Luck{100, 100, 100, 100}) || d.Share != 100 {
		t.Errorf("the floor is all there is: %+v", d)
	}
	if d := forecast.Divide(pool, 11); d.Luck != nil || d.Share != 90 || d.Leftover != 10 {
		t.Errorf("the floor cannot be had: %+v", d)
	}
	if d := forecast.Divide(pool, 0); d.Luck != nil || d.Overflow != 1000 {
		t.Errorf("nobody: %+v", d)
	}
	if d := forecast.Divide(pool, 1); d.Luck.Low != 1000 || d.Share != 1000 {
		t.Errorf("one: %+v, %+v", d, d.Luck)
	}
}
