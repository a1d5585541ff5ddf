package forecast

import (
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// give moves spare pieces to players who lack them: first to those whom one piece finishes, then to
// those who lack two, and so on, and again until nothing moves. Who can use several kinds takes of
// each as there is of it. masses are the players by state, one vector for each habit; what is
// not wanted stays in spare.
//
// Players come one after the other to what those before them have left. Here they come in turns,
// a part of them at once, and in the last turns all whom nothing was left for.
func (s *space) give(masses [][]float64, spare *[gains]float64) {
	players := 0.0
	for _, mass := range masses {
		players += sum(mass)
	}
	for range maxPasses {
		moved := 0.0
		for have := game.SetSize - 1; have >= 0; have-- {
			for left := turns; left > -lateTurns; left-- {
				moved += s.giveAt(masses, spare, have, 1/float64(max(1, left)))
			}
		}
		if moved <= 1e-9*players {
			return
		}
	}
}

// maxPasses is when the rest is left: after so many it is no longer worth the time.
const maxPasses = 64

const turns, lateTurns = 8, 3

// giveAt lets a part of the players who have so much of a set take one piece each, and says how
// many took one.
func (s *space) giveAt(masses [][]float64, spare *[gains]float64, have int, part float64) float64 {
	var wanted [gains]float64
	for _, mass := range masses {
		s.wishes(mass, spare, have, func(_, gain int, x float64) { wanted[gain] += part * x })
	}
	var served [gains]float64
	moved := 0.0
	for g, x := range wanted {
		if x > 0 {
			served[g] = min(1, spare[g]/x)
			moved += served[g] * x
		}
	}
	if moved == 0 {
		return 0
	}
	available := *spare
	for _, mass := range masses {
		s.wishes(mass, &available, have, func(state, gain int, x float64) {
			x *= part * served[gain]
			mass[state] -= x
			mass[s.next[state][gain]] += x // which has one more, and is not asked any more
			spare[gain] -= x
		})
	}
	for g := range spare {
		spare[g] = max(0, spare[g])
	}
	return moved
}

// wishes calls with how many players of a state want a gain, for each state that has so much.
func (s *space) wishes(mass []float64, spare *[gains]float64, have int, call func(state, gain int, x float64)) {
	for i := s.from[have]; i < s.from[have+1]; i++ {
		players := mass[i]
		if players <= 0 {
			continue
		}
		there := 0.0
		for g := range spare {
			if s.next[i][g] != i {
				there += spare[g]
			}
		}
		if there <= 0 {
			continue
		}
		for g := range spare {
			if s.next[i][g] != i && spare[g] > 0 {
				call(i, g, players*spare[g]/there)
			}
		}
	}
}

// sets gives how many full sets some pieces make, wildcards filling up where cards are fewest.
func sets(pieces [gains]float64) float64 {
	cards := slices.Sorted(slices.Values(pieces[:game.SetSize]))
	full, wild := cards[0], pieces[wildcard]
	for i := 1; i < len(cards); i++ {
		need := (cards[i] - full) * float64(i)
		if wild < need {
			return full + wild/float64(i)
		}
		full, wild = cards[i], wild-need
	}
	return full + wild/float64(len(cards))
}
