package forecast

import (
	"math"

	"github.com/fivefold/fivefold/server/game"
)

// Luck is how the shares of a random split spread over the winners, in minor units.
type Luck struct {
	Floor  int64 `json:"floor"`  // nobody gets less
	Low    int64 `json:"low"`    // the unluckiest 5 % get this or less
	Median int64 `json:"median"` // half get this or less
	High   int64 `json:"high"`   // the luckiest 5 % get this or more
}

// lucky is the share of the winners that Low and High are of.
const lucky = .05

// divided is how a pool is expected to be shared among n.
type divided struct {
	Share, Leftover, Overflow int64
	Luck                      *Luck // of a random split
}

// divide shares a pool among n. Weights are taken to be even between nothing and the most, which they
// are but for a part in four billions: then a winner's part of what is above the floors is
// U1 / (U1 + … + Un), U being even between 0 and 1.
func divide(pool game.Pool, n int64) divided {
	if n == 0 || pool.SplitOf(n) != game.SplitRandom {
		s := pool.Divide(n)
		return divided{Share: s.Share, Leftover: s.Leftover, Overflow: s.Overflow}
	}
	rest := float64(pool.Amount - pool.Floor*n)
	of := parts{n}
	share := func(p float64) int64 {
		s := pool.Floor + int64(rest*of.quantile(p))
		if pool.Cap > 0 {
			s = min(s, pool.Cap)
		}
		return s
	}
	d := divided{Luck: &Luck{Floor: pool.Floor, Low: share(lucky), Median: share(.5), High: share(1 - lucky)}}
	if pool.Cap > 0 && rest > 0 {
		d.Overflow = int64(math.Round(float64(n) * rest * of.above(float64(pool.Cap-pool.Floor)/rest)))
	}
	d.Share = (pool.Amount - d.Overflow) / n
	return d
}

// Share is what a winner of n gets, in minor units, rounded down; of a random split on average.
func Share(pool game.Pool, n int64) int64 { return divide(pool, n).Share }

// parts is the distribution of U1 / (U1 + … + Un).
type parts struct{ n int64 }

// cdf is the probability of a part of q or less. With m = n-1 and S = U2 + … + Un it is
// P(U1 <= S*q/(1-q)) = E min(1, S/a), where a = (1-q)/q.
func (d parts) cdf(q float64) float64 {
	m := float64(d.n - 1)
	switch {
	case q >= 1:
		return 1
	case q <= 0 || m == 0:
		return 0
	}
	a := (1 - q) / q
	if a >= m {
		return m / 2 / a
	}
	return 1 - shortfall(a, m)/a
}

// quantile is the part that a share p of the winners does not exceed. Up to one half it has a
// formula, for there S/a is never above 1: the median is 1/n.
func (d parts) quantile(p float64) float64 {
	m := float64(d.n - 1)
	if m == 0 {
		return 1
	}
	if p <= .5 {
		return 2 * p / (m + 2*p)
	}
	low, high := 1/float64(d.n), 1.0
	for range 60 {
		if middle := (low + high) / 2; d.cdf(middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// above is the expected part above q: the integral of 1 - cdf from q on, by Simpson's rule.
func (d parts) above(q float64) float64 {
	if d.n == 1 {
		return max(0, 1-q)
	}
	end := d.quantile(1 - 1e-9)
	if q >= end {
		return 0
	}
	const steps = 400
	width, sum := (end-q)/steps, 0.0
	for i := range steps + 1 {
		weight := 2.0 + 2*float64(i%2)
		if i == 0 || i == steps {
			weight = 1
		}
		sum += weight * (1 - d.cdf(q+float64(i)*width))
	}
	return sum * width / 3
}

// mostExact is up to how many terms a sum of even numbers is computed exactly: the terms of its
// formula cancel, and seven digits are left here.
const mostExact = 50

// shortfall is E max(0, a - S) of a sum S of m even numbers, 0 <= a <= m. Up to mostExact it is the
// integral of Irwin's and Hall's distribution; beyond, the normal one with the first term of
// Edgeworth's series, which is not 0.00002 off there.
func shortfall(a, m float64) float64 {
	if a > m/2 { // S is as m - S is
		return a - m/2 + shortfall(m-a, m)
	}
	if m > mostExact {
		sigma := math.Sqrt(m / 12)
		z := (a - m/2) / sigma
		density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
		return sigma * (z*math.Erfc(-z/math.Sqrt2)/2 + density*(1-(z*z-1)/(20*m)))
	}
	total, _ := math.Lgamma(m + 2)
	sum, sign, choose := 0.0, 1.0, 0.0 // choose: the logarithm of m over k
	for k := 0.0; k < a; k++ {
		sum += sign * math.Exp(choose+(m+1)*math.Log(a-k)-total)
		sign, choose = -sign, choose+math.Log((m-k)/(k+1))
	}
	return sum
}
