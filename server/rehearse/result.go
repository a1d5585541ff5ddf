package rehearse

import (
	"math"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

// Result is what a rehearsal gave, beside what was expected of it.
type Result struct {
	Plan      Plan          `json:"plan"`
	Seconds   float64       `json:"seconds"`
	Requests  int64         `json:"requests"`
	Failed    int64         `json:"failed"`
	P50       time.Duration `json:"p50"` // of a draw's request
	P99       time.Duration `json:"p99"`
	Draws     int64         `json:"draws"`   // that counted
	Planned   int64         `json:"planned"` // draws that all of the crowd would have made
	Crowds    int           `json:"crowds"`  // that were simulated for the bounds
	Completed Figure        `json:"completed"`
	Share     Figure        `json:"share"` // of a winner, in minor units of the pool's currency
	Currency  string        `json:"currency"`
	Drawn     []Drawn       `json:"drawn"`
	Stocks    []Drawn       `json:"stocks"` // pieces that were taken
	Evidence  float64       `json:"evidence"`
	Alarm     bool          `json:"alarm"` // what was drawn does not agree with the odds
}

// Figure is a number as it came, with what was expected and the bounds between which it should lie.
type Figure struct {
	Got      float64 `json:"got"`
	Expected float64 `json:"expected"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
}

// Inside says that the number is as expected.
func (f Figure) Inside() bool { return f.Got >= f.Low-1e-9 && f.Got <= f.High+1e-9 }

// Drawn is the figure of an outcome.
type Drawn struct {
	Outcome game.OutcomeID `json:"outcome"`
	Figure
	Pieces int64 `json:"pieces,omitempty"` // of a stock: how many there were
}

// Whole says that the crowd could make all of its draws; else there is nothing to compare.
func (r Result) Whole() bool { return r.Draws == r.Planned }

// Outside counts the figures that are not as expected.
func (r Result) Outside() int {
	n := 0
	figures := []Figure{r.Completed, r.Share}
	for _, d := range append(append([]Drawn{}, r.Drawn...), r.Stocks...) {
		figures = append(figures, d.Figure)
	}
	for _, f := range figures {
		if !f.Inside() {
			n++
		}
	}
	return n
}

// Good says that all went as expected: every figure is inside its bounds and the mix is no alarm.
func (r Result) Good() bool { return r.Whole() && r.Failed == 0 && !r.Alarm && r.Outside() == 0 }

// crowds is how many crowds are simulated. Where all is right, the rehearsal is one more of the same
// kind, and so it is the least or the most of all of them once in (crowds+1)/2 times.
func crowds(p Plan) int {
	if p.Players*p.Windows <= 20_000 {
		return 399
	}
	return 99
}

// assumed is the crowd in the forecast's words.
func assumed(p Plan) forecast.Assumptions {
	return forecast.Assumptions{
		Players: int64(p.Players), Arrivals: []float64{1}, Active: []float64{1}, Windows: p.Windows,
		Habits: []forecast.Habit{{Share: 1, Draws: p.Draws}}, AfterSet: 1, Redeem: 1, PerAccount: 1,
	}
}

// deviations is how many standard deviations a count may be off: 3.3 is once in a thousand times.
const deviations = 3.3

// drawn compares how often outcomes were drawn with the odds. Chances that end a block of the
// guarantee are left out on both sides; each of the others is an independent draw.
func drawn(p Plan, v *game.Version, got map[game.OutcomeID]int64) []Drawn {
	per := min(p.Draws, v.Rounds[0].Chances)
	if v.Guarantee != nil {
		per -= per / v.Guarantee.Every
	}
	n := float64(p.Players) * float64(p.Windows*per+p.bonus(v))
	var all []Drawn
	for _, out := range v.Odds.Outcomes {
		share := float64(out.Weight) / game.Scale
		if out.Weight == 0 && got[out.ID] == 0 {
			continue
		}
		mean, off := n*share, deviations*math.Sqrt(n*share*(1-share))
		all = append(all, Drawn{Outcome: out.ID, Figure: Figure{
			Got: float64(got[out.ID]), Expected: mean, Low: max(0, math.Floor(mean-off)), High: math.Ceil(mean + off),
		}})
	}
	return all
}

// compare sets what the book has beside the forecast.
func compare(r *Result, pool game.Pool, v *game.Version, f game.Figures, expected *forecast.Forecast, simulated *forecast.Simulated) {
	between := func(got, mean float64, i forecast.Interval) Figure {
		return Figure{Got: got, Expected: mean, Low: min(i.Least, mean), High: max(i.Most, mean)}
	}
	last := expected.Days[len(expected.Days)-1]
	r.Crowds = simulated.Runs
	r.Completed = between(float64(f.Redemptions), last.Finished, simulated.Finished)
	r.Share = between(float64(forecast.Share(pool, f.Redemptions)), float64(expected.Money.Share), simulated.Share)
	r.Currency = pool.Currency
	r.Drawn = drawn(r.Plan, v, f.Drawn[1])
	for i, s := range simulated.Stocks {
		stock, _ := v.Stock(s.Outcome)
		taken := between(float64(f.Taken[s.Outcome]), expected.Stocks[i].Given, s.Given)
		r.Stocks = append(r.Stocks, Drawn{Outcome: s.Outcome, Figure: taken, Pieces: stock.Total})
	}
	agreement := fairness.Agree(v.Odds, f.Drawn[1])
	r.Evidence, r.Alarm = agreement.Evidence, agreement.Alarm(1)
	if math.IsInf(r.Evidence, 1) { // which JSON has no word for
		r.Evidence = math.MaxFloat64
	}
}
