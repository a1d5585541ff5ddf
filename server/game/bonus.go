package game

import "time"

// BonusWindow is the window of a round's bonus chances: lane 0, beside the windows that count from 1.
const BonusWindow = 0

// MaxBonus bounds the bonus chances of a round, those of everybody and those that are granted alike.
const MaxBonus = 1000

// Bonus are chances of a round beside those of its windows, to be spent at any time of the round:
// (round, 0, 1..granted). The version that governs the round's opening decides them, odds and number
// alike; neither a tap rate nor the guarantee applies to them.
type Bonus struct {
	EachRound int `json:"each_round,omitempty" yaml:"each_round,omitempty"` // that every player has
	Grants    int `json:"grants,omitempty" yaml:"grants,omitempty"`         // the most that a player may be granted besides; 0: none
}

func (b *Bonus) check(c *checks) {
	if b == nil {
		return
	}
	for _, f := range []struct {
		name  string
		value int
	}{{"bonus.each_round", b.EachRound}, {"bonus.grants", b.Grants}} {
		if f.value < 0 || f.value > MaxBonus {
			c.add(CodeInvalid, f.name, ReasonRange, spanText(0, MaxBonus))
		}
	}
}

// BonusRule gives the version's rule of bonus chances, which may be of none.
func (v *Version) BonusRule() Bonus {
	if v.Bonus == nil {
		return Bonus{}
	}
	return *v.Bonus
}

// Granted gives how many bonus chances a player has whom so many were granted: no more count than the rule allows.
func (b Bonus) Granted(granted int) int { return b.EachRound + min(granted, b.Grants) }

// CheckBonus says whether the span names bonus chances of a round that a player has who has so many. Where
// nobody can have any, window 0 is none. Codes: chance_unknown, beyond_chances, invalid.
func (r Round) CheckBonus(s Span, b Bonus, granted int) error {
	if b == (Bonus{}) {
		return r.Check(s)
	}
	if granted == 0 {
		return FailField(CodeBeyondChances, "index", ReasonUnknown, "")
	}
	return s.within(granted)
}

// NextBonus gives the next bonus chance of the round for somebody who has used those up to used, of as many as
// were granted. There is none where the round is not open, or all are used.
func (r Round) NextBonus(now time.Time, used, granted int) (NextChance, bool) {
	if r.WindowAt(now) == 0 || used >= granted {
		return NextChance{}, false
	}
	return NextChance{
		Chance:    Chance{Round: r.Number, Window: BonusWindow, Index: used + 1},
		NotBefore: r.OpensAt,
		Remaining: granted - used,
	}, true
}

// favourBonus: what players were told they have, or may be granted, becomes no less.
func (v *Version) favourBonus(next *Version, c *checks) {
	was, is := v.BonusRule(), next.BonusRule()
	if is.EachRound < was.EachRound {
		c.add(CodeExceptionNeeded, "bonus.each_round", ReasonRange, spanText(was.EachRound, MaxBonus))
	}
	if is.Grants < was.Grants {
		c.add(CodeExceptionNeeded, "bonus.grants", ReasonRange, spanText(was.Grants, MaxBonus))
	}
}
