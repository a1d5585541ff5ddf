package live_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
	"pgregory.net/rapid"
)

func operation(p game.PlayerID, key game.OperationKey) game.Operation {
	return game.Operation{Campaign: campaign, Player: p, Key: key}
}

func lease(t *testing.T, l *live.Live, p game.PlayerID, key game.OperationKey, s game.Substitution) game.Verdict {
	t.Helper()
	v, err := l.Lease(t.Context(), operation(p, key), s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func release(t *testing.T, l *live.Live, p game.PlayerID, key game.OperationKey) {
	t.Helper()
	if err := l.Release(t.Context(), operation(p, key)); err != nil {
		t.Fatal(err)
	}
}

func TestLeaseJudgesTheAlbum(t *testing.T) {
	full, poor := [5]int64{1, 1, 2, 1, 30}, [5]int64{1, 0, 2, 1, 30}
	onEach(t, func(t *testing.T, l *live.Live) {
		for p, test := range map[game.PlayerID]struct {
			album *game.Album
			s     game.Substitution
			want  game.Verdict
		}{
			"nothing there":      {nil, nil, game.VerdictUnknown},
			"nobody's yet":       {&game.Album{}, nil, game.VerdictIncomplete},
			"a set":              {&game.Album{N: 40, Counts: full}, nil, game.VerdictReady},
			"one missing":        {&game.Album{N: 40, Counts: poor}, nil, game.VerdictIncomplete},
			"a wildcard":         {&game.Album{N: 40, Counts: poor, Wildcards: 1}, game.Substitution{2: 1}, game.VerdictReady},
			"not asked for":      {&game.Album{N: 40, Counts: poor, Wildcards: 1}, nil, game.VerdictIncomplete},
			"the wrong one":      {&game.Album{N: 40, Counts: poor, Wildcards: 1}, game.Substitution{3: 1}, game.VerdictIncomplete},
			"no wildcard":        {&game.Album{N: 40, Counts: full}, game.Substitution{1: 1}, game.VerdictIncomplete},
			"one is not two":     {&game.Album{N: 40, Counts: poor, Wildcards: 1}, game.Substitution{1: 1, 2: 1}, game.VerdictIncomplete},
			"wildcards alone":    {&game.Album{N: 5, Wildcards: 5}, game.Substitution{1: 1, 2: 1, 3: 1, 4: 1, 5: 1}, game.VerdictReady},
			"redeemed":           {&game.Album{N: 41, Counts: full, Redeemed: true}, nil, game.VerdictRedeemed},
			"redeemed, and poor": {&game.Album{N: 41, Redeemed: true}, nil, game.VerdictRedeemed},
		} {
			if test.album != nil {
				a := *test.album
				a.Campaign, a.Player = campaign, p
				put(t, l, a)
			}
			if got := lease(t, l, p, "key", test.s); got != test.want {
				t.Errorf("%s: %q, want %q", p, got, test.want)
			}
		}
	})
}

// Redis says ready where, and only where, the rule of the book would redeem.
func TestLeaseAgreesWithTheRule(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		n := int64(0)
		rapid.Check(t, func(rt *rapid.T) {
			n++
			a := game.Album{Campaign: campaign, Player: "ann", N: n, Redeemed: rapid.Bool().Draw(rt, "redeemed")}
			for i := range a.Counts {
				a.Counts[i] = rapid.Int64Range(0, 2).Draw(rt, "count")
			}
			a.Wildcards = rapid.Int64Range(0, 3).Draw(rt, "wildcards")
			s := game.Substitution(rapid.MapOf(rapid.IntRange(1, game.SetSize), rapid.IntRange(0, 1)).Draw(rt, "substitution"))
			put(t, l, a)
			verdict := lease(t, l, "ann", "key", s)
			_, err := a.Redeem(s, "key", time.Time{}, time.Time{})
			want := map[game.Code]game.Verdict{
				"": game.VerdictReady, game.CodeSetIncomplete: game.VerdictIncomplete, game.CodeAlreadyRedeemed: game.VerdictRedeemed,
			}[game.CodeOf(err)]
			if verdict != want {
				rt.Fatalf("%+v with %v: %q, and the rule says %v", a, s, verdict, err)
			}
		})
	})
}

func TestLeaseIsOneOperations(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		for _, p := range []game.PlayerID{"ann", "bob"} {
			put(t, l, game.Album{Campaign: campaign, Player: p, N: 9, Counts: [5]int64{1, 1, 1, 1, 1}})
		}
		for _, step := range []struct {
			player  game.PlayerID
			key     game.OperationKey
			release bool
			want    game.Verdict
		}{
			{"ann", "first", false, game.VerdictReady},
			{"ann", "first", false, game.VerdictReady}, // the same again
			{"ann", "second", false, game.VerdictLeased},
			{"bob", "second", false, game.VerdictReady}, // of another player
			{"ann", "second", true, ""},                 // which has no lease to give back
			{"ann", "third", false, game.VerdictLeased},
			{"ann", "first", true, ""},
			{"ann", "first", true, ""},
			{"ann", "second", false, game.VerdictReady},
			{"ann", "first", false, game.VerdictLeased},
		} {
			if step.release {
				release(t, l, step.player, step.key)
			} else if got := lease(t, l, step.player, step.key, nil); got != step.want {
				t.Errorf("%+v: %q", step, got)
			}
		}
	})
}

func TestLeaseRunsOut(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		l.Shorten(time.Minute, 300*time.Millisecond)
		put(t, l, game.Album{Campaign: campaign, Player: "ann", N: 9, Counts: [5]int64{1, 1, 1, 1, 1}})
		if got := lease(t, l, "ann", "first", nil); got != game.VerdictReady {
			t.Fatalf("the first: %q", got)
		}
		if got := lease(t, l, "ann", "second", nil); got != game.VerdictLeased {
			t.Errorf("the second at once: %q", got)
		}
		within(t, 2*time.Second, "the lease runs out", func() bool {
			return lease(t, l, "ann", "second", nil) == game.VerdictReady
		})
	})
}

// What the book answered after the lease reaches Redis, and ends all questions.
func TestLeaseAfterTheBookFollowed(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		a := game.Album{Campaign: campaign, Player: "ann", N: 9, Counts: [5]int64{1, 1, 1, 1, 1}}
		put(t, l, a)
		lease(t, l, "ann", "first", nil)
		put(t, l, game.Album{Campaign: campaign, Player: "ann", N: 10, Redeemed: true})
		release(t, l, "ann", "first")
		for _, key := range []game.OperationKey{"first", "second"} {
			if got := lease(t, l, "ann", key, nil); got != game.VerdictRedeemed {
				t.Errorf("%s: %q", key, got)
			}
		}
	})
}
