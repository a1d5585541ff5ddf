package load

import (
	"fmt"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// faultOf gives what is wrong with the answer to a draw, by itself; "" where nothing is.
func faultOf(s game.Span, d *api.Drawn) string {
	end := s.Index + d.Counted // outcomes are of the counted chances
	if d.Code == game.CodeWindowOver && d.Counted == 0 {
		end = s.Last() + 1 // or of what was booked before
	}
	switch {
	case d.Counted < 0 || d.SampledOut < 0 || d.Counted+d.SampledOut > s.Taps:
		return fmt.Sprintf("of %d taps %d were counted and %d sampled out", s.Taps, d.Counted, d.SampledOut)
	case d.Counted < s.Taps && d.Code == "" && d.SampledOut == 0:
		return fmt.Sprintf("of %d taps %d were counted, and no reason given", s.Taps, d.Counted)
	case len(d.Outcomes) > 0 && d.Album == nil:
		return "there are outcomes and no album"
	}
	before := s.Index - 1
	for _, o := range d.Outcomes {
		if o.Index <= before || o.Index >= end {
			return fmt.Sprintf("an outcome for chance %d, after %d and of those before %d", o.Index, before, end)
		}
		before = o.Index
		if wrong := faultOfOutcome(o); wrong != "" {
			return wrong
		}
	}
	if n := d.Next; n != nil && d.Counted > 0 {
		spent := game.Chance{Round: s.Round, Window: s.Window, Index: s.Index + d.Counted - 1}
		if next := (game.Chance{Round: n.Round, Window: n.Window, Index: n.Index}); !spent.Before(next) {
			return fmt.Sprintf("the next chance is %v, and %v was just spent", next, spent)
		}
	}
	return ""
}

func faultOfOutcome(o api.Outcome) string {
	ok := o.Card == 0
	prize := o.Amount != 0 || o.Code != "" || o.Outcome != ""
	switch o.Kind {
	case game.EntryCard:
		ok = o.Card >= 1 && o.Card <= game.SetSize && !prize
	case game.EntryWildcard, game.EntrySoldOut:
		ok = ok && !prize
	case game.EntryCash:
		ok = ok && o.Amount > 0 && o.Code == "" && o.Outcome != "" && o.Serial > 0
	case game.EntryVoucher:
		ok = ok && o.Amount == 0 && o.Code != "" && o.Outcome != "" && o.Serial > 0
	default:
		ok = false
	}
	if !ok || o.Receipt == "" || o.N < 1 || o.Serial < 0 {
		return "an outcome cannot be: " + told(o)
	}
	return ""
}

// differs gives how the second answer for counted chances is not the first; "" where it is.
func differs(s game.Span, first []api.Outcome, second *api.Drawn) string {
	if second.Counted < s.Taps && second.Code != game.CodeWindowOver && second.SampledOut == 0 {
		return fmt.Sprintf("%d chances were counted, and asked again %d", s.Taps, second.Counted)
	}
	if second.Counted < s.Taps && second.SampledOut > 0 { // it says nothing of the others
		for len(first) > 0 && first[len(first)-1].Index >= s.Index+second.Counted {
			first = first[:len(first)-1]
		}
	}
	for i := range max(len(first), len(second.Outcomes)) {
		a, b := nth(first, i), nth(second.Outcomes, i)
		if a != b {
			return fmt.Sprintf("the same chances gave %s, and before that %s", told(b), told(a))
		}
	}
	return ""
}

// nth gives the i-th outcome, or where there is none, one of nothing.
func nth(outcomes []api.Outcome, i int) api.Outcome {
	if i < len(outcomes) {
		return outcomes[i]
	}
	return api.Outcome{}
}

// told says what an outcome is, in short.
func told(o api.Outcome) string {
	if o == (api.Outcome{}) {
		return "nothing more"
	}
	return fmt.Sprintf("%s %d, serial %d, for chance %d as entry %d with receipt …%s",
		o.Kind, o.Card, o.Serial, o.Index, o.N, o.Receipt[max(0, len(o.Receipt)-8):])
}
