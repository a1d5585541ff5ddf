package game

import (
	"fmt"
	"strconv"
	"time"
)

// MaxChances bounds K.
const MaxChances = 100_000

// Version is everything that validity and pick read: odds, guarantee, rounds with their
// windows, chances and pace, bonus chances, and the stock timetables. It is immutable once saved, and
// hashed; a change is a new version.
type Version struct {
	Odds      Odds       `json:"odds" yaml:"odds"`
	Guarantee *Guarantee `json:"guarantee,omitempty" yaml:"guarantee,omitempty"`
	Rounds    []Round    `json:"rounds" yaml:"rounds"`
	Stocks    []Stock    `json:"stocks,omitempty" yaml:"stocks,omitempty"`
	Bonus     *Bonus     `json:"bonus,omitempty" yaml:"bonus,omitempty"` // nil: there are none
}

// SavedVersion is a version with its place in a campaign's list of versions.
type SavedVersion struct {
	Version
	Number      int
	Document    string // the JSON of Version, to the byte, that Hash is of
	Hash        string // hex SHA-256, see fairness.HashVersion
	Comment     string
	SavedAt     time.Time
	SavedBy     StaffID
	PublishedAt time.Time // by the book's clock; zero: it was not published
	PublishedBy StaffID
	ApprovedBy  StaffID // the second person; "": none was asked
	Exception   Text    // why it may be to the players' disadvantage; public; nil: it is not
}

// Stock gives the stock of an outcome, and whether it has one.
func (v *Version) Stock(id OutcomeID) (Stock, bool) {
	for _, s := range v.Stocks {
		if s.Outcome == id {
			return s, true
		}
	}
	return Stock{}, false
}

// Round gives the round of a number, and whether there is one.
func (v *Version) Round(number int) (Round, bool) {
	if number < 1 || number > len(v.Rounds) {
		return Round{}, false
	}
	return v.Rounds[number-1], true
}

// RoundAt gives the round that is open at t.
func (v *Version) RoundAt(t time.Time) (Round, bool) {
	for _, r := range v.Rounds {
		if !t.Before(r.OpensAt) && t.Before(r.ClosesAt) {
			return r, true
		}
	}
	return Round{}, false
}

// RoundAfter gives the first round that opens after t.
func (v *Version) RoundAfter(t time.Time) (Round, bool) {
	for _, r := range v.Rounds {
		if r.OpensAt.After(t) {
			return r, true
		}
	}
	return Round{}, false
}

// Opens and Closes are the bounds of the campaign that the rounds make.
func (v *Version) Opens() time.Time { return v.Rounds[0].OpensAt }

// Closes gives the closing of the last round.
func (v *Version) Closes() time.Time { return v.Rounds[len(v.Rounds)-1].ClosesAt }

// Governing gives the version that governs a window which opens at opens: the last that was
// published a lead or more before it. versions are published ones in the order of publication.
func Governing(versions []*SavedVersion, opens time.Time, lead time.Duration) (*SavedVersion, bool) {
	for i := len(versions) - 1; i >= 0; i-- {
		if !versions[i].PublishedAt.Add(lead).After(opens) {
			return versions[i], true
		}
	}
	return nil, false
}

// Check says all that is wrong with a version, field by field.
// Codes: odds_sum, weight_invalid, stock_invalid, card_unknown, invalid.
func (v *Version) Check() error {
	limited := map[OutcomeID]bool{}
	for _, s := range v.Stocks {
		limited[s.Outcome] = true
	}
	if err := v.Odds.Check(limited); err != nil {
		return err
	}
	var c checks
	v.Guarantee.check(&c, len(v.Odds.Outcomes))
	v.Bonus.check(&c)
	v.checkRounds(&c)
	seen := map[OutcomeID]bool{}
	for i, s := range v.Stocks {
		at := fmt.Sprintf("stocks.%d.", i)
		s.check(&c, at)
		if _, ok := v.Odds.Find(s.Outcome); !ok {
			c.add(CodeStockInvalid, at+"outcome", ReasonUnknown, "")
		}
		if seen[s.Outcome] {
			c.add(CodeStockInvalid, at+"outcome", ReasonTaken, "")
		}
		seen[s.Outcome] = true
	}
	v.checkPrizes(&c)
	return c.err()
}

func (v *Version) checkRounds(c *checks) {
	if len(v.Rounds) == 0 {
		c.add(CodeInvalid, "rounds", ReasonRequired, "")
	}
	for i, r := range v.Rounds {
		at := fmt.Sprintf("rounds.%d.", i)
		if r.Number != i+1 {
			c.add(CodeInvalid, at+"number", ReasonRange, strconv.Itoa(i+1))
		}
		if i > 0 && r.OpensAt.Before(v.Rounds[i-1].ClosesAt) {
			c.add(CodeInvalid, at+"opens_at", ReasonOrder, v.Rounds[i-1].ClosesAt.Format(time.RFC3339))
		}
		r.check(c, at, v.Guarantee)
	}
}

func (r Round) check(c *checks, at string, g *Guarantee) {
	if !r.ClosesAt.After(r.OpensAt) {
		c.add(CodeInvalid, at+"closes_at", ReasonOrder, r.OpensAt.Format(time.RFC3339))
	}
	if r.WindowSeconds < 1 || r.WindowSeconds > 7*24*3600 {
		c.add(CodeInvalid, at+"window_seconds", ReasonRange, spanText(1, 7*24*3600))
	} else if r.ClosesAt.Sub(r.OpensAt)%r.windowLength() != 0 {
		c.add(CodeInvalid, at+"closes_at", ReasonMultiple, strconv.Itoa(r.WindowSeconds)+" s")
	}
	most := MaxChances
	if r.TapsPerSecond < 0 || r.TapsPerSecond > 1000 {
		c.add(CodeInvalid, at+"taps_per_second", ReasonRange, spanText(0, 1000))
	} else if r.TapsPerSecond > 0 && r.WindowSeconds > 0 {
		most = min(most, r.TapsPerSecond*r.WindowSeconds)
	}
	if r.Chances < 1 || r.Chances > most {
		c.add(CodeInvalid, at+"chances", ReasonRange, spanText(1, most))
	} else if g != nil && g.Every > 0 && r.Chances%g.Every != 0 {
		c.add(CodeInvalid, at+"chances", ReasonMultiple, strconv.Itoa(g.Every))
	}
}

// CheckSuccessor says whether next may follow v in a campaign: what players were promised
// and what has been booked stays true. Rounds stay as they are, outcomes keep what they
// give, and no stock shrinks, is released later or loses its limit.
func (v *Version) CheckSuccessor(next *Version) error {
	var c checks
	if len(next.Rounds) != len(v.Rounds) {
		c.add(CodeChangeRefused, "rounds", ReasonRange, strconv.Itoa(len(v.Rounds)))
	} else {
		for i, r := range v.Rounds {
			if !next.Rounds[i].Equal(r) {
				c.add(CodeChangeRefused, fmt.Sprintf("rounds.%d", i), ReasonUnknown, "unchanged")
			}
		}
	}
	for _, s := range v.Stocks {
		if t, ok := next.Stock(s.Outcome); !ok || !t.keeps(s, v.Opens()) {
			c.add(CodeChangeRefused, "stocks."+string(s.Outcome), ReasonLess, strconv.FormatInt(s.Total, 10))
		}
	}
	for i, out := range next.Odds.Outcomes {
		if old, ok := v.Odds.Find(out.ID); ok && (old.Kind != out.Kind || old.Card != out.Card || old.Amount != out.Amount) {
			c.add(CodeChangeRefused, fmt.Sprintf("outcomes.%d.id", i), ReasonTaken, "")
		}
	}
	return c.err()
}
