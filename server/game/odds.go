package game

import (
	"fmt"
	"strconv"
)

// Scale is what the weights of an odds table sum to: they are parts per billion.
const Scale = 1_000_000_000

// Miss is the index of no outcome.
const Miss = -1

// Kind is what an outcome gives.
type Kind string

// The kinds of outcome.
const (
	KindCard     Kind = "card"
	KindWildcard Kind = "wildcard"
	KindCash     Kind = "cash"    // a packet with money in it
	KindVoucher  Kind = "voucher" // a code
)

// Prize says whether the kind is an instant prize, which is no card.
func (k Kind) Prize() bool { return k == KindCash || k == KindVoucher }

// Outcome is one thing that a chance may give.
type Outcome struct {
	ID       OutcomeID `json:"id" yaml:"id"`
	Kind     Kind      `json:"kind" yaml:"kind"`
	Card     int       `json:"card,omitempty" yaml:"card,omitempty"`         // position, of a card
	Amount   int64     `json:"amount,omitempty" yaml:"amount,omitempty"`     // of cash: minor units of the pool's currency
	Name     Text      `json:"name,omitempty" yaml:"name,omitempty"`         // of a prize: what it is, such as a cup of tea
	Weight   int64     `json:"weight" yaml:"weight"`                         // parts per billion
	Fallback OutcomeID `json:"fallback,omitempty" yaml:"fallback,omitempty"` // given when its stock is out; "": sold out
}

// Odds is an odds table: outcomes in their order, and the weight of the miss. All
// weights together are exactly Scale.
type Odds struct {
	Outcomes []Outcome `json:"outcomes" yaml:"outcomes"`
	Miss     int64     `json:"miss" yaml:"miss"`
}

// Weights gives the outcomes' weights in the table's order, without the miss.
func (o Odds) Weights() []int64 {
	w := make([]int64, len(o.Outcomes))
	for i := range o.Outcomes {
		w[i] = o.Outcomes[i].Weight
	}
	return w
}

// Find gives the outcome of an id, and whether the table has it.
func (o Odds) Find(id OutcomeID) (Outcome, bool) {
	for _, out := range o.Outcomes {
		if out.ID == id {
			return out, true
		}
	}
	return Outcome{}, false
}

// Check says what is wrong with the table; limited tells which outcomes have a stock.
// Codes: odds_sum, weight_invalid, card_unknown, invalid.
func (o Odds) Check(limited map[OutcomeID]bool) error {
	var c checks
	seen := map[OutcomeID]bool{}
	sum := o.Miss
	c.weight("miss", o.Miss)
	if len(o.Outcomes) == 0 {
		c.add(CodeInvalid, "outcomes", ReasonRequired, "")
	}
	for i, out := range o.Outcomes {
		at := fmt.Sprintf("outcomes.%d.", i)
		c.weight(at+"weight", out.Weight)
		sum += out.Weight
		if out.ID == "" {
			c.add(CodeInvalid, at+"id", ReasonRequired, "")
		} else if seen[out.ID] {
			c.add(CodeInvalid, at+"id", ReasonTaken, "")
		}
		seen[out.ID] = true
		out.check(&c, at)
		out.checkPrize(&c, at)
	}
	o.checkFallbacks(&c, limited)
	if len(c.fields) == 0 && sum != Scale {
		c.add(CodeOddsSum, "odds", ReasonSum, strconv.Itoa(Scale))
	}
	return c.err()
}

func (out Outcome) check(c *checks, at string) {
	switch out.Kind {
	case KindCard:
		if out.Card < 1 || out.Card > SetSize {
			c.add(CodeCardUnknown, at+"card", ReasonRange, spanText(1, SetSize))
		}
	case KindWildcard, KindCash, KindVoucher:
		if out.Card != 0 {
			c.add(CodeCardUnknown, at+"card", ReasonRange, "0")
		}
	default:
		c.add(CodeInvalid, at+"kind", ReasonUnknown, "card, wildcard, cash, voucher")
	}
}

// A fallback has to be without limit: a chain of limited outcomes would have to be taken
// from stock out of the order in which stock is locked.
func (o Odds) checkFallbacks(c *checks, limited map[OutcomeID]bool) {
	for i, out := range o.Outcomes {
		if out.Fallback == "" {
			continue
		}
		at := fmt.Sprintf("outcomes.%d.fallback", i)
		if _, ok := o.Find(out.Fallback); !ok || limited[out.Fallback] {
			c.add(CodeInvalid, at, ReasonUnknown, "an outcome without a stock")
		}
	}
}

// Guarantee promises that in each block of Every chances of a window one is no miss: when
// the first Every-1 are misses by computation, the last draws from Weights, which belong to
// the odds table's outcomes in their order and sum to Scale without a miss.
type Guarantee struct {
	Every   int     `json:"every" yaml:"every"`
	Weights []int64 `json:"weights" yaml:"weights"`
}

func (g *Guarantee) check(c *checks, outcomes int) {
	if g == nil {
		return
	}
	if g.Every < 2 || g.Every > 256 {
		c.add(CodeInvalid, "guarantee.every", ReasonRange, spanText(2, 256))
	}
	if len(g.Weights) != outcomes {
		c.add(CodeInvalid, "guarantee.weights", ReasonRange, strconv.Itoa(outcomes))
		return
	}
	sum := int64(0)
	for i, w := range g.Weights {
		c.weight(fmt.Sprintf("guarantee.weights.%d", i), w)
		sum += w
	}
	if sum != Scale {
		c.add(CodeOddsSum, "guarantee.weights", ReasonSum, strconv.Itoa(Scale))
	}
}

// checks gathers what is wrong, field by field; the error has the first one's code.
type checks struct {
	code   Code
	fields []Field
}

func (c *checks) add(code Code, name string, reason Reason, want string) {
	if c.code == "" {
		c.code = code
	}
	c.fields = append(c.fields, Field{Name: name, Reason: reason, Want: want})
}

func (c *checks) weight(name string, w int64) {
	if w < 0 || w > Scale {
		c.add(CodeWeightInvalid, name, ReasonRange, spanText(0, Scale))
	}
}

func (c *checks) err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Code: c.code, Fields: c.fields}
}

func spanText(from, to int) string {
	return strconv.Itoa(from) + ".." + strconv.Itoa(to)
}
