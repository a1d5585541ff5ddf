package game

import "time"

// MaxTaps is how many chances one request may name.
const MaxTaps = 64

// Chance is the right to shake once: an index of a window of a round. Windows and
// indexes count from 1, and window 0 has the round's bonus chances; the zero Chance is none.
type Chance struct {
	Round  int `json:"round"`
	Window int `json:"window"`
	Index  int `json:"index"`
}

// Before orders chances by round, window and index.
func (c Chance) Before(d Chance) bool {
	if c.Round != d.Round {
		return c.Round < d.Round
	}
	if c.Window != d.Window {
		return c.Window < d.Window
	}
	return c.Index < d.Index
}

// Span is a run of chances of one window: Taps of them, beginning with Index.
type Span struct {
	Chance
	Taps int
}

// Last is the index of the span's last chance.
func (s Span) Last() int { return s.Index + s.Taps - 1 }

// Round is the time [OpensAt, ClosesAt), cut into windows of equal length with K chances
// each. One secret seed decides all draws of a round.
type Round struct {
	Number        int       `json:"number" yaml:"number"`
	OpensAt       time.Time `json:"opens_at" yaml:"opens_at"`
	ClosesAt      time.Time `json:"closes_at" yaml:"closes_at"`
	WindowSeconds int       `json:"window_seconds" yaml:"window_seconds"`
	Chances       int       `json:"chances" yaml:"chances"`                 // K, in each window
	TapsPerSecond int       `json:"taps_per_second" yaml:"taps_per_second"` // 0: no pace is asked
}

// Windows is how many windows the round has.
func (r Round) Windows() int {
	return int(r.ClosesAt.Sub(r.OpensAt) / r.windowLength())
}

func (r Round) windowLength() time.Duration {
	return time.Duration(r.WindowSeconds) * time.Second
}

// Equal says whether two rounds are the same, whatever zone their times are written in.
func (r Round) Equal(q Round) bool {
	opens, closes := r.OpensAt.Equal(q.OpensAt), r.ClosesAt.Equal(q.ClosesAt)
	r.OpensAt, r.ClosesAt = q.OpensAt, q.ClosesAt
	return opens && closes && r == q
}

// WindowAt gives the number of the window that is open at t; 0 when the round is not open.
func (r Round) WindowAt(t time.Time) int {
	if t.Before(r.OpensAt) || !t.Before(r.ClosesAt) {
		return 0
	}
	return int(t.Sub(r.OpensAt)/r.windowLength()) + 1
}

// WindowOpens gives the opening of window w. Bonus chances open with the round.
func (r Round) WindowOpens(w int) time.Time {
	if w == BonusWindow {
		return r.OpensAt
	}
	return r.OpensAt.Add(time.Duration(w-1) * r.windowLength())
}

// WindowCloses gives the closing of window w, as w+1 opens. Bonus chances close with the round.
func (r Round) WindowCloses(w int) time.Time {
	if w == BonusWindow {
		return r.ClosesAt
	}
	return r.WindowOpens(w + 1)
}

// NotBefore gives the first instant at which index i of window w may be spent: the
// window's opening plus (i-1)/rate, so that the pace needs no state. Bonus chances have no pace.
func (r Round) NotBefore(w, i int) time.Time {
	opens := r.WindowOpens(w)
	if r.TapsPerSecond == 0 || w == BonusWindow {
		return opens
	}
	return opens.Add(time.Duration(i-1) * time.Second / time.Duration(r.TapsPerSecond))
}

// Check says whether the span names chances that a window of this round has, and at least one; of bonus
// chances CheckBonus says it.
// Codes: chance_unknown, beyond_chances, invalid.
func (r Round) Check(s Span) error {
	if s.Window < 1 || s.Window > r.Windows() {
		return FailField(CodeChanceUnknown, "window", ReasonRange, spanText(1, r.Windows()))
	}
	return s.within(r.Chances)
}

// within says whether the span is within the chances 1..chances, and names at least one.
func (s Span) within(chances int) error {
	if s.Index < 1 || s.Index > chances {
		return FailField(CodeBeyondChances, "index", ReasonRange, spanText(1, chances))
	}
	left := chances - s.Index + 1
	if s.Taps < 1 {
		return FailField(CodeInvalid, "taps", ReasonRange, spanText(1, min(MaxTaps, left)))
	}
	if s.Taps > left { // and not s.Last() > K, which can overflow
		return FailField(CodeBeyondChances, "taps", ReasonRange, spanText(1, left))
	}
	return nil
}

// Countable gives how many of the span's chances may be spent at t, from its first, and
// where that is not all, why: too_early (the pace or the window is not there yet) or
// window_over (t is past the window and its grace).
func (r Round) Countable(s Span, t time.Time, grace time.Duration) (int, Code) {
	if !t.Before(r.WindowCloses(s.Window).Add(grace)) {
		return 0, CodeWindowOver
	}
	counted := min(s.Taps, max(0, r.paced(s.Window, t)-s.Index+1))
	if counted < s.Taps {
		return counted, CodeTooEarly
	}
	return counted, ""
}

// paced gives the highest index i of window w with NotBefore(w, i) not after t; 0 where there is none.
func (r Round) paced(w int, t time.Time) int {
	passed := t.Sub(r.WindowOpens(w))
	if passed < 0 {
		return 0
	}
	if r.TapsPerSecond == 0 || w == BonusWindow {
		return MaxChances
	}
	// NotBefore rounds down to a nanosecond, so i-1 < (passed+1ns)*rate, rounded up.
	rate := int64(r.TapsPerSecond)
	return int(((int64(passed)+1)*rate-1)/int64(time.Second) + 1)
}
