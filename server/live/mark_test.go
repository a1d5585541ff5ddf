package live_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
)

func chance(round, window, index int) game.Chance {
	return game.Chance{Round: round, Window: window, Index: index}
}

func mark(p game.PlayerID, round, window, index int) game.Mark {
	return game.Mark{Campaign: campaign, Player: p, Chance: chance(round, window, index)}
}

func marks(t *testing.T, l *live.Live, list ...game.Mark) {
	t.Helper()
	if err := l.Mark(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

// markOf gives a mark, the zero chance where there is none.
func markOf(t *testing.T, l *live.Live, p game.PlayerID, round int) game.Chance {
	t.Helper()
	c, _, err := l.MarkOf(t.Context(), campaign, p, round)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMarksMoveForward(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		if c, ok, err := l.MarkOf(t.Context(), campaign, "ann", 1); ok || err != nil {
			t.Errorf("before any: %v %v %v", c, ok, err)
		}
		for _, step := range []struct{ mark, want game.Chance }{
			{chance(1, 1, 9), chance(1, 1, 9)},
			{chance(1, 1, 8), chance(1, 1, 9)},
			{chance(1, 1, 10), chance(1, 1, 10)}, // which is after 9, though not as text
			{chance(1, 2, 1), chance(1, 2, 1)},
			{chance(1, 1, 60), chance(1, 2, 1)},
			{chance(1, 0, 60), chance(1, 2, 1)}, // of a bonus chance, which is apart
			{chance(1, 10, 100_000), chance(1, 10, 100_000)},
		} {
			marks(t, l, game.Mark{Campaign: campaign, Player: "ann", Chance: step.mark})
			if got := markOf(t, l, "ann", 1); got != step.want {
				t.Errorf("after %v: %v, want %v", step.mark, got, step.want)
			}
		}
		if c := markOf(t, l, "bob", 1); c != (game.Chance{}) {
			t.Errorf("of another player: %v", c)
		}
		if c, ok, _ := l.MarkOf(t.Context(), "another", "ann", 1); ok {
			t.Errorf("of another campaign: %v", c)
		}
	})
}

func TestMarksOfTheTwoLatestRounds(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		marks(t, l, mark("ann", 2, 1, 5), mark("ann", 1, 9, 9), mark("bob", 7, 1, 1), mark("ann", 2, 1, 4))
		marks(t, l, mark("ann", 1, 9, 10)) // late, as in the grace of round 1
		want := []game.Chance{{}, chance(1, 9, 10), chance(2, 1, 5), {}}
		for round, c := range want {
			if got := markOf(t, l, "ann", round); got != c {
				t.Errorf("round %d: %v, want %v", round, got, c)
			}
		}
		marks(t, l, mark("ann", 10, 1, 1), mark("ann", 1, 10, 1))
		for round, c := range map[int]game.Chance{1: {}, 2: chance(2, 1, 5), 10: chance(10, 1, 1)} {
			if got := markOf(t, l, "ann", round); got != c {
				t.Errorf("after round 10, round %d: %v, want %v", round, got, c)
			}
		}
	})
}

// Bonus chances have marks of their own.
func TestBonusMarks(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		of := func(round int) int {
			t.Helper()
			index, err := l.BonusMarkOf(t.Context(), campaign, "ann", round)
			if err != nil {
				t.Fatal(err)
			}
			return index
		}
		marks(t, l, mark("ann", 1, 2, 9))
		if got := of(1); got != 0 {
			t.Errorf("before any: %d", got)
		}
		marks(t, l, mark("ann", 1, 0, 2), mark("ann", 2, 0, 1), mark("ann", 1, 0, 1))
		if one, two := of(1), of(2); one != 2 || two != 1 || markOf(t, l, "ann", 1) != chance(1, 2, 9) {
			t.Errorf("%d and %d, beside %v", one, two, markOf(t, l, "ann", 1))
		}
	})
}

// In whatever order and grouping marks come, the highest of the latest round is what is known.
func TestMarksInAnyOrder(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		run := 0
		rapid.Check(t, func(rt *rapid.T) {
			run++
			p := game.PlayerID(fmt.Sprint("p", run))
			highest := game.Chance{}
			for range rapid.IntRange(1, 5).Draw(rt, "batches") {
				var list []game.Mark
				for range rapid.IntRange(0, 8).Draw(rt, "marks") {
					m := mark(p, rapid.IntRange(1, 3).Draw(rt, "round"), rapid.IntRange(1, 12).Draw(rt, "window"), rapid.IntRange(1, 12).Draw(rt, "index"))
					if highest.Before(m.Chance) {
						highest = m.Chance
					}
					list = append(list, m, mark("other", 1, 1, 1))
				}
				marks(t, l, list...)
			}
			if diff := cmp.Diff(highest, markOf(t, l, p, highest.Round)); diff != "" {
				rt.Fatalf("(-want +got):\n%s", diff)
			}
		})
	})
}

// Albums and marks share a key, and neither disturbs the other.
func TestMarksBesideAlbums(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		marks(t, l, mark("ann", 1, 2, 3))
		if a := read(t, l, "ann"); a != (game.Album{}) {
			t.Errorf("a mark alone makes an album: %+v", a)
		}
		put(t, l, numbered("ann", 7))
		marks(t, l, mark("ann", 1, 2, 4))
		put(t, l, numbered("ann", 8))
		if diff := cmp.Diff(numbered("ann", 8), read(t, l, "ann")); diff != "" {
			t.Errorf("album (-want +got):\n%s", diff)
		}
		if c := markOf(t, l, "ann", 1); c != (game.Chance{Round: 1, Window: 2, Index: 4}) {
			t.Errorf("mark %v", c)
		}
	})
}

func TestCount(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		want := int64(0)
		for _, n := range []int64{0, 5, 1, 1_000_000_000_000, 64} {
			if err := l.Count(t.Context(), campaign, n); err != nil {
				t.Fatal(err)
			}
			want += n
			if got, err := l.Draws(t.Context(), campaign); got != want || err != nil {
				t.Errorf("%d %v, want %d", got, err, want)
			}
		}
		if got, err := l.Draws(t.Context(), "another"); got != 0 || err != nil {
			t.Errorf("of another campaign: %d %v", got, err)
		}
	})
}
