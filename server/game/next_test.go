package game_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// twoRounds is five with a second round of one long window, half an hour after the first.
func twoRounds() game.Version {
	v := five()
	v.Rounds = append(v.Rounds, game.Round{
		Number: 2, OpensAt: at(30 * time.Minute), ClosesAt: at(40 * time.Minute),
		WindowSeconds: 600, Chances: 60,
	})
	return v
}

func TestNext(t *testing.T) {
	v := twoRounds()
	for name, test := range map[string]struct {
		after time.Duration
		used  game.Chance
		want  game.NextChance
		ok    bool
	}{
		"before the first round": {-1, game.Chance{}, game.NextChance{}, false},
		"at the opening":         {0, game.Chance{}, game.NextChance{game.Chance{1, 1, 1}, start, 120}, true},
		"after some": {10 * time.Second, game.Chance{1, 1, 30},
			game.NextChance{game.Chance{1, 1, 31}, at(6 * time.Second), 90}, true},
		"of a window past": {61 * time.Second, game.Chance{1, 1, 30},
			game.NextChance{game.Chance{1, 2, 1}, at(time.Minute), 120}, true},
		"window used up": {59 * time.Second, game.Chance{1, 1, 120},
			game.NextChance{game.Chance{1, 2, 1}, at(time.Minute), 120}, true},
		"last window used up": {179 * time.Second, game.Chance{1, 3, 120}, game.NextChance{}, false},
		"between the rounds":  {10 * time.Minute, game.Chance{1, 3, 1}, game.NextChance{}, false},
		"of a round past": {30 * time.Minute, game.Chance{1, 3, 120},
			game.NextChance{game.Chance{2, 1, 1}, at(30 * time.Minute), 60}, true},
		"bonus chances do not count": {time.Second, game.Chance{1, 0, 9},
			game.NextChance{game.Chance{1, 1, 1}, start, 120}, true},
	} {
		got, ok := v.Next(at(test.after), test.used)
		if diff := cmp.Diff(test.want, got); diff != "" || ok != test.ok {
			t.Errorf("%s: %v (-want +got):\n%s", name, ok, diff)
		}
	}
}

// Whoever spends what is next, one chance after the other, spends each of the window once.
func TestNextWalksTheWindow(t *testing.T) {
	v, used := five(), game.Chance{}
	for i := 1; i <= v.Rounds[0].Chances; i++ {
		next, ok := v.Next(start, used)
		if want := (game.Chance{Round: 1, Window: 1, Index: i}); !ok || next.Chance != want {
			t.Fatalf("next after %v is %v, want %v", used, next.Chance, want)
		}
		used = next.Chance
	}
}

func TestRoundAtAndAfter(t *testing.T) {
	v := twoRounds()
	for _, test := range []struct {
		after     time.Duration
		at, later int // numbers; 0: none
	}{
		{-time.Second, 0, 1},
		{0, 1, 2},
		{3*time.Minute - 1, 1, 2},
		{3 * time.Minute, 0, 2},
		{30 * time.Minute, 2, 0},
		{40 * time.Minute, 0, 0},
	} {
		now, _ := v.RoundAt(at(test.after))
		later, _ := v.RoundAfter(at(test.after))
		if now.Number != test.at || later.Number != test.later {
			t.Errorf("%v: round %d, then %d; want %d, then %d", test.after, now.Number, later.Number, test.at, test.later)
		}
	}
	for number, want := range map[int]bool{-1: false, 0: false, 1: true, 2: true, 3: false} {
		if r, ok := v.Round(number); ok != want || ok && r.Number != number {
			t.Errorf("round %d: %+v %v", number, r, ok)
		}
	}
	if !v.Opens().Equal(start) || !v.Closes().Equal(at(40*time.Minute)) {
		t.Errorf("it runs from %v to %v", v.Opens(), v.Closes())
	}
}

func TestGoverning(t *testing.T) {
	const lead = 2 * time.Second
	published := []*game.SavedVersion{
		{Number: 1, PublishedAt: at(-time.Hour)},
		{Number: 3, PublishedAt: at(57 * time.Second)},
		{Number: 2, PublishedAt: at(58*time.Second + 1)},
	}
	for _, test := range []struct {
		opens time.Duration
		want  int // number; 0: none
	}{
		{-time.Hour, 0},
		{lead - time.Hour, 1},
		{0, 1},
		{59*time.Second - 1, 1},
		{59 * time.Second, 3},
		{time.Minute, 3},
		{time.Minute + 1, 2},
		{time.Hour, 2},
	} {
		got, ok := game.Governing(published, at(test.opens), lead)
		if ok != (test.want != 0) || ok && got.Number != test.want {
			t.Errorf("a window that opens at %v: %v %v, want version %d", test.opens, got, ok, test.want)
		}
	}
}

// A version is told to take effect at the very window that it is the first to govern.
func TestEffectiveFromIsWhereItGoverns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, second := five(), twoRounds()
		lead := time.Duration(rapid.IntRange(0, 60).Draw(t, "lead")) * time.Second
		after := time.Duration(rapid.IntRange(-100, 1900).Draw(t, "published after")) * time.Second
		if rapid.Bool().Draw(t, "just in time") {
			after = after.Truncate(time.Minute) - lead
		}
		versions := []*game.SavedVersion{
			{Version: first, Number: 1, PublishedAt: at(-time.Hour)},
			{Version: second, Number: 2, PublishedAt: at(after)},
		}
		from, ok := second.EffectiveFrom(at(after), lead)
		governs := false
		for _, r := range second.Rounds {
			for w := 1; w <= r.Windows(); w++ {
				opens := r.WindowOpens(w)
				v, _ := game.Governing(versions, opens, lead)
				if (v.Number == 2) != (ok && !opens.Before(from)) {
					t.Fatalf("version %d governs the window of %v, said to be in effect from %v", v.Number, opens, from)
				}
				governs = governs || v.Number == 2
			}
		}
		if governs != ok {
			t.Fatalf("it governs some window: %v, it said %v", governs, ok)
		}
	})
}
