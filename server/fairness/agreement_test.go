package fairness_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

// oddsOf is a table of outcomes "0", "1", ... with weights; the rest is the miss.
func oddsOf(weights ...int64) game.Odds {
	o := game.Odds{Miss: game.Scale}
	for i, w := range weights {
		o.Outcomes = append(o.Outcomes, game.Outcome{ID: game.OutcomeID(fmt.Sprint(i)), Kind: game.KindCard, Weight: w})
		o.Miss -= w
	}
	return o
}

// After any number of draws the e-value is 1 in expectation: here over every sequence there is.
func TestExpectedEvidenceIsOne(t *testing.T) {
	odds := oddsOf(500, 300, 200)
	share := []float64{.5, .3, .2}
	for n := range 8 {
		sum := 0.0
		for x := 0; x <= n; x++ {
			for y := 0; x+y <= n; y++ {
				z := n - x - y
				ways := math.Exp(lg(n) - lg(x) - lg(y) - lg(z))
				p := ways * math.Pow(share[0], float64(x)) * math.Pow(share[1], float64(y)) * math.Pow(share[2], float64(z))
				a := fairness.Agree(odds, map[game.OutcomeID]int64{"0": int64(x), "1": int64(y), "2": int64(z)})
				sum += p * math.Exp(a.Evidence)
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("after %d draws the e-value is %.12f in expectation", n, sum)
		}
	}
}

func lg(n int) float64 {
	v, _ := math.Lgamma(float64(n) + 1)
	return v
}

// looks draws by some shares and gives after how many draws the evidence against the odds reaches a
// bound, looking after every one; 0: it never does.
func looks(r *rand.Rand, odds game.Odds, shares []float64, draws int, bound float64) int {
	counts := map[game.OutcomeID]int64{}
	for n := 1; n <= draws; n++ {
		u, i := r.Float64(), 0
		for ; i < len(shares)-1 && u >= shares[i]; i++ {
			u -= shares[i]
		}
		counts[game.OutcomeID(fmt.Sprint(i))]++
		if fairness.Agree(odds, counts).Evidence >= bound {
			return n
		}
	}
	return 0
}

// Whoever looks after every draw is alarmed falsely no more often than was promised.
func TestFalseAlarms(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const runs, alpha = 400, .05
	alarms := 0
	for range runs {
		if looks(r, oddsOf(300, 300, 250, 140, 10), []float64{.3, .3, .25, .14, .01}, 400, math.Log(1/alpha)) > 0 {
			alarms++
		}
	}
	// Three standard deviations above what is allowed.
	if most := runs*alpha + 3*math.Sqrt(runs*alpha); float64(alarms) > most {
		t.Errorf("%d false alarms in %d runs", alarms, runs)
	}
}

// A scarce card that comes half as often as was published is found, and named.
func TestAlarmFindsTheScarceCard(t *testing.T) {
	odds := oddsOf(300, 300, 250, 140, 10)
	counts := map[game.OutcomeID]int64{"0": 30_150, "1": 30_150, "2": 25_125, "3": 14_075, "4": 500}
	a := fairness.Agree(odds, counts)
	if !a.Alarm(1) || a.Most.Outcome != "4" || a.Most.Count != 500 || math.Abs(a.Most.Due-1000) > 1e-6 || a.Draws != 100_000 {
		t.Errorf("%+v", a)
	}
	counts["4"], counts["0"] = 1_000, 29_650
	counts["1"], counts["2"], counts["3"] = 30_200, 25_100, 14_050
	if a := fairness.Agree(odds, counts); a.Alarm(1) || a.Evidence > 0 {
		t.Errorf("what agrees: %+v", a)
	}
}

func TestAlarmOfWhatCannotBe(t *testing.T) {
	for name, drawn := range map[string]map[game.OutcomeID]int64{
		"without weight": {"0": 5, "2": 1},
		"unknown":        {"0": 5, "9": 1},
	} {
		if a := fairness.Agree(oddsOf(500, 500, 0), drawn); !a.Alarm(100) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestNoEvidence(t *testing.T) {
	for name, a := range map[string]fairness.Agreement{
		"nothing drawn":   fairness.Agree(oddsOf(500, 500), nil),
		"the one outcome": fairness.Agree(oddsOf(500), map[game.OutcomeID]int64{"0": 1000}),
	} {
		if a.Evidence != 0 || a.Alarm(1) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// Later versions need more evidence, so that all together keep to Alpha.
func TestLaterVersionsNeedMore(t *testing.T) {
	sum := 0.0
	for v := 1; v < 10_000; v++ {
		sum += 1 / (float64(v) * float64(v+1))
	}
	if sum > 1 {
		t.Errorf("the parts sum to %f", sum)
	}
	a := fairness.Agreement{Evidence: math.Log(2 / fairness.Alpha)}
	if !a.Alarm(1) || a.Alarm(2) {
		t.Error("the bound of version 1 is not 2/Alpha, or that of version 2 is no higher")
	}
}
