package game_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
)

func TestDivideBy(t *testing.T) {
	for name, test := range map[string]struct {
		amount, floor, cap int64
		weights            []uint32
		want               game.Shares
		amounts            []int64
		equal              bool
	}{
		"by weight":         {100, 0, 0, []uint32{1, 3}, game.Shares{Redemptions: 2}, []int64{25, 75}, false},
		"a leftover":        {101, 0, 0, []uint32{1, 1, 1}, game.Shares{Redemptions: 3, Leftover: 2}, []int64{34, 34, 33}, false},
		"a floor":           {100, 10, 0, []uint32{0, 4}, game.Shares{Redemptions: 2, Share: 10}, []int64{10, 90}, false},
		"a cap":             {100, 10, 60, []uint32{0, 4}, game.Shares{Redemptions: 2, Share: 10, Overflow: 30}, []int64{10, 60}, false},
		"a capped leftover": {101, 0, 33, []uint32{1, 1, 1}, game.Shares{Redemptions: 3, Leftover: 2, Overflow: 2}, []int64{33, 33, 33}, false},
		"the floor is all":  {100, 50, 0, []uint32{1, 9}, game.Shares{Redemptions: 2, Share: 50}, []int64{50, 50}, false},
		"too high a floor":  {100, 51, 0, []uint32{1, 9}, game.Shares{Redemptions: 2, Share: 50}, []int64{50, 50}, true},
		"no weight":         {100, 1, 0, []uint32{0, 0, 0}, game.Shares{Redemptions: 3, Share: 33, Leftover: 1}, []int64{34, 33, 33}, true},
		"nobody":            {100, 1, 0, nil, game.Shares{Overflow: 100}, []int64{}, true},
		"one":               {100, 1, 0, []uint32{7}, game.Shares{Redemptions: 1, Share: 1}, []int64{100}, false},
	} {
		p := game.Pool{Amount: test.amount, Currency: "CNY", Split: game.SplitRandom, Floor: test.floor, Cap: test.cap}
		if err := p.Check(); err != nil {
			t.Fatal(name, err)
		}
		got, amounts, byWeight := p.DivideBy(test.weights)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(test.amounts, amounts); diff != "" || byWeight == test.equal {
			t.Errorf("%s, by weight: %v (-want +got):\n%s", name, byWeight, diff)
		}
	}
}

// To the minor unit the amounts and the overflow are the pool; none is below the floor or above the
// cap; each is what whole numbers without limit make of the written rule.
func TestDivideByIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := game.Pool{Amount: rapid.Int64Range(0, 1e15).Draw(t, "amount"), Currency: "CNY", Split: game.SplitRandom}
		if rapid.Bool().Draw(t, "small") {
			p.Amount %= 10_000
		}
		if rapid.Bool().Draw(t, "capped") {
			p.Cap = rapid.Int64Range(0, p.Amount).Draw(t, "cap")
		}
		weights := rapid.SliceOfN(rapid.OneOf(rapid.Uint32(), rapid.Uint32Max(3), rapid.Just(uint32(math.MaxUint32))), 0, 400).Draw(t, "weights")
		n := int64(len(weights))
		most := p.Amount / max(1, n)
		if p.Cap > 0 {
			most = min(most, p.Cap)
		}
		p.Floor = rapid.Int64Range(0, most).Draw(t, "floor")
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		s, amounts, byWeight := p.DivideBy(weights)
		sum := s.Overflow
		for _, amount := range amounts {
			sum += amount
			if p.Cap > 0 && amount > p.Cap {
				t.Fatalf("%d is above the cap of %d", amount, p.Cap)
			}
			if amount < p.Floor {
				t.Fatalf("%d is below the floor of %d", amount, p.Floor)
			}
		}
		if sum != p.Amount || s.Redemptions != n || int64(len(amounts)) != n {
			t.Fatalf("%+v of %d amounts sums to %d of %d", s, len(amounts), sum, p.Amount)
		}
		total := game.Sum(weights)
		if byWeight != (total > 0) {
			t.Fatalf("by weight: %v, with weights of %d in all", byWeight, total)
		}
		if !byWeight {
			return
		}
		if s.Share != p.Floor || s.Leftover < 0 || s.Leftover >= max(1, n) {
			t.Fatalf("%+v", s)
		}
		rest := big.NewInt(p.Amount - n*p.Floor)
		for i, w := range weights {
			part := new(big.Int).Mul(rest, big.NewInt(int64(w)))
			want := p.Floor + part.Quo(part, big.NewInt(total)).Int64()
			if int64(i) < s.Leftover {
				want++
			}
			if p.Cap > 0 {
				want = min(want, p.Cap)
			}
			if amounts[i] != want {
				t.Fatalf("place %d gets %d, want %d", i, amounts[i], want)
			}
		}
	})
}

// Where the floor is more than there is for each, all get the same, and never more than the cap.
func TestDivideByOfTooHighAFloor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := game.Pool{Amount: rapid.Int64Range(1, 1e6).Draw(t, "amount"), Currency: "CNY", Split: game.SplitRandom}
		weights := rapid.SliceOfN(rapid.Uint32(), 2, 50).Draw(t, "weights")
		n := int64(len(weights))
		p.Floor = rapid.Int64Range(p.Amount/n+1, max(p.Amount, p.Amount/n+1)).Draw(t, "floor")
		got, amounts, byWeight := p.DivideBy(weights)
		if byWeight || got != p.Divide(n) {
			t.Fatalf("%+v by weight: %v, want %+v", got, byWeight, p.Divide(n))
		}
		for i, amount := range amounts {
			if amount != got.Of(int64(i)) {
				t.Fatalf("place %d gets %d of %+v", i, amount, got)
			}
		}
	})
}
