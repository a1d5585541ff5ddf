package pick_test

import (
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

func benchmarkSpan(b *testing.B, taps int) {
	drawer, table := pick.New(pick.Seed{1}), pick.NewTable(odds(cards...), nil)
	id := pick.Identity{Campaign: "spring-2026-0001", Player: "p_0123456789abcdef"}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		dst, span := make([]int, 0, game.MaxTaps), spanOf(1, taps)
		for pb.Next() {
			dst = drawer.Span(dst[:0], table, id, span)
		}
	})
	b.ReportMetric(float64(b.N)*float64(taps)/b.Elapsed().Seconds(), "chances/s")
}

func BenchmarkSpan64Taps(b *testing.B) { benchmarkSpan(b, 64) }

func BenchmarkSpan1Tap(b *testing.B) { benchmarkSpan(b, 1) }
