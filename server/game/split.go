package game

import "math/bits"

// DivideBy shares the pool at random, exact to the minor unit: each redemption gets the floor and,
// of what remains, its weight's part, rounded down; what that leaves goes one minor unit each to
// the first; what is above the cap is cut off. Weights are in the settlement's order, and so are
// the amounts. It is false where the floor takes more than there is, or no weight is above zero:
// then all get the same, as by Divide.
func (p Pool) DivideBy(weights []uint32) (s Shares, amounts []int64, byWeight bool) {
	n := int64(len(weights))
	amounts = make([]int64, n)
	sum := Sum(weights)
	if sum == 0 || p.SplitOf(n) != SplitRandom {
		s = p.Divide(n)
		for i := range amounts {
			amounts[i] = s.Of(int64(i))
		}
		return s, amounts, false
	}
	rest := p.Amount - p.Floor*n
	s = Shares{Redemptions: n, Share: p.Floor, Leftover: rest}
	for i, w := range weights {
		part := mulDiv(rest, w, sum)
		s.Leftover -= part
		amounts[i] = p.Floor + part
	}
	for i := range amounts {
		if int64(i) < s.Leftover {
			amounts[i]++
		}
		if p.Cap > 0 && amounts[i] > p.Cap {
			s.Overflow += amounts[i] - p.Cap
			amounts[i] = p.Cap
		}
	}
	return s, amounts, true
}

// SplitOf says how the pool is shared among n redemptions: equally too where the floor of a random
// split takes more than there is.
func (p Pool) SplitOf(n int64) Split {
	if p.Split == SplitRandom && n > 0 && p.Floor > p.Amount/n {
		return SplitEqual
	}
	return p.Split
}

// Sum adds up weights; no campaign has so many players that it could overflow.
func Sum(weights []uint32) int64 {
	sum := int64(0)
	for _, w := range weights {
		sum += int64(w)
	}
	return sum
}

// mulDiv gives a*w/sum, rounded down, by a product of 128 bits. w is at most sum, so it fits.
func mulDiv(a int64, w uint32, sum int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(w))
	quotient, _ := bits.Div64(high, low, uint64(sum))
	return int64(quotient)
}
