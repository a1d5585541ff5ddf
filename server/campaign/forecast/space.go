package forecast

import (
	"math/bits"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// space numbers the states of an album on its way to a set: which cards it holds, and how many
// wildcards. It is finished when both together are five, and what comes after is spare. A draw
// leads to the same state or to one with a higher number, so that matrices over them are
// triangular. There are 32 states, and 112 where there are wildcards.
type space struct {
	held []uint8               // cards, as bits
	wild []int                 // wildcards
	next [][gains]int          // the state after a gain; the same where it is spare
	done int                   // the first of the finished ones
	from [game.SetSize + 1]int // the first state that has so much of a set
}

func newSpace(wild bool) *space {
	s := &space{}
	var all [][2]int
	for held := range 1 << game.SetSize {
		for w := range game.SetSize + 1 {
			if level(held, w) <= game.SetSize && (wild || w == 0) {
				all = append(all, [2]int{held, w})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b [2]int) int { return level(a[0], a[1]) - level(b[0], b[1]) })
	index := map[[2]int]int{}
	for i, state := range all {
		index[state] = i
		s.held, s.wild = append(s.held, uint8(state[0])), append(s.wild, state[1])
		for have := level(state[0], state[1]) + 1; have <= game.SetSize; have++ {
			s.from[have] = i + 1
		}
	}
	s.done = s.from[game.SetSize]
	for i, state := range all {
		next := [gains]int{}
		for g := range next {
			to := [2]int{state[0] | 1<<g, state[1]}
			if g == wildcard {
				to = [2]int{state[0], state[1] + 1}
			}
			next[g] = i
			if j, ok := index[to]; ok && i < s.done {
				next[g] = j
			}
		}
		s.next = append(s.next, next)
	}
	return s
}

func level(held, wild int) int { return bits.OnesCount(uint(held)) + wild }

// level is how much of a set a state has, wildcards counted: 0..5.
func (s *space) level(state int) int { return level(int(s.held[state]), s.wild[state]) }

// size is how many states there are.
func (s *space) size() int { return len(s.held) }

// finished gives how much of the mass is in finished states.
func (s *space) finished(mass []float64) float64 { return sum(mass[s.done:]) }

// unfinished gives the rest, added up by itself: near certainty a difference would lose it.
func (s *space) unfinished(mass []float64) float64 { return sum(mass[:s.done]) }

// unlucky gives the most that the unluckiest share of albums hold of a set.
func (s *space) unlucky(mass []float64, share float64) int {
	var by [game.SetSize + 1]float64
	for i, m := range mass {
		by[s.level(i)] += m
	}
	below, all := 0.0, sum(mass)
	for k, m := range by {
		if below += m; below >= share*all {
			return k
		}
	}
	return game.SetSize
}

func sum(xs []float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += x
	}
	return total
}

// holding gives how many pieces of each gain albums hold that are spread over the states so,
// spare ones not counted.
func (s *space) holding(mass []float64) [gains]float64 {
	var h [gains]float64
	for i, m := range mass {
		for g := range game.SetSize {
			if s.held[i]>>g&1 == 1 {
				h[g] += m
			}
		}
		h[wildcard] += m * float64(s.wild[i])
	}
	return h
}
