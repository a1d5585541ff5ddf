package live_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
)

// A Redis that is emptied knows nothing, which is what everybody can deal with.
func TestEmptiedRedis(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		full := game.Album{Campaign: campaign, Player: "ann", N: 9, Counts: [5]int64{1, 1, 1, 1, 1}}
		put(t, l, full)
		marks(t, l, mark("ann", 1, 1, 9))
		lease(t, l, "ann", "first", nil)
		if err := l.Count(t.Context(), campaign, 5); err != nil {
			t.Fatal(err)
		}
		empty(t, l)
		if a := read(t, l, "ann"); a != (game.Album{}) {
			t.Errorf("album %+v", a)
		}
		if c := markOf(t, l, "ann", 1); c != (game.Chance{}) {
			t.Errorf("mark %v", c)
		}
		if n, err := l.Draws(t.Context(), campaign); n != 0 || err != nil {
			t.Errorf("draws %d %v", n, err)
		}
		if v := lease(t, l, "ann", "second", nil); v != game.VerdictUnknown {
			t.Errorf("lease %q", v)
		}
		release(t, l, "ann", "first")
		put(t, l, full)
		if diff := cmp.Diff(full, read(t, l, "ann")); diff != "" {
			t.Errorf("filled again (-want +got):\n%s", diff)
		}
		if v := lease(t, l, "ann", "second", nil); v != game.VerdictReady {
			t.Errorf("lease of the album that is back: %q", v)
		}
	})
}

// A server that was restarted knows no script: single calls and pipelines send it once more.
func TestForgottenScripts(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		for n := range int64(3) {
			forgetScripts(t, l)
			var albums []game.Album
			var list []game.Mark
			for i := range 600 { // more than one pipeline on each server of a cluster
				p := game.PlayerID(fmt.Sprint("p", i))
				albums = append(albums, game.Album{Campaign: campaign, Player: p, N: n + 1, Counts: [5]int64{1, 1, 1, 1, 1}})
				list = append(list, mark(p, 1, 1, int(n)+1))
			}
			put(t, l, albums...)
			marks(t, l, list...)
			for _, a := range albums {
				if diff := cmp.Diff(a, read(t, l, a.Player)); diff != "" {
					t.Fatalf("%s (-want +got):\n%s", a.Player, diff)
				}
				if c := markOf(t, l, a.Player, 1); c.Index != int(n)+1 {
					t.Fatalf("%s: mark %v", a.Player, c)
				}
			}
			forgetScripts(t, l)
			if v := lease(t, l, "p1", "key", nil); v != game.VerdictReady {
				t.Errorf("lease %q", v)
			}
			release(t, l, "p1", "key")
			if err := l.Count(t.Context(), campaign, 2); err != nil {
				t.Error(err)
			}
			if got, err := l.Draws(t.Context(), campaign); got != 2*(n+1) || err != nil {
				t.Errorf("%d draws %v", got, err)
			}
			if ok, _ := allow(t, l, "forgotten", 3, 1e12); !ok {
				t.Error("the limit is reached too early")
			}
		}
	})
}

// A pipeline may meet servers of a cluster that know the script and others that do not.
func TestScriptsForgottenByOneServer(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		put(t, l, numbered("ann", 1))
		if err := l.Redis().ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		put(t, l, numbered("warm", 1))
		var albums []game.Album
		for i := range 100 {
			albums = append(albums, numbered(game.PlayerID(fmt.Sprint("p", i)), 2))
		}
		put(t, l, albums...)
		for _, a := range albums {
			if read(t, l, a.Player).N != 2 {
				t.Errorf("%s was not written", a.Player)
			}
		}
	})
}

// After the book has been restored, nothing that was written before is seen again.
func TestEpoch(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		l.SetEpoch("one")
		put(t, l, numbered("ann", 50))
		marks(t, l, mark("ann", 1, 1, 9))
		if err := l.Count(t.Context(), campaign, 5); err != nil {
			t.Fatal(err)
		}
		l.SetEpoch("two")
		if a := read(t, l, "ann"); a != (game.Album{}) {
			t.Errorf("album %+v", a)
		}
		if c := markOf(t, l, "ann", 1); c != (game.Chance{}) {
			t.Errorf("mark %v", c)
		}
		if n, err := l.Draws(t.Context(), campaign); n != 0 || err != nil {
			t.Errorf("draws %d %v", n, err)
		}
		put(t, l, numbered("ann", 4))
		if a := read(t, l, "ann"); a.N != 4 {
			t.Errorf("the restored album was not taken: %+v", a)
		}
		l.SetEpoch("one")
		if a := read(t, l, "ann"); a.N != 50 {
			t.Errorf("the other epoch's album changed: %+v", a)
		}
	})
}

// What somebody else wrote into our keys is as if it were not there, and is written over.
func TestUnreadableAlbum(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		for _, text := range []string{"", "cheese", "1,2", "9999999999,,,,,,,,,,,", "9999999999,x,1,1,1,1,1,0,0,1,1,1"} {
			key := l.PlayerKey(campaign, "ann")
			if err := l.Redis().HSet(t.Context(), key, "a", text).Err(); err != nil {
				t.Fatal(err)
			}
			if a := read(t, l, "ann"); a != (game.Album{}) {
				t.Errorf("%q is read as %+v", text, a)
			}
			if v := lease(t, l, "ann", "key", nil); v != game.VerdictUnknown {
				t.Errorf("%q: lease %q", text, v)
			}
			put(t, l, numbered("ann", 4))
			if a := read(t, l, "ann"); a.N != 4 {
				t.Errorf("%q was not written over: %+v", text, a)
			}
		}
	})
}
