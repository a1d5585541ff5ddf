package plan

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// begins stands for the evening's beginning where the game wants an instant.
var begins = time.Unix(0, 0).UTC()

func minuteAt(m int) time.Time { return begins.Add(time.Duration(m) * time.Minute) }

// version writes the evening's rules as the game has them.
func (e *Evening) version() game.Version {
	v := game.Version{Odds: e.Odds, Guarantee: e.Guarantee}
	for i, r := range e.Rounds {
		v.Rounds = append(v.Rounds, game.Round{
			Number: i + 1, OpensAt: minuteAt(r.Opens), ClosesAt: minuteAt(r.Opens + r.Minutes),
			WindowSeconds: e.Windows.Seconds, Chances: e.Windows.Chances, TapsPerSecond: e.Windows.TapsPerSecond,
		})
	}
	for _, s := range e.Stocks {
		stock := game.Stock{Outcome: s.Outcome, Total: s.Total}
		for _, r := range s.Releases {
			stock.Releases = append(stock.Releases, game.Release{At: minuteAt(r.Minute), Released: r.Released})
		}
		v.Stocks = append(v.Stocks, stock)
	}
	return v
}

// roundAt gives, for each minute, the opening minute of the round that is open in it; -1: none.
func (e *Evening) roundAt() []int {
	opens := make([]int, e.Minutes)
	for m := range opens {
		opens[m] = -1
	}
	for _, r := range e.Rounds {
		for m := r.Opens; m < r.Opens+r.Minutes; m++ {
			opens[m] = r.Opens
		}
	}
	return opens
}

// chance is what the odds say of one chance, and of the last of a guarantee's block.
type chance struct {
	win   float64 // probability of no miss, without the guarantee
	every int     // M; 0: nothing is guaranteed
	owed  float64 // probability that the last of a block comes to be guaranteed
}

func (e *Evening) chance() chance {
	c := chance{win: float64(game.Scale-e.Odds.Miss) / game.Scale}
	if e.Guarantee != nil {
		c.every = e.Guarantee.Every
		c.owed = power(1-c.win, c.every-1)
	}
	return c
}

// blocks gives how many blocks of the guarantee end within the first x chances of a window; the
// part of a chance counts for its part.
func (c chance) blocks(x float64) float64 {
	if c.every == 0 {
		return 0
	}
	whole := float64(int(x / float64(c.every)))
	return whole + max(0, x-whole*float64(c.every)-float64(c.every-1))
}

// wins gives how many of some chances are expected to be no miss, of which so many end a block.
func (c chance) wins(draws, blocks float64) float64 {
	owed := c.owed * blocks
	return (draws-owed)*c.win + owed
}

// winning gives the probability that a request for n chances has one that is no miss, whatever
// place of its block it begins at. A request for a broken number of chances is sometimes one for
// the whole number below it and sometimes for the one above.
func (c chance) winning(n float64) float64 {
	below := float64(int(n))
	part := n - below
	p := (1 - part) * (1 - c.blank(int(below)))
	if part > 0 {
		p += part * (1 - c.blank(int(below)+1))
	}
	return p
}

// blank gives the probability that n chances in a row are misses, the mean over where they begin.
func (c chance) blank(n int) float64 {
	if c.every == 0 {
		return power(1-c.win, n)
	}
	sum := 0.0
	for before := range c.every {
		sum += c.blankAfter(before, n)
	}
	return sum / float64(c.every)
}

// blankAfter gives the probability that n chances are misses after so many of their block. When
// they reach its end, one of those before must have been none, or the guarantee would act.
func (c chance) blankAfter(before, n int) float64 {
	end := c.every - before
	switch {
	case n < end:
		return power(1-c.win, n)
	case n < end+c.every:
		return power(1-c.win, n) * (1 - power(1-c.win, before))
	default:
		return 0 // a whole block lies within
	}
}

func power(x float64, n int) float64 {
	p := 1.0
	for range n {
		p *= x
	}
	return p
}
