package game_test

import (
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDivide(t *testing.T) {
	for name, test := range map[string]struct {
		amount, cap, n int64
		want           game.Shares
	}{
		"even":                    {100, 0, 4, game.Shares{Redemptions: 4, Share: 25}},
		"a leftover":              {100, 0, 3, game.Shares{Redemptions: 3, Share: 33, Leftover: 1}},
		"the 2016 gala":           {21_500_000_000, 0, 791_405, game.Shares{Redemptions: 791_405, Share: 27_166, Leftover: 691_770}},
		"nobody":                  {100, 0, 0, game.Shares{Overflow: 100}},
		"nobody, with a cap":      {100, 10, 0, game.Shares{Overflow: 100}},
		"one":                     {100, 0, 1, game.Shares{Redemptions: 1, Share: 100}},
		"more people than cents":  {3, 0, 5, game.Shares{Redemptions: 5, Share: 0, Leftover: 3}},
		"no pool":                 {0, 0, 5, game.Shares{Redemptions: 5}},
		"a cap":                   {100, 10, 4, game.Shares{Redemptions: 4, Share: 10, Overflow: 60}},
		"a cap just reached":      {100, 25, 4, game.Shares{Redemptions: 4, Share: 25}},
		"a cap the leftover hits": {101, 25, 4, game.Shares{Redemptions: 4, Share: 25, Overflow: 1}},
		"a cap above":             {100, 34, 3, game.Shares{Redemptions: 3, Share: 33, Leftover: 1}},
	} {
		got := game.Pool{Amount: test.amount, Cap: test.cap}.Divide(test.n)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// All shares and the overflow are the pool to the minor unit, none is above the cap, and none is
// more than a minor unit above another.
func TestSharesSumToThePool(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := game.Pool{Amount: rapid.Int64Range(0, 1e15).Draw(t, "amount"), Currency: "CNY", Split: game.SplitEqual}
		if rapid.Bool().Draw(t, "small") {
			p.Amount %= 10_000
		}
		if rapid.Bool().Draw(t, "capped") {
			p.Cap = rapid.Int64Range(0, p.Amount).Draw(t, "cap")
		}
		n := rapid.Int64Range(0, 3000).Draw(t, "redemptions")
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		s := p.Divide(n)
		sum, lowest, highest := s.Overflow, p.Amount, int64(0)
		for place := range n {
			share := s.Of(place)
			sum, lowest, highest = sum+share, min(lowest, share), max(highest, share)
		}
		if sum != p.Amount {
			t.Fatalf("%+v sums to %d of %d", s, sum, p.Amount)
		}
		if n > 0 && (highest > lowest+1 || p.Cap > 0 && highest > p.Cap || lowest < 0) {
			t.Fatalf("%+v gives from %d to %d with a cap of %d", s, lowest, highest, p.Cap)
		}
		if s.Overflow > 0 && n > 0 && highest != p.Cap {
			t.Fatalf("%+v leaves an overflow below the cap %d", s, p.Cap)
		}
	})
}

func TestPoolCheck(t *testing.T) {
	for name, test := range map[string]struct {
		change func(p *game.Pool)
		field  string
	}{
		"as it is":        {func(p *game.Pool) {}, ""},
		"no money":        {func(p *game.Pool) { p.Amount, p.Cap = 0, 0 }, ""},
		"negative":        {func(p *game.Pool) { p.Amount, p.Cap = -1, 0 }, "pool.amount"},
		"absurd":          {func(p *game.Pool) { p.Amount = 1e15 + 1 }, "pool.amount"},
		"no currency":     {func(p *game.Pool) { p.Currency = "" }, "pool.currency"},
		"small letters":   {func(p *game.Pool) { p.Currency = "cny" }, "pool.currency"},
		"no letters":      {func(p *game.Pool) { p.Currency = "元" }, "pool.currency"}, // three bytes
		"unknown split":   {func(p *game.Pool) { p.Split = "rundom" }, "pool.split"},
		"random split":    {func(p *game.Pool) { p.Split = game.SplitRandom }, ""},
		"equal floor":     {func(p *game.Pool) { p.Floor = 1 }, "pool.floor"}, // it would say nothing
		"floor":           {func(p *game.Pool) { p.Split, p.Floor = game.SplitRandom, 10 }, ""},
		"floor over cap":  {func(p *game.Pool) { p.Split, p.Floor = game.SplitRandom, 11 }, "pool.floor"},
		"no cap":          {func(p *game.Pool) { p.Split, p.Floor, p.Cap = game.SplitRandom, 100, 0 }, ""},
		"floor over all":  {func(p *game.Pool) { p.Split, p.Floor, p.Cap = game.SplitRandom, 101, 0 }, "pool.floor"},
		"negative floor":  {func(p *game.Pool) { p.Split, p.Floor = game.SplitRandom, -1 }, "pool.floor"},
		"negative cap":    {func(p *game.Pool) { p.Cap = -1 }, "pool.cap"},
		"cap of too much": {func(p *game.Pool) { p.Cap = p.Amount + 1 }, "pool.cap"},
	} {
		p := game.Pool{Amount: 100, Currency: "CNY", Split: game.SplitEqual, Cap: 10}
		test.change(&p)
		var want []string
		if test.field != "" {
			want = []string{test.field}
		}
		if diff := cmp.Diff(want, fields(p.Check())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
