package pick_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"sync"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var cards = []int64{90_000_000, 90_000_000, 90_000_000, 90_000_000, 10_000_000, 10_000_000}

func drawSeed(t *rapid.T) pick.Seed {
	return pick.Seed(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
}

func drawIdentity(t *rapid.T) pick.Identity {
	return pick.Identity{
		Campaign:   game.CampaignID(rapid.StringN(0, 90, 300).Draw(t, "campaign")),
		Player:     game.PlayerID(rapid.StringN(0, 90, 300).Draw(t, "player")),
		ClientSeed: [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "client seed")),
	}
}

func drawWeights(t *rapid.T, label string, full bool) []int64 {
	left := int64(game.Scale)
	var weights []int64
	for range rapid.IntRange(1, 7).Draw(t, label+" outcomes") {
		w := rapid.Int64Range(0, left).Draw(t, label)
		weights, left = append(weights, w), left-w
	}
	if full {
		weights[len(weights)-1] += left
	}
	return weights
}

func drawTable(t *rapid.T) *pick.Table {
	weights := drawWeights(t, "weight", false)
	if rapid.Bool().Draw(t, "guaranteed") {
		second := drawWeights(t, "second weight", true)
		every := rapid.IntRange(2, 256).Draw(t, "every")
		return pick.NewTable(odds(weights...), &game.Guarantee{Every: every, Weights: second})
	}
	return pick.NewTable(odds(weights...), nil)
}

func spanOf(index, taps int) game.Span {
	return game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: index}, Taps: taps}
}

// The package does its own HMAC; this is the standard library's.
func TestXIsHMAC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, id := drawSeed(t), drawIdentity(t)
		c := game.Chance{
			Round:  rapid.IntRange(1, 1<<40).Draw(t, "round"),
			Window: rapid.IntRange(1, 1<<40).Draw(t, "window"),
			Index:  rapid.IntRange(1, 1<<40).Draw(t, "index"),
		}
		m := hmac.New(sha256.New, seed[:])
		part := func(b []byte) {
			m.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b))))
			m.Write(b)
		}
		part([]byte("fivefold/draw/v1"))
		part([]byte(id.Campaign))
		part([]byte(id.Player))
		part(id.ClientSeed[:])
		for _, n := range []int{c.Round, c.Window, (c.Index - 1) / 4} {
			part(binary.BigEndian.AppendUint64(nil, uint64(n)))
		}
		want := binary.BigEndian.Uint64(m.Sum(nil)[(c.Index-1)%4*8:])
		if got := pick.New(seed).X(id, c); got != want {
			t.Fatalf("x = %d, want %d", got, want)
		}
	})
}

// What a chance gives does not depend on the requests it was asked in.
func TestSpanIsTheSameHoweverItIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawer, id, table := pick.New(drawSeed(t)), drawIdentity(t), drawTable(t)
		index := rapid.IntRange(1, 600).Draw(t, "index")
		taps := rapid.IntRange(1, game.MaxTaps).Draw(t, "taps")
		whole := drawer.Span(nil, table, id, spanOf(1, index+taps-1))
		got := drawer.Span(nil, table, id, spanOf(index, taps))
		if diff := cmp.Diff(whole[index-1:], got); diff != "" {
			t.Fatalf("span (-of the window +alone):\n%s", diff)
		}
		cut := rapid.IntRange(0, taps).Draw(t, "cut")
		halves := drawer.Span(nil, table, id, spanOf(index, cut))
		halves = drawer.Span(halves, table, id, spanOf(index+cut, taps-cut))
		if !slices.Equal(got, halves) {
			t.Fatalf("in two requests %v, in one %v", halves, got)
		}
	})
}

func TestGuaranteeHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawer, id := pick.New(drawSeed(t)), drawIdentity(t)
		weights := drawWeights(t, "weight", false)
		every := rapid.IntRange(2, 64).Draw(t, "every")
		g := &game.Guarantee{Every: every, Weights: drawWeights(t, "second weight", true)}
		plain := drawer.Span(nil, pick.NewTable(odds(weights...), nil), id, spanOf(1, every*4))
		got := drawer.Span(nil, pick.NewTable(odds(weights...), g), id, spanOf(1, every*4))
		for start := 0; start < len(got); start += every {
			block, last := got[start:start+every], every-1
			if !slices.Equal(block[:last], plain[start:start+last]) {
				t.Fatalf("the guarantee changed a chance that is not its block's last: %v", block)
			}
			missed := !slices.ContainsFunc(block[:last], func(o int) bool { return o != game.Miss })
			if missed && (block[last] == game.Miss || g.Weights[block[last]] == 0) {
				t.Fatalf("a block of misses ends with %d", block[last])
			}
			if !missed && block[last] != plain[start+last] {
				t.Fatalf("the guarantee changed the last of a block with a hit")
			}
		}
	})
}

func TestOutcomeNeverHasNoWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := drawWeights(t, "weight", false)
		o := pick.NewTable(odds(weights...), nil).Outcome(rapid.Uint64().Draw(t, "x"))
		if o != game.Miss && weights[o] == 0 {
			t.Fatalf("outcome %d of %v", o, weights)
		}
	})
}

func TestOutcomeAtTheEnds(t *testing.T) {
	for name, test := range map[string]struct {
		weights []int64
		x       uint64
		want    int
	}{
		"lowest x":                       {[]int64{1, game.Scale - 1}, 0, 0},
		"highest x":                      {[]int64{1, game.Scale - 1}, 1<<64 - 1, 1},
		"highest x of all but one":       {[]int64{1, game.Scale - 2}, 1<<64 - 1, game.Miss},
		"first x past the first":         {[]int64{1}, 1<<64/game.Scale + 1, game.Miss},
		"last x of the first":            {[]int64{1}, 1 << 64 / game.Scale, 0},
		"no weight before the first":     {[]int64{0, game.Scale}, 0, 1},
		"nothing in the table":           {nil, 0, game.Miss},
		"all weights of the table are 0": {[]int64{0, 0}, 0, game.Miss},
	} {
		if got := pick.NewTable(odds(test.weights...), nil).Outcome(test.x); got != test.want {
			t.Errorf("%s: outcome %d, want %d", name, got, test.want)
		}
	}
}

// Every part of the message matters: no two chances share their numbers.
func TestXDependsOnEveryPart(t *testing.T) {
	id := pick.Identity{Campaign: "c", Player: "p"}
	other := id
	other.ClientSeed[31] = 1
	c := game.Chance{Round: 1, Window: 1, Index: 1}
	seen := map[uint64]string{}
	for name, x := range map[string]uint64{
		"plain":         pick.New(pick.Seed{}).X(id, c),
		"seed":          pick.New(pick.Seed{1}).X(id, c),
		"campaign":      pick.New(pick.Seed{}).X(pick.Identity{Campaign: "d", Player: "p"}, c),
		"player":        pick.New(pick.Seed{}).X(pick.Identity{Campaign: "c", Player: "q"}, c),
		"where it ends": pick.New(pick.Seed{}).X(pick.Identity{Campaign: "cp"}, c),
		"client seed":   pick.New(pick.Seed{}).X(other, c),
		"round":         pick.New(pick.Seed{}).X(id, game.Chance{Round: 2, Window: 1, Index: 1}),
		"window":        pick.New(pick.Seed{}).X(id, game.Chance{Round: 1, Window: 2, Index: 1}),
		"lane":          pick.New(pick.Seed{}).X(id, game.Chance{Round: 1, Window: 1, Index: 2}),
		"block":         pick.New(pick.Seed{}).X(id, game.Chance{Round: 1, Window: 1, Index: 5}),
	} {
		if first, twice := seen[x]; twice {
			t.Errorf("%s and %s give the same x", first, name)
		}
		seen[x] = name
	}
}

func TestDrawerIsSharedByGoroutines(t *testing.T) {
	drawer, table := pick.New(pick.Seed{7}), pick.NewTable(odds(cards...), nil)
	want := map[game.PlayerID][]int{}
	for _, p := range []game.PlayerID{"a", "bb", "ccc", "dddd"} {
		want[p] = pick.New(pick.Seed{7}).Span(nil, table, pick.Identity{Player: p}, spanOf(1, 64))
	}
	var wg sync.WaitGroup
	for p, outcomes := range want {
		wg.Go(func() {
			for range 500 {
				if got := drawer.Span(nil, table, pick.Identity{Player: p}, spanOf(1, 64)); !slices.Equal(got, outcomes) {
					t.Errorf("%s: %v, want %v", p, got, outcomes)
					return
				}
			}
		})
	}
	wg.Wait()
}
