package forecast_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
)

const even = game.Scale / 5

// rare gives one card its odds and divides the rest evenly among the four others.
func rare(weight int64) game.Odds {
	rest := (game.Scale - weight) / 4
	return odds(rest, rest, rest, game.Scale-weight-3*rest, weight)
}

// TestEvenOdds holds the outlook against n(1 + 1/2 + ... + 1/n) and against the surjections that
// Stirling's numbers count: a set of five is finished by d draws with 5! S(d,5) / 5^d.
func TestEvenOdds(t *testing.T) {
	out := outlook(t, odds(even, even, even, even, even), nil, 4, 5, 9, 10, 17, 18, 27, 28, 100)
	if !near(out.Mean, 137.0/12, 1e-13) {
		t.Errorf("mean %.9f, want 11.416666667", out.Mean)
	}
	for _, by := range out.By {
		if want := surjections(by.Draws); !near(by.Finished, want, 1e-13) {
			t.Errorf("by %d draws: %.15g, want %.15g", by.Draws, by.Finished, want)
		}
		if want := 1 - math.Pow(0.8, float64(by.Draws)); !near(by.Cards[2], want, 1e-13) {
			t.Errorf("a card by %d draws: %.15g, want %.15g", by.Draws, by.Cards[2], want)
		}
	}
	for _, of := range []struct {
		share float64
		got   int64
	}{{0.5, out.Median}, {0.9, out.P90}, {0.99, out.P99}} {
		if surjections(of.got) < of.share || surjections(of.got-1) >= of.share {
			t.Errorf("%v have finished by %d draws; Stirling's numbers say %v, and by one less %v",
				of.share, of.got, surjections(of.got), surjections(of.got-1))
		}
	}
}

// surjections gives 5! S(d,5) / 5^d by the sum over how many cards are avoided.
func surjections(d int64) float64 {
	sum := new(big.Int)
	for k := range int64(6) {
		term := new(big.Int).Exp(big.NewInt(5-k), big.NewInt(d), nil)
		term.Mul(term, new(big.Int).Binomial(5, k))
		if k%2 == 1 {
			term.Neg(term)
		}
		sum.Add(sum, term)
	}
	x, _ := new(big.Rat).SetFrac(sum, new(big.Int).Exp(big.NewInt(5), big.NewInt(d), nil)).Float64()
	return x
}

// TestScarceCard has the figures by which the field speaks of one scarce card.
func TestScarceCard(t *testing.T) {
	for _, of := range []struct {
		weight int64
		want   float64 // rounded as it is told
		to     float64
	}{
		{200_000_000, 11.4, 0.05}, {50_000_000, 22, 0.5}, {10_000_000, 100, 0.5}, {1_000_000, 1000, 0.5},
	} {
		if out := outlook(t, rare(of.weight), nil); math.Abs(out.Mean-of.want) > of.to {
			t.Errorf("%d parts per billion: mean %v, want %v", of.weight, out.Mean, of.want)
		}
	}
}

// subsets gives the sum of von Schelling (1954) over the sets J of cards, (-1)^(|J|+1) f(p_J), in
// numbers of 300 bits: for the mean f is 1/p, for who has not finished by d draws (1-p)^d.
func subsets(o game.Odds, f func(p *big.Float) *big.Float) float64 {
	sum := newBig(0)
	for set := 1; set < 1<<5; set++ {
		weight, sign := int64(0), -1
		for i := range 5 {
			if set>>i&1 == 1 {
				weight, sign = weight+o.Outcomes[i].Weight, -sign
			}
		}
		term := f(newBig(0).Quo(newBig(weight), newBig(game.Scale)))
		if sign < 0 {
			term.Neg(term)
		}
		if term.MantExp(nil) < -1000 {
			continue // far below any digit, and slow to add
		}
		sum.Add(sum, term)
	}
	x, _ := sum.Float64()
	return x
}

func newBig(x int64) *big.Float { return new(big.Float).SetPrec(300).SetInt64(x) }

func lackBy(d int64) func(p *big.Float) *big.Float {
	return func(p *big.Float) *big.Float {
		q, power := newBig(0).Sub(newBig(1), p), newBig(1)
		for n := d; n > 0; n >>= 1 {
			if n&1 == 1 {
				power.Mul(power, q)
			}
			q.Mul(q, q)
		}
		return power
	}
}

// TestUnequalOdds holds the chain against the sum over subsets, with blanks and without, from
// even odds to a part per billion.
func TestUnequalOdds(t *testing.T) {
	for _, o := range []game.Odds{
		odds(even, even, even, even, even),
		odds(300_000_000, 300_000_000, 250_000_000, 140_000_000, 10_000_000),
		odds(110_000_000, 110_000_000, 110_000_000, 110_000_000, 20_000_000),
		odds(500_000_000, 1, 1000, 1_000_000, 100_000_000),
		odds(1, 1, 1, 1, 1),
	} {
		draws := []int64{5, 50, 1000, 1_000_000, 3_000_000_000}
		out := outlook(t, o, nil, draws...)
		want := subsets(o, func(p *big.Float) *big.Float { return newBig(0).Quo(newBig(1), p) })
		if !near(out.Mean, want, 1e-12) {
			t.Errorf("%v: mean %.12g, want %.12g", o.Weights(), out.Mean, want)
		}
		for _, by := range out.By {
			if want := subsets(o, lackBy(by.Draws)); want > 1e-60 && !near(by.Unfinished, want, 1e-11) {
				t.Errorf("%v by %d draws: %.12g have not finished, want %.12g", o.Weights(), by.Draws, by.Unfinished, want)
			}
		}
		for _, of := range []struct {
			share float64
			draws int64
		}{{0.5, out.Median}, {0.1, out.P90}, {0.01, out.P99}} {
			before, after := subsets(o, lackBy(of.draws-1)), subsets(o, lackBy(of.draws))
			if after > of.share*(1+1e-9) || before < of.share*(1-1e-9) {
				t.Errorf("%v: after %d draws %v are left, before %v; want %v", o.Weights(), of.draws, after, before, of.share)
			}
		}
	}
}

// TestPoisson holds the mean against the integral of 1 - prod(1 - exp(-p t)) of Flajolet, Gardy
// and Thimonier (1992), by Simpson's rule.
func TestPoisson(t *testing.T) {
	o := odds(300_000_000, 300_000_000, 250_000_000, 140_000_000, 10_000_000)
	lack := func(x float64) float64 {
		have := 1.0
		for _, w := range o.Weights() {
			have *= -math.Expm1(-x * float64(w) / game.Scale)
		}
		return 1 - have
	}
	const end, steps = 4000.0, 400_000
	integral := lack(0) + lack(end)
	for i := 1; i < steps; i++ {
		integral += float64(2+2*(i%2)) * lack(end*float64(i)/steps)
	}
	integral *= end / steps / 3
	if out := outlook(t, o, nil); !near(out.Mean, integral, 1e-9) {
		t.Errorf("mean %.10f, the integral is %.10f", out.Mean, integral)
	}
}

func TestNever(t *testing.T) {
	out := outlook(t, odds(even, even, even, even, 0), nil, 1_000_000)
	if !out.Never || out.Mean != 0 || out.P99 != 0 {
		t.Errorf("without the fifth card: %+v", out)
	}
	if by := out.By[0]; by.Finished != 0 || by.Unlucky != 4 || by.Cards[4] != 0 {
		t.Errorf("without the fifth card: %+v", by)
	}
	if out := outlook(t, odds(even, even, even, even, 0, 1), nil); out.Never {
		t.Error("a wildcard of a part per billion does stand in for it")
	}
	guarantee := &game.Guarantee{Every: 12, Weights: []int64{0, 0, 0, 0, game.Scale}}
	if out := outlook(t, odds(1000, 1000, 1000, 1000, 0), guarantee); out.Never {
		t.Error("the guarantee does give it")
	}
}

// TestOutlookHolds has what is true of every table.
func TestOutlookHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, g := anyOdds(t), anyGuarantee(t)
		draws := []int64{0}
		for range 6 {
			draws = append(draws, draws[len(draws)-1]+rapid.Int64Range(0, 300).Draw(t, "more"))
		}
		out := outlook(t, o, g, draws...)
		for i, by := range out.By {
			for _, p := range append(by.Cards[:], by.Finished, by.Unfinished, by.Wildcard) {
				if !(p >= 0 && p <= 1) {
					t.Fatalf("by %d draws: %+v", by.Draws, by)
				}
			}
			if !near(by.Finished+by.Unfinished, 1, 1e-12) {
				t.Errorf("by %d draws %v and %v", by.Draws, by.Finished, by.Unfinished)
			}
			if i > 0 && (by.Finished < out.By[i-1].Finished-1e-14 || by.Unlucky < out.By[i-1].Unlucky) {
				t.Errorf("by %d draws less than by %d", by.Draws, draws[i-1])
			}
		}
		if !out.Never && (out.Median > out.P90 || out.P90 > out.P99 || out.Mean < 5 || out.Median < 5) {
			t.Errorf("%+v", out)
		}
		again := outlook(t, shuffled(t, o), nil, draws...)
		if plain := outlook(t, o, nil, draws...); plain.Never != again.Never || !near(plain.Mean, again.Mean, 1e-12) || plain.P90 != again.P90 {
			t.Errorf("the cards in another order: %+v, before %+v", again, plain)
		}
	})
}

// shuffled gives the five cards each other's odds.
func shuffled(t *rapid.T, o game.Odds) game.Odds {
	w := o.Weights()
	return odds(append(rapid.Permutation(w[:5]).Draw(t, "order"), w[5])...)
}

// TestMoreOdds: taken from the miss and given to a card, odds let no fewer finish.
func TestMoreOdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := anyOdds(t)
		w := o.Weights()
		w[rapid.IntRange(0, 5).Draw(t, "which")] += rapid.Int64Range(0, o.Miss).Draw(t, "more")
		n := rapid.Int64Range(0, 2000).Draw(t, "draws")
		before, after := outlook(t, o, nil, n), outlook(t, odds(w...), nil, n)
		if after.By[0].Finished < before.By[0].Finished-1e-13 {
			t.Errorf("%v finish, before %v", after.By[0].Finished, before.By[0].Finished)
		}
	})
}
