package live_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/testenv"
)

// onBoth measures on the embedded Redis and on a server.
func onBoth(b *testing.B, measure func(b *testing.B, l *live.Live)) {
	b.Run("embedded", func(b *testing.B) { measure(b, open(b, "embedded:")) })
	b.Run("redis", func(b *testing.B) { measure(b, open(b, testenv.Redis(b))) })
}

func BenchmarkPut1000Albums(b *testing.B) {
	onBoth(b, func(b *testing.B, l *live.Live) {
		albums := make([]game.Album, 1000)
		for n := int64(1); b.Loop(); n++ {
			for i := range albums {
				albums[i] = numbered(game.PlayerID(fmt.Sprint("p", i)), n)
			}
			if err := l.Put(b.Context(), albums); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "albums/s")
	})
}

func BenchmarkAlbum(b *testing.B) {
	onBoth(b, func(b *testing.B, l *live.Live) {
		if err := l.Put(b.Context(), []game.Album{numbered("ann", 7)}); err != nil {
			b.Fatal(err)
		}
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, ok, err := l.Album(b.Context(), campaign, "ann"); !ok || err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkAllow(b *testing.B) {
	onBoth(b, func(b *testing.B, l *live.Live) {
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, _, err := l.Allow(b.Context(), "ann", 1000, time.Second); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
