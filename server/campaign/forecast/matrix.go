package forecast

import "math"

// matrix has the probabilities from each unfinished state (row) to each state (column) over some
// draws. Rows are zero left of the diagonal; finished states stay as they are and have no row.
//
// All that is done with it is adding and multiplying what is not negative, so no digits cancel.
type matrix [][]float64

func newMatrix(rows, columns int) matrix {
	all := make([]float64, rows*columns)
	m := make(matrix, rows)
	for i := range m {
		m[i] = all[i*columns : (i+1)*columns]
	}
	return m
}

// times gives the draws of a, then those of b.
func (a matrix) times(b matrix) matrix {
	if len(a) == 0 {
		return a
	}
	c := newMatrix(len(a), len(a[0]))
	for i, row := range a {
		b.apply(row, c[i], i)
	}
	return c
}

// apply adds to each state of to what comes there from the states of from, of which those before
// first are empty.
func (a matrix) apply(from, to []float64, first int) {
	for k := first; k < len(a); k++ {
		x := from[k]
		if x == 0 {
			continue
		}
		row := a[k]
		for j := k; j < len(row); j++ {
			to[j] += x * row[j]
		}
	}
	for j := len(a); j < len(from); j++ {
		to[j] += from[j]
	}
}

// after gives a new vector: from, after the draws.
func (a matrix) after(from []float64) []float64 {
	to := make([]float64, len(from))
	a.apply(from, to, 0)
	return to
}

// leaving gives, for each unfinished state, the probability not to stay in it.
func (a matrix) leaving() []float64 {
	l := make([]float64, len(a))
	for i, row := range a {
		l[i] = min(1, sum(row[i+1:]))
	}
	return l
}

// ladder has the powers 1, 2, 4, 8 ... of a matrix, made when they are asked for.
//
// Squaring doubles the relative error of a number each time; after thirty squarings nine digits
// are gone. But the error of a product that leads from one state to another is the sum of its
// factors' errors, and only the diagonal is a factor of itself: where the diagonal is computed
// anew for each power, the error grows with the number of squarings and not with the power.
type ladder struct {
	powers []matrix
	stay   []float64 // logarithms of the first one's diagonal
}

func newLadder(a matrix) *ladder {
	l := &ladder{powers: []matrix{a}}
	for _, leave := range a.leaving() {
		l.stay = append(l.stay, math.Log1p(-leave))
	}
	return l
}

// rung gives the power 2^k.
func (l *ladder) rung(k int) matrix {
	for len(l.powers) <= k {
		last := l.powers[len(l.powers)-1]
		next := last.times(last)
		for i := range next {
			next[i][i] = math.Exp(math.Ldexp(l.stay[i], len(l.powers)))
		}
		l.powers = append(l.powers, next)
	}
	return l.powers[k]
}

// climb gives what n times the draws make of a vector.
func (l *ladder) climb(mass []float64, n int64) []float64 {
	for k := 0; n>>k > 0; k++ {
		if n>>k&1 == 1 {
			mass = l.rung(k).after(mass)
		}
	}
	return mass
}

// identity is no draw at all.
func identity(rows, columns int) matrix {
	m := newMatrix(rows, columns)
	for i := range m {
		m[i][i] = 1
	}
	return m
}

// power gives n times the draws of a matrix.
func power(a matrix, n int) matrix {
	p := identity(len(a), len(a[0]))
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			p = p.times(a)
		}
		if n > 1 {
			a = a.times(a)
		}
	}
	return p
}
