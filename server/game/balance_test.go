package game_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
)

// The editor's script is held to the same file.
func TestBalanceVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/balance.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Name    string
		Weights []int64
		Locked  []bool
		Want    []int64 // null: refused
	}
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors) == 0 {
		t.Fatal(len(vectors), err)
	}
	for _, v := range vectors {
		got, err := game.Balance(v.Weights, v.Locked)
		if (err != nil) != (v.Want == nil) {
			t.Errorf("%s: %v", v.Name, err)
		}
		if diff := cmp.Diff(v.Want, got); diff != "" {
			t.Errorf("%s: %s", v.Name, diff)
		}
	}
}

func TestBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9).Draw(t, "n")
		most := rapid.SampledFrom([]int64{0, 3, game.Scale}).Draw(t, "most") // small ones often tie
		weights := rapid.SliceOfN(rapid.Int64Range(0, most), n, n).Draw(t, "weights")
		locked := rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "locked")
		got, err := game.Balance(weights, locked)
		kept, loose := int64(0), int64(0)
		for i, w := range weights {
			if locked[i] {
				kept += w
			} else {
				loose += w
			}
		}
		impossible := kept > game.Scale || kept < game.Scale && !slices.Contains(locked, false)
		if impossible != (game.CodeOf(err) == game.CodeOddsSum) {
			t.Fatalf("%v locked %v: %v", weights, locked, err)
		}
		if err != nil {
			return
		}
		sum := int64(0)
		for i, w := range got {
			sum += w
			if locked[i] && w != weights[i] {
				t.Fatalf("a locked %d becomes %d", weights[i], w)
			}
			if !locked[i] && loose > 0 && weights[i] == 0 && w != 0 {
				t.Fatalf("a 0 beside others becomes %d", w)
			}
		}
		if sum != game.Scale {
			t.Fatalf("%v sums to %d", got, sum)
		}
		again, err := game.Balance(got, locked)
		if diff := cmp.Diff(got, again); diff != "" || err != nil {
			t.Fatalf("balanced once more: %v %s", err, diff)
		}

		// Another order gives every line the same, but for lines that are alike.
		order := rapid.Permutation(indexes(n)).Draw(t, "order")
		shuffled, lockedToo := make([]int64, n), make([]bool, n)
		for to, from := range order {
			shuffled[to], lockedToo[to] = weights[from], locked[from]
		}
		other, err := game.Balance(shuffled, lockedToo)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(lines(weights, locked, got), lines(shuffled, lockedToo, other)); diff != "" {
			t.Fatalf("in another order: %s", diff)
		}
	})
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// lines gives what each weight has become, in no order.
func lines(weights []int64, locked []bool, balanced []int64) [][3]int64 {
	all := make([][3]int64, len(weights))
	for i, w := range weights {
		all[i] = [3]int64{w, 0, balanced[i]}
		if locked[i] {
			all[i][1] = 1
		}
	}
	slices.SortFunc(all, func(a, b [3]int64) int { return slices.Compare(a[:], b[:]) })
	return all
}

func TestBalanceRefusesWeights(t *testing.T) {
	for _, w := range []int64{-1, game.Scale + 1} {
		if _, err := game.Balance([]int64{w, 1}, nil); game.CodeOf(err) != game.CodeWeightInvalid {
			t.Errorf("%d: %v", w, err)
		}
	}
}
