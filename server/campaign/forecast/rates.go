package forecast

import (
	"math"

	"github.com/fivefold/fivefold/server/game"
)

// gains are what a draw can bring an album: a card of each position, or a wildcard.
const (
	gains    = game.SetSize + 1
	wildcard = game.SetSize
)

// rates are the probabilities of one draw. Those of gains are apart by what they bring; other is
// a win that brings no card, such as a limited outcome without a fallback when it is sold out.
type rates struct {
	gain        [gains]float64
	other, miss float64
}

// model is how the draws of one player go: by odds, and on the last of each block of every draws
// in which there was only misses before, by guaranteed. every is 0 where nothing is guaranteed.
type model struct {
	odds, guaranteed rates
	every            int
}

// newModel reads an odds table. out says which of its outcomes are sold out: their fallback is
// given instead. A sold-out win is still no miss, as far as the guarantee is concerned.
func newModel(o game.Odds, g *game.Guarantee, out func(outcome int) bool) model {
	m := model{odds: newRates(o, o.Weights(), o.Miss, out)}
	if g != nil {
		m.every = g.Every
		m.guaranteed = newRates(o, g.Weights, 0, out)
	}
	return m
}

// newRates adds weights up as whole numbers, so that nothing is lost before the one division.
func newRates(o game.Odds, weights []int64, miss int64, out func(int) bool) rates {
	var sums [gains]int64
	other := int64(0)
	for i, outcome := range o.Outcomes {
		gives := gainOf(outcome)
		if out != nil && out(i) {
			fallback, _ := o.Find(outcome.Fallback)
			gives = gainOf(fallback)
		}
		if gives < 0 {
			other += weights[i]
		} else {
			sums[gives] += weights[i]
		}
	}
	r := rates{other: share(other), miss: share(miss)}
	for i, sum := range sums {
		r.gain[i] = share(sum)
	}
	return r
}

func share(weight int64) float64 { return float64(weight) / game.Scale }

// gainOf gives what an outcome brings; -1: no card.
func gainOf(o game.Outcome) int {
	switch o.Kind {
	case game.KindCard:
		return o.Card - 1
	case game.KindWildcard:
		return wildcard
	}
	return -1
}

// owed gives the probability that a block comes to its guarantee.
func (m *model) owed() float64 {
	if m.every == 0 {
		return 0
	}
	return math.Pow(m.odds.miss, float64(m.every-1))
}

// wild says whether there are wildcards at all.
func (m *model) wild() bool {
	return m.odds.gain[wildcard] > 0 || m.guaranteed.gain[wildcard] > 0
}

// has gives the probability that a gain is among n draws of whole blocks, one after the other, and bonus
// draws that no guarantee counts.
// In a block of M, with p by the odds, g by the guarantee and s = miss^(M-1), it is
// 1 - (1-p)^M + s(g-p); logarithms keep what is small exact.
func (m *model) has(gain int, n, bonus int64) float64 {
	p, g := m.odds.gain[gain], m.guaranteed.gain[gain]
	logLack := times(n, math.Log1p(-p))
	if m.every > 0 {
		every := int64(m.every)
		block := -math.Expm1(float64(every)*math.Log1p(-p)) + m.owed()*(g-p)
		logLack = times(n/every, math.Log1p(-min(1, max(0, block)))) + times(n%every, math.Log1p(-p))
	}
	return -math.Expm1(logLack + times(bonus, math.Log1p(-p)))
}

// times is n*x where x may be infinite and n zero.
func times(n int64, x float64) float64 {
	if n == 0 {
		return 0
	}
	return float64(n) * x
}

// split gives how many of a window's first n draws are expected to be by the odds, and how many
// by the guarantee.
func (m *model) split(n int) (ordinary, guaranteed float64) {
	if m.every > 0 {
		guaranteed = float64(n/m.every) * m.owed()
	}
	return float64(n) - guaranteed, guaranteed
}
