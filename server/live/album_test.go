package live_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
)

// numbered gives an album that shows by all its numbers that it is state n of a player.
func numbered(p game.PlayerID, n int64) game.Album {
	a := game.Album{Campaign: campaign, Player: p, N: n, Wildcards: n % 3, Redeemed: n%4 == 3}
	for i := range a.Counts {
		a.Counts[i] = n + int64(i)
	}
	a.Last = game.Chance{Round: 1, Window: int(n), Index: int(n)%60 + 1}
	return a
}

func TestAlbumIsAsItWasPut(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		if a := read(t, l, "ann"); a != (game.Album{}) {
			t.Errorf("of somebody unknown: %+v", a)
		}
		large := game.Album{
			Campaign: campaign, Player: "large", N: 1 << 52, Wildcards: 1 << 52, Redeemed: true,
			Counts: [5]int64{1 << 52, 0, 7, 1<<52 - 1, 2}, Last: game.Chance{Round: 1 << 31, Window: 1 << 31, Index: 100_000},
		}
		albums := []game.Album{
			numbered("ann", 7), numbered("bob", 3), large,
			{Campaign: campaign, Player: "nobody's yet"},
			{Campaign: campaign, Player: "玩家 {1}", N: 5, Last: game.Chance{Round: 1, Window: 0, Index: 3}},
		}
		put(t, l, albums...)
		for _, want := range albums {
			got, ok, err := l.Album(t.Context(), campaign, want.Player)
			if diff := cmp.Diff(want, got); diff != "" || !ok || err != nil {
				t.Errorf("%s: %v %v (-want +got):\n%s", want.Player, ok, err, diff)
			}
		}
		if _, ok, err := l.Album(t.Context(), "another", "ann"); ok || err != nil {
			t.Errorf("in another campaign: %v %v", ok, err)
		}
	})
}

func TestPutMovesForwardOnly(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		for _, step := range []struct{ put, want int64 }{{0, 0}, {3, 3}, {2, 3}, {3, 3}, {4, 4}, {10, 10}, {9, 10}, {100, 100}, {99, 100}} {
			put(t, l, numbered("ann", step.put))
			if diff := cmp.Diff(numbered("ann", step.want), read(t, l, "ann")); diff != "" {
				t.Errorf("after %d was put (-want +got):\n%s", step.put, diff)
			}
		}
		same := numbered("ann", 100)
		same.Counts[0] = 1
		put(t, l, same)
		if diff := cmp.Diff(numbered("ann", 100), read(t, l, "ann")); diff != "" {
			t.Errorf("another album of the same number was taken (-want +got):\n%s", diff)
		}
	})
}

func TestPutManyAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		put(t, l)
		var albums []game.Album
		for i := range 3000 {
			albums = append(albums, numbered(game.PlayerID(fmt.Sprint("p", i%1000)), int64(1+(i*7)%11)))
		}
		highest := map[game.PlayerID]int64{}
		for _, a := range albums {
			highest[a.Player] = max(highest[a.Player], a.N)
		}
		put(t, l, albums...)
		for p, n := range highest {
			if diff := cmp.Diff(numbered(p, n), read(t, l, p)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", p, diff)
			}
		}
	})
}

// Whoever puts what in whatever order at once, no reader sees an album go back, and the latest
// stays.
func TestPutNeverGoesBack(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		run := 0
		rapid.Check(t, func(rt *rapid.T) {
			run++
			p := game.PlayerID(fmt.Sprint("p", run))
			writers := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(0, 50), 1, 20), 1, 4).Draw(rt, "writers")
			highest := int64(0)
			var writing, reading sync.WaitGroup
			ctx, done := context.WithCancel(t.Context())
			reading.Go(func() { watch(ctx, t, l, p) })
			for _, numbers := range writers {
				for _, n := range numbers {
					highest = max(highest, n)
				}
				writing.Go(func() {
					for _, n := range numbers {
						if err := l.Put(t.Context(), []game.Album{numbered(p, n), numbered("other", n)}); err != nil {
							t.Error(err)
						}
					}
				})
			}
			writing.Wait()
			done()
			reading.Wait()
			if diff := cmp.Diff(numbered(p, highest), read(t, l, p)); diff != "" {
				rt.Fatalf("at last (-want +got):\n%s", diff)
			}
		})
	})
}

// watch reads an album until ctx ends and says when it goes back.
func watch(ctx context.Context, t *testing.T, l *live.Live, p game.PlayerID) {
	last := int64(-1)
	for ctx.Err() == nil {
		a, ok, err := l.Album(t.Context(), campaign, p)
		if err != nil {
			t.Error(err)
			return
		}
		if ok && a.N < last || !ok && last >= 0 {
			t.Errorf("%d was read after %d", a.N, last)
		}
		if ok {
			last = a.N
		}
		time.Sleep(time.Duration(rand.IntN(300)) * time.Microsecond)
	}
}

// An album is good for its time from when it was written; nothing but a later one extends it.
func TestAlbumRunsOut(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		l.Shorten(3*time.Second, time.Second)
		start := time.Now()
		put(t, l, numbered("ann", 5))
		time.Sleep(1500 * time.Millisecond)
		put(t, l, numbered("ann", 5))
		if err := l.Mark(t.Context(), []game.Mark{mark("ann", 1, 1, 9)}); err != nil {
			t.Fatal(err)
		}
		if read(t, l, "ann").N != 5 {
			t.Errorf("it was gone after %v", time.Since(start))
		}
		within(t, 2*time.Second, "the album runs out", func() bool { return read(t, l, "ann") == (game.Album{}) })
		if v, err := l.Lease(t.Context(), operation("ann", "key"), nil); v != game.VerdictUnknown || err != nil {
			t.Errorf("a lease of an album that ran out: %q %v", v, err)
		}
		if _, ok, err := l.MarkOf(t.Context(), campaign, "ann", 1); !ok || err != nil {
			t.Errorf("the mark went with the album: %v", err)
		}
		put(t, l, numbered("ann", 4))
		if a := read(t, l, "ann"); a.N != 4 {
			t.Errorf("nothing was there, still state 4 was not taken: %+v", a)
		}
	})
}
