//go:build !race

// The race detector lets a sync.Pool forget, so that allocations cannot be counted under it.

package pick_test

import (
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

func TestSpanAllocatesNothing(t *testing.T) {
	drawer, dst := pick.New(pick.Seed{7}), make([]int, 0, game.MaxTaps)
	id := pick.Identity{Campaign: "campaign", Player: "player"}
	table := pick.NewTable(odds(cards...), &game.Guarantee{Every: 64, Weights: []int64{0, 0, 0, 0, 0, game.Scale}})
	for _, span := range []game.Span{spanOf(1, 64), spanOf(63, 2), spanOf(9, 1)} {
		if n := testing.AllocsPerRun(100, func() { dst = drawer.Span(dst[:0], table, id, span) }); n != 0 {
			t.Errorf("%+v: %v allocations", span, n)
		}
	}
}
