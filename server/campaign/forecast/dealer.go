package forecast

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// dealer draws outcomes by the odds and the guarantee with a generator. It does not go through
// misses one by one, but draws how many there are until the next win.
type dealer struct {
	random    *rand.Rand
	every     int
	patience  float64   // 1/|ln(miss)|: misses come by an exponential law of that mean, rounded down
	odds      []float64 // cumulative
	owed      []float64
	gain      []int // by outcome; -1: no card
	stock     []int // by outcome; -1: no limit
	fallbacks []int // by outcome, what is brought when it is sold out; -1: nothing
}

func newDealer(v *game.Version, random *rand.Rand) *dealer {
	d := &dealer{random: random, patience: math.Abs(1 / math.Log(share(v.Odds.Miss))), odds: cumulative(v.Odds.Weights())}
	if v.Guarantee != nil {
		d.every, d.owed = v.Guarantee.Every, cumulative(v.Guarantee.Weights)
	}
	for _, o := range v.Odds.Outcomes {
		fallback, _ := v.Odds.Find(o.Fallback)
		d.gain, d.fallbacks = append(d.gain, gainOf(o)), append(d.fallbacks, gainOf(fallback))
		d.stock = append(d.stock, slices.IndexFunc(v.Stocks, func(s game.Stock) bool { return s.Outcome == o.ID }))
	}
	return d
}

func cumulative(weights []int64) []float64 {
	sums, sum := make([]float64, len(weights)), int64(0)
	for i, w := range weights {
		sum += w
		sums[i] = share(sum)
	}
	return sums
}

// window draws the first n chances of a window. has takes a piece of a stock, if there is one;
// brings is called for each card and wildcard.
func (d *dealer) window(n int, has func(stock int) bool, brings func(gain int)) {
	dry := true
	for at := 0; at < n; {
		win := at + 1 + d.misses(n)
		end := n + 1 // of the guarantee's block
		if d.every > 0 {
			end = (at/d.every + 1) * d.every
		}
		switch {
		case dry && d.every > 0 && win >= end: // the block's last is owed, whatever the odds would give
			if end <= n {
				d.bring(d.owed, has, brings)
			}
			at = end
		case win > end: // the block is over, and what the next one brings is drawn anew
			at, dry = end, true
		case win > n:
			return
		default:
			d.bring(d.odds, has, brings)
			at, dry = win, win == end
		}
	}
}

// bonus draws n chances that no guarantee counts.
func (d *dealer) bonus(n int, has func(stock int) bool, brings func(gain int)) {
	for at := d.misses(n); at < n; at += 1 + d.misses(n) {
		d.bring(d.odds, has, brings)
	}
}

// misses gives how many come before the next win, n at most.
func (d *dealer) misses(n int) int {
	if x := d.random.ExpFloat64() * d.patience; x < float64(n) {
		return int(x)
	}
	return n
}

func (d *dealer) bring(list []float64, has func(int) bool, brings func(int)) {
	u := d.random.Float64() * list[len(list)-1]
	o := len(list) - 1
	for i, sum := range list {
		if u < sum {
			o = i
			break
		}
	}
	gain := d.gain[o]
	if s := d.stock[o]; s >= 0 && !has(s) {
		gain = d.fallbacks[o]
	}
	if gain >= 0 {
		brings(gain)
	}
}
