package pick_test

import (
	"fmt"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// outcomes draws a window of chances for each of many players of a fixed seed and counts what
// they give; the miss is counted last.
func outcomes(weights []int64, players, chances int) []int64 {
	drawer, table := pick.New(pick.Seed{1, 2, 3}), pick.NewTable(odds(weights...), nil)
	counts := make([]int64, len(weights)+1)
	var dst []int
	for p := range players {
		id := pick.Identity{Campaign: "statistics", Player: game.PlayerID(fmt.Sprint("player ", p))}
		dst = drawer.Span(dst[:0], table, id, spanOf(1, chances))
		for _, o := range dst {
			counts[(o+len(counts))%len(counts)]++
		}
	}
	return counts
}

// chiSquare measures how far counts are from weights, which get the miss as their last.
func chiSquare(counts, weights []int64) float64 {
	total, left := int64(0), int64(game.Scale)
	for _, n := range counts {
		total += n
	}
	for _, w := range weights {
		left -= w
	}
	sum := 0.0
	for i, w := range append(weights[:len(weights):len(weights)], left) {
		want := float64(total) * float64(w) / game.Scale
		if w > 0 {
			sum += (float64(counts[i]) - want) * (float64(counts[i]) - want) / want
		}
	}
	return sum
}

// limit6 is the chi-square of 6 degrees of freedom that one table in a thousand exceeds.
const limit6 = 22.46

func TestOutcomesFollowTheOdds(t *testing.T) {
	counts := outcomes(cards, 4000, 100)
	if x := chiSquare(counts, cards); x > limit6 {
		t.Errorf("chi-square %.2f of %v, want at most %v", x, counts, limit6)
	}
}

// The test above can tell a scarce card of a hundredth that comes a tenth too often.
func TestChiSquareSeesWrongOdds(t *testing.T) {
	wrong := append([]int64{}, cards...)
	wrong[4], wrong[0] = wrong[4]+wrong[4]/10, wrong[0]-wrong[4]/10
	if x := chiSquare(outcomes(wrong, 4000, 100), cards); x <= limit6 {
		t.Errorf("chi-square %.2f for a scarce card of a tenth more, want more than %v", x, limit6)
	}
}

// Neighbours share an HMAC, so what one chance gives must say nothing of the next: pairs are
// compared with what independence would give.
func TestLanesAreIndependent(t *testing.T) {
	const players, chances = 3000, 64
	drawer, table := pick.New(pick.Seed{9}), pick.NewTable(odds(game.Scale/2), nil)
	var pairs [4]int64
	var dst []int
	for p := range players {
		dst = drawer.Span(dst[:0], table, pick.Identity{Player: game.PlayerID(fmt.Sprint(p))}, spanOf(1, chances))
		for i := 0; i < len(dst); i += 2 {
			pairs[2*(dst[i]+1)+dst[i+1]+1]++
		}
	}
	even := []int64{game.Scale / 4, game.Scale / 4, game.Scale / 4}
	if x := chiSquare(pairs[:], even); x > 16.27 { // 3 degrees of freedom, one in a thousand
		t.Errorf("chi-square %.2f of pairs %v", x, pairs)
	}
}
