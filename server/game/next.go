package game

import "time"

// NextChance is a chance that may be spent, from when, and how many its window has left with it.
type NextChance struct {
	Chance    Chance
	NotBefore time.Time
	Remaining int
}

// Next gives the next chance for somebody who has used the chances of its window up to used, at
// now: of the window that is open, or of the round's next window when that one is used up. There
// is none where no round is open, or the round has no window left.
func (v *Version) Next(now time.Time, used Chance) (NextChance, bool) {
	r, open := v.RoundAt(now)
	if !open {
		return NextChance{}, false
	}
	next := Chance{Round: r.Number, Window: r.WindowAt(now), Index: 1}
	if used.Round == next.Round && used.Window >= next.Window {
		next.Window, next.Index = used.Window, used.Index+1
	}
	if next.Index > r.Chances {
		next.Window, next.Index = next.Window+1, 1
	}
	if next.Window > r.Windows() {
		return NextChance{}, false
	}
	return NextChance{
		Chance:    next,
		NotBefore: r.NotBefore(next.Window, next.Index),
		Remaining: r.Chances - next.Index + 1,
	}, true
}

// EffectiveFrom gives the opening of the first window that a version published at publishedAt
// governs; none where no such window is left.
func (v *Version) EffectiveFrom(publishedAt time.Time, lead time.Duration) (time.Time, bool) {
	earliest := publishedAt.Add(lead)
	for _, r := range v.Rounds {
		if !earliest.After(r.OpensAt) {
			return r.OpensAt, true
		}
		if w := r.WindowAt(earliest); w > 0 {
			if opens := r.WindowOpens(w); opens.Equal(earliest) {
				return opens, true
			}
			if w < r.Windows() {
				return r.WindowOpens(w + 1), true
			}
		}
	}
	return time.Time{}, false
}
