package pick

import (
	"math/bits"

	"github.com/fivefold/fivefold/server/game"
)

// Table is an odds table with its guarantee, made ready for picking. It does not change and
// may be used by many goroutines.
type Table struct {
	odds       []uint64 // cumulative weights, in the table's order
	guaranteed []uint64 // of the guarantee; they end at game.Scale
	every      int      // M; 0 where nothing is guaranteed
}

// NewTable makes a table of odds and a guarantee (nil: none). Both must have passed
// (*game.Version).Check.
func NewTable(odds game.Odds, g *game.Guarantee) *Table {
	t := &Table{odds: cumulative(odds.Weights())}
	if g != nil {
		t.every, t.guaranteed = g.Every, cumulative(g.Weights)
	}
	return t
}

func cumulative(weights []int64) []uint64 {
	sums := make([]uint64, len(weights))
	sum := uint64(0)
	for i, w := range weights {
		sum += uint64(w)
		sums[i] = sum
	}
	return sums
}

// Outcome gives the outcome of x as its position in the odds table, or game.Miss; it knows
// nothing of the guarantee, which depends on the chances before.
func (t *Table) Outcome(x uint64) int { return choose(t.odds, x) }

// choose scales x to parts of game.Scale without a division, so that no weight is off by more
// than 2^-63 of its probability.
func choose(sums []uint64, x uint64) int {
	u := Part(x)
	for i, sum := range sums {
		if u < sum {
			return i
		}
	}
	return game.Miss
}

// Part gives the part per billion in which x falls, from 0: an outcome has as many of them as its
// weight, in the table's order.
func Part(x uint64) uint64 {
	u, _ := bits.Mul64(x, game.Scale)
	return u
}

// ends says whether a block of the guarantee ends with an index.
func (t *Table) ends(index int) bool { return t.every > 0 && index%t.every == 0 }

// begins gives the first index of the guarantee's block that holds an index.
func (t *Table) begins(index int) int { return index - (index-1)%t.every }

// settles says whether a block of the guarantee ends within the span: only then do the chances
// before the span matter.
func (t *Table) settles(span game.Span) bool {
	return t.every > 0 && t.begins(span.Index)+t.every-1 <= span.Last()
}
