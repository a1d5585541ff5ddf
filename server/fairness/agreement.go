package fairness

import (
	"math"

	"github.com/fivefold/fivefold/server/game"
)

// Alpha bounds the chance that a campaign whose draws keep to its odds ever raises the alarm,
// however often and for however long one looks.
const Alpha = 1e-4

// Agreement is how well the outcomes that were drawn agree with the odds they were drawn by.
//
// Of chances that are no miss, each gives outcome i with the probability weight_i / sum of weights,
// whoever spends it and when, since nobody can know an outcome before it is spent. So the counts of the
// outcomes are a multinomial sample, and misses, which are counted best effort, are not needed.
//
// The evidence against that is an e-value: the ratio of how well alternatives predicted the counts to
// how well the odds did. The alternatives are all other odds (a Dirichlet prior with 1/2 in each place) and,
// for each outcome, all other odds of that one alone (Beta, 1/2 and 1/2), mixed in equal parts. If the odds are
// kept, the expected value is 1 after any number of draws, and the chance that it ever reaches 1/a is at most
// a (Ville 1939; see Ramdas, Grünwald, Vovk and Shafer, "Game-theoretic statistics and safe anytime-valid
// inference", 2023). That is what makes it safe to look every two seconds.
type Agreement struct {
	Draws    int64   // that were no miss
	Evidence float64 // natural logarithm of the e-value
	Most     Oddity  // the outcome that is off most
}

// Oddity is an outcome's count beside what was due.
type Oddity struct {
	Outcome game.OutcomeID
	Count   int64
	Due     float64
}

// Agree compares what chances of a version drew with its odds.
func Agree(odds game.Odds, drawn map[game.OutcomeID]int64) Agreement {
	var a Agreement
	weights := 0.0
	for _, out := range odds.Outcomes {
		weights += float64(out.Weight)
	}
	for _, n := range drawn {
		a.Draws += n
	}
	if a.Draws == 0 {
		return a
	}
	n, places := float64(a.Draws), 0
	all := mixture{}
	dirichlet, predicted := 0.0, 0.0
	known := int64(0)
	most := math.Inf(-1)
	for _, out := range odds.Outcomes {
		count := drawn[out.ID]
		known += count
		if out.Weight == 0 {
			if count > 0 {
				return Agreement{a.Draws, math.Inf(1), Oddity{out.ID, count, 0}}
			}
			continue
		}
		places++
		share, x := float64(out.Weight)/weights, float64(count)
		dirichlet += logGamma(x+.5) - logGamma(.5)
		predicted += x * math.Log(share)
		alone := logBeta(x+.5, n-x+.5) - logBeta(.5, .5) - x*math.Log(share)
		if share < 1 {
			alone -= (n - x) * math.Log1p(-share)
		}
		all.add(alone)
		if alone > most {
			most, a.Most = alone, Oddity{out.ID, count, n * share}
		}
	}
	if known < a.Draws { // of an outcome that the version does not have
		a.Evidence = math.Inf(1)
		return a
	}
	if places < 2 { // nothing but this can be drawn
		return a
	}
	half := float64(places) / 2
	all.add(dirichlet + logGamma(half) - logGamma(half+n) - predicted)
	a.Evidence = all.log()
	return a
}

// Alarm says whether the evidence is too much for chance.
func (a Agreement) Alarm(version int) bool { return a.Evidence >= AlarmFrom(version) }

// AlarmFrom gives the evidence from which on it is an alarm. Versions are judged one by one, each at
// its part of Alpha: 1/(1*2), 1/(2*3), ... of it, which are 1 together however many there will be.
func AlarmFrom(version int) float64 {
	return math.Log(float64(version) * float64(version+1) / Alpha)
}

func logGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

func logBeta(a, b float64) float64 { return logGamma(a) + logGamma(b) - logGamma(a+b) }

// mixture is the mean of numbers that are given by their logarithms.
type mixture struct {
	logs []float64
}

func (m *mixture) add(log float64) { m.logs = append(m.logs, log) }

func (m *mixture) log() float64 {
	most := math.Inf(-1)
	for _, l := range m.logs {
		most = max(most, l)
	}
	sum := 0.0
	for _, l := range m.logs {
		sum += math.Exp(l - most)
	}
	return most + math.Log(sum/float64(len(m.logs)))
}
