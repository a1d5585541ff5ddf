package load

import (
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Told is an outcome as a player was told it.
type Told struct {
	Chance  game.Chance
	Outcome api.Outcome
}

// Record is what a player was answered, from which it can be said whether it was right.
type Record struct {
	Counted    []game.Span // chances that were decided, in order
	Told       []Told      // those of them that were no miss
	Unanswered []game.Span // chances of which it is not known whether they were decided
}

// count adds chances that were decided; spans that touch are one.
func (r *Record) count(s game.Span) {
	if end := len(r.Counted) - 1; end >= 0 {
		last := &r.Counted[end]
		if last.Round == s.Round && last.Window == s.Window && last.Last()+1 == s.Index {
			last.Taps += s.Taps
			return
		}
	}
	r.Counted = append(r.Counted, s)
}

func (r *Record) tell(c game.Chance, outcomes []api.Outcome) {
	for _, o := range outcomes {
		c.Index = o.Index
		r.Told = append(r.Told, Told{c, o})
	}
}
