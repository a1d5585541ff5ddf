package motion

import "math"

// Part gives how far t is on its way from a to b, between 0 and 1.
func Part(t, a, b float64) float64 {
	if b <= a {
		if t < a {
			return 0
		}
		return 1
	}
	return math.Max(0, math.Min(1, (t-a)/(b-a)))
}

// Mix gives what lies p of the way from a to b.
func Mix(a, b, p float64) float64 { return a + (b-a)*p }

// Out eases p so that it arrives softly.
func Out(p float64) float64 { q := 1 - p; return 1 - q*q*q }

// InOut eases p so that it leaves and arrives softly.
func InOut(p float64) float64 { return p * p * (3 - 2*p) }

// Spring eases p so that it overshoots a little before it arrives.
func Spring(p float64) float64 {
	const over = 1.4
	q := p - 1
	return 1 + (over+1)*q*q*q + over*q*q
}

// In eases p so that it leaves slowly.
func In(p float64) float64 { return p * p * p }

// Wave rises from 0 to 1 and falls to 0 again as p goes from 0 to 1.
func Wave(p float64) float64 { return math.Sin(p * math.Pi) }
