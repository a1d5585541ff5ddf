package redeem_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

// BenchmarkDivider shares the pool of 2016.
func BenchmarkDivider(b *testing.B) {
	players := make([]game.PlayerID, 791_405)
	for i := range players {
		players[i] = game.PlayerID(fmt.Sprintf("p%026x", uint64(i)*0x9e3779b97f4a7c15))
	}
	slices.Sort(players)
	for _, split := range []game.Split{game.SplitEqual, game.SplitRandom} {
		b.Run(string(split), func(b *testing.B) {
			c := random("c1", 21_500_000_000, 0, 0)
			c.Pool.Split = split
			for b.Loop() {
				redeem.Divider([32]byte{9})(c, players)
			}
			b.ReportAllocs()
		})
	}
}
