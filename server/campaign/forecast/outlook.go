package forecast

import (
	"context"
	"fmt"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// unluckyShare is who is called unlucky.
const unluckyShare = 0.01

// Outlook is what one player may expect who draws from an odds table with nobody's help, while
// stocks last.
type Outlook struct {
	// Never says that the table gives no set at all, or none within 2^53 draws; the figures of
	// draws to finish are zero then.
	Never  bool    `json:"never"`
	Mean   float64 `json:"mean"`   // draws until the set is finished
	Median int64   `json:"median"` // fewest draws by which half of the players have finished
	P90    int64   `json:"p90"`
	P99    int64   `json:"p99"` // the unluckiest 1 % take more
	By     []By    `json:"by"`
}

// Spent is a number of draws: those of windows, which are of whole blocks of the guarantee in their order,
// and those of the bonus, which no guarantee counts.
type Spent struct{ Windows, Bonus int64 }

// By is what a player has after a number of draws.
type By struct {
	Draws      int64                 `json:"draws"`           // in all
	Bonus      int64                 `json:"bonus,omitempty"` // of them
	Finished   float64               `json:"finished"`        // probability
	Unfinished float64               `json:"unfinished"`      // exact where it is too small to see in the first
	Cards      [game.SetSize]float64 `json:"cards"`           // probability to have drawn the card at least once
	Wildcard   float64               `json:"wildcard"`
	// Unlucky is how much of a set, wildcards counted, the unluckiest 1 % have at most.
	Unlucky int `json:"unlucky"`
}

// Odds gives the outlook of an odds table and its guarantee (nil: none), and what a player has
// after each of some numbers of draws. The draws are of whole blocks of the guarantee, in their
// order. Codes: those of game.Odds.Check; invalid, for guarantee and draws.N.
func Odds(ctx context.Context, o game.Odds, g *game.Guarantee, draws []int64) (*Outlook, error) {
	spent := make([]Spent, len(draws))
	for i, n := range draws {
		spent[i].Windows = n
	}
	return OddsOf(ctx, o, g, spent)
}

// OddsOf is Odds for draws some of which are a bonus.
func OddsOf(ctx context.Context, o game.Odds, g *game.Guarantee, spent []Spent) (*Outlook, error) {
	for i, n := range spent {
		if n.Windows < 0 || n.Windows > maxDraws || n.Bonus < 0 || n.Bonus > maxDraws-n.Windows {
			return nil, game.FailField(game.CodeInvalid, "draws."+strconv.Itoa(i), game.ReasonRange, "0.."+strconv.Itoa(maxDraws))
		}
	}
	if err := o.Check(nil); err != nil {
		return nil, err
	}
	if g != nil && (g.Every < 2 || g.Every > 256 || len(g.Weights) != len(o.Outcomes)) {
		return nil, game.FailField(game.CodeInvalid, "guarantee", game.ReasonRange, "2..256 draws and a weight for each outcome")
	}
	m := newModel(o, g, nil)
	c := newChain(newSpace(m.wild()), m)
	out := &Outlook{Mean: c.mean(), By: []By{}}
	if !(out.Mean <= maxDraws) {
		out.Never, out.Mean = true, 0
	} else {
		out.Median, out.P90, out.P99 = c.quantile(0.5), c.quantile(0.9), c.quantile(0.99)
	}
	for _, n := range spent {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("forecast: the odds: %w", err)
		}
		out.By = append(out.By, c.by(n))
	}
	return out, nil
}

func (c *chain) by(n Spent) By {
	mass := c.plain.climb(c.at(n.Windows), n.Bonus)
	b := By{
		Draws: n.Windows + n.Bonus, Bonus: n.Bonus, Finished: min(1, c.finished(mass)), Unfinished: min(1, c.unfinished(mass)),
		Wildcard: c.has(wildcard, n.Windows, n.Bonus), Unlucky: c.unlucky(mass, unluckyShare),
	}
	for i := range b.Cards {
		b.Cards[i] = c.has(i, n.Windows, n.Bonus)
	}
	return b
}
