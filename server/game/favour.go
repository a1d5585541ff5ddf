package game

import "fmt"

// CheckFavour says in what a version is to the players' disadvantage beside the one that went before:
// in an open campaign such a change needs an exception that is public. What CheckSuccessor forbids
// altogether (other rounds, less stock) is not looked at again, and that a guarantee comes into play less
// often where there are fewer misses is not held against a version. Code: exception_needed.
func (v *Version) CheckFavour(next *Version) error {
	var c checks
	before, after := v.Odds.things(nil), next.Odds.things(nil)
	wasFree, isFree := v.unlimited(), next.unlimited()
	for _, out := range v.Odds.Outcomes {
		if t := out.thing(); before[t] > after[t] || wasFree[t] > isFree[t] {
			c.add(CodeExceptionNeeded, next.Odds.at(out.ID, "weight"), ReasonLess, fmt.Sprint(before[t]))
			before[t], wasFree[t] = 0, 0 // it is said once, of the first outcome that gives it
		}
	}
	if next.Odds.Miss > v.Odds.Miss {
		c.add(CodeExceptionNeeded, "miss", ReasonRange, spanText(0, int(v.Odds.Miss)))
	}
	v.favourStock(next, &c)
	v.favourGuarantee(next, &c)
	v.favourBonus(next, &c)
	return c.err()
}

// favourStock: nothing becomes limited that was not, and what is given in place of what is out stays.
func (v *Version) favourStock(next *Version, c *checks) {
	for _, old := range v.Odds.Outcomes {
		out, kept := next.Odds.Find(old.ID)
		if !kept {
			continue
		}
		_, was := v.Stock(old.ID)
		if _, is := next.Stock(old.ID); is && !was {
			c.add(CodeExceptionNeeded, next.Odds.at(old.ID, "stock"), ReasonFixed, "")
		}
		if out.Fallback != old.Fallback && old.Fallback != "" {
			c.add(CodeExceptionNeeded, next.Odds.at(old.ID, "fallback"), ReasonFixed, string(old.Fallback))
		}
	}
}

// favourGuarantee: it comes no later, and a chance that it decides gives each thing no less often than
// before, be that by the old guarantee or, where it now comes sooner, by the odds.
func (v *Version) favourGuarantee(next *Version, c *checks) {
	if v.Guarantee != nil && (next.Guarantee == nil || next.Guarantee.Every > v.Guarantee.Every) {
		c.add(CodeExceptionNeeded, "guarantee.every", ReasonRange, spanText(2, v.Guarantee.Every))
		return
	}
	if next.Guarantee == nil {
		return
	}
	before := map[thing]int64{}
	if v.Guarantee != nil {
		before = v.Odds.things(v.Guarantee.Weights)
	}
	if v.Guarantee == nil || next.Guarantee.Every < v.Guarantee.Every {
		for t, weight := range v.Odds.things(nil) {
			before[t] = max(before[t], weight)
		}
	}
	after := next.Odds.things(next.Guarantee.Weights)
	for i, out := range next.Odds.Outcomes {
		if t := out.thing(); after[t] < before[t] {
			c.add(CodeExceptionNeeded, fmt.Sprintf("guarantee.weights.%d", i), ReasonLess, fmt.Sprint(before[t]))
			before[t] = 0
		}
	}
}

// at names a field of an outcome, by its index, or by its id where the table does not have it.
func (o Odds) at(id OutcomeID, field string) string {
	for i, out := range o.Outcomes {
		if out.ID == id {
			return fmt.Sprintf("outcomes.%d.%s", i, field)
		}
	}
	return fmt.Sprintf("outcomes.%s.%s", id, field)
}

// thing is what an outcome gives: two outcomes that give the same card are one thing to a player; a
// prize is a thing of its own.
type thing struct {
	kind Kind
	card int
	id   OutcomeID
}

func (out Outcome) thing() thing {
	if out.Kind.Prize() {
		return thing{kind: out.Kind, id: out.ID}
	}
	return thing{kind: out.Kind, card: out.Card}
}

// unlimited sums, by what they give, the weights of outcomes without a stock: what cannot run out.
func (v *Version) unlimited() map[thing]int64 {
	sums := map[thing]int64{}
	for _, out := range v.Odds.Outcomes {
		if _, limited := v.Stock(out.ID); !limited {
			sums[out.thing()] += out.Weight
		}
	}
	return sums
}

// things sums weights of the table's outcomes by what they give; nil: the table's own weights.
func (o Odds) things(weights []int64) map[thing]int64 {
	if weights == nil {
		weights = o.Weights()
	}
	sums := map[thing]int64{}
	for i, out := range o.Outcomes {
		sums[out.thing()] += weights[i]
	}
	return sums
}
