package forecast_test

import (
	"math"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// TestAgainstTheDraw holds the chain against players whose chances are drawn by the game's own
// rule, guarantee, wildcards and all.
func TestAgainstTheDraw(t *testing.T) {
	const players, chances = 20_000, 60
	o := odds(60_000_000, 50_000_000, 40_000_000, 30_000_000, 10_000_000, 15_000_000)
	g := &game.Guarantee{Every: 12, Weights: []int64{300_000_000, 200_000_000, 200_000_000, 150_000_000, 50_000_000, 100_000_000}}
	by := outlook(t, o, g, 30, chances).By

	drawer, table := pick.New(pick.Seed{4, 5, 6}), pick.NewTable(o, g)
	var finished, scarce, wild [2]float64
	for i := range players {
		id := pick.Identity{Campaign: "c", Player: "p", ClientSeed: [32]byte{byte(i), byte(i >> 8)}}
		counts := [6]int{}
		for n, outcome := range drawer.Span(nil, table, id, game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: 1}, Taps: chances}) {
			if outcome != game.Miss {
				counts[outcome]++
			}
			for at := range by {
				if int64(n+1) == by[at].Draws {
					finished[at] += truth(have(counts) == game.SetSize)
					scarce[at] += truth(counts[4] > 0)
					wild[at] += truth(counts[5] > 0)
				}
			}
		}
	}
	for at, b := range by {
		for _, of := range []struct {
			name        string
			got, wanted float64
		}{
			{"finished", finished[at] / players, b.Finished},
			{"has the scarce card", scarce[at] / players, b.Cards[4]},
			{"has a wildcard", wild[at] / players, b.Wildcard},
		} {
			if sd := math.Sqrt(of.wanted * (1 - of.wanted) / players); math.Abs(of.got-of.wanted) > 3.3*sd {
				t.Errorf("%s by %d draws: drawn %v, computed %v, standard deviation %v", of.name, b.Draws, of.got, of.wanted, sd)
			}
		}
	}
}

// have is how much of a set the counts are, wildcards counted.
func have(counts [6]int) int {
	level := counts[5]
	for _, n := range counts[:5] {
		level += min(1, n)
	}
	return min(level, game.SetSize)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// TestGuaranteeByHand: when only the guarantee gives anything, a set takes five blocks of it.
func TestGuaranteeByHand(t *testing.T) {
	o := odds(0, 0, 0, 0, 0, 0)
	g := &game.Guarantee{Every: 12, Weights: []int64{0, 0, 0, 0, 0, game.Scale}}
	out := outlook(t, o, g, 59, 60)
	if out.Mean != 60 || out.Median != 60 || out.P99 != 60 || out.By[0].Finished != 0 || out.By[1].Finished != 1 {
		t.Errorf("%+v", out)
	}
	if out.By[0].Unlucky != 4 || out.By[1].Unlucky != 5 {
		t.Errorf("after 59 draws %d of a set, after 60 %d", out.By[0].Unlucky, out.By[1].Unlucky)
	}
	g.Weights = []int64{even, even, even, even, even, 0}
	if out := outlook(t, o, g); !near(out.Mean, 12*137.0/12, 1e-13) {
		t.Errorf("mean %v, want 137: a draw of even odds each twelve", out.Mean)
	}
}
