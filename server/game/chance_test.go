package game_test

import (
	"math"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func drawRound(t *rapid.T) game.Round {
	window := rapid.IntRange(1, 7200).Draw(t, "window seconds")
	windows := rapid.IntRange(1, 50).Draw(t, "windows")
	rate := rapid.IntRange(0, 50).Draw(t, "taps per second")
	most := game.MaxChances
	if rate > 0 {
		most = min(most, rate*window)
	}
	opens := start.Add(time.Duration(rapid.Int64Range(0, 1e15).Draw(t, "opens")))
	return game.Round{
		Number: 1, OpensAt: opens, ClosesAt: opens.Add(time.Duration(window*windows) * time.Second),
		WindowSeconds: window, Chances: rapid.IntRange(1, most).Draw(t, "chances"), TapsPerSecond: rate,
	}
}

func drawSpan(t *rapid.T, r game.Round) game.Span {
	index := rapid.IntRange(1, r.Chances).Draw(t, "index")
	taps := rapid.IntRange(1, min(game.MaxTaps, r.Chances-index+1)).Draw(t, "taps")
	return span(rapid.IntRange(1, r.Windows()).Draw(t, "window"), index, taps)
}

func TestChancesAreOrdered(t *testing.T) {
	ascending := []game.Chance{{}, {1, 0, 9}, {1, 1, 1}, {1, 1, 2}, {1, 2, 1}, {2, 0, 1}, {2, 1, 1}}
	for i, a := range ascending {
		for j, b := range ascending {
			if got := a.Before(b); got != (i < j) {
				t.Errorf("%v before %v: %v", a, b, got)
			}
		}
	}
}

func TestWindowAt(t *testing.T) {
	for _, test := range []struct {
		after time.Duration
		want  int
	}{
		{-time.Nanosecond, 0},
		{0, 1},
		{time.Minute - time.Nanosecond, 1},
		{time.Minute, 2},
		{3*time.Minute - time.Nanosecond, 3},
		{3 * time.Minute, 0},
	} {
		if got := evening().WindowAt(at(test.after)); got != test.want {
			t.Errorf("%v after the opening: window %d, want %d", test.after, got, test.want)
		}
	}
}

func TestWindowHoldsItsTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRound(t)
		after := time.Duration(rapid.Int64Range(0, int64(r.ClosesAt.Sub(r.OpensAt))-1).Draw(t, "after"))
		now := r.OpensAt.Add(after)
		w := r.WindowAt(now)
		if w < 1 || w > r.Windows() {
			t.Fatalf("window %d of %d", w, r.Windows())
		}
		if now.Before(r.WindowOpens(w)) || !now.Before(r.WindowOpens(w+1)) {
			t.Fatalf("%v is not in window %d", now, w)
		}
		if last := r.WindowOpens(r.Windows() + 1); !last.Equal(r.ClosesAt) {
			t.Fatalf("the last window ends at %v, the round at %v", last, r.ClosesAt)
		}
	})
}

func TestRoundCheck(t *testing.T) {
	for name, test := range map[string]struct {
		span  game.Span
		code  game.Code
		field string
	}{
		"first":                 {span(1, 1, 1), "", ""},
		"last":                  {span(3, 120, 1), "", ""},
		"whole rest":            {span(2, 57, 64), "", ""},
		"window 0":              {span(0, 1, 1), game.CodeChanceUnknown, "window"},
		"window past the end":   {span(4, 1, 1), game.CodeChanceUnknown, "window"},
		"window absurd":         {span(math.MaxInt, 1, 1), game.CodeChanceUnknown, "window"},
		"index 0":               {span(1, 0, 1), game.CodeBeyondChances, "index"},
		"index below 0":         {span(1, -1, 3), game.CodeBeyondChances, "index"},
		"index past K":          {span(1, 121, 1), game.CodeBeyondChances, "index"},
		"taps past K":           {span(1, 120, 2), game.CodeBeyondChances, "taps"},
		"taps past every count": {span(1, 120, math.MaxInt), game.CodeBeyondChances, "taps"},
		"no taps":               {span(1, 1, 0), game.CodeInvalid, "taps"},
		"taps below 0":          {span(1, 1, -1), game.CodeInvalid, "taps"},
	} {
		err := evening().Check(test.span)
		if code := game.CodeOf(err); code != test.code {
			t.Errorf("%s: code %q, want %q", name, code, test.code)
		}
		if test.field != "" && !cmp.Equal(fields(err), []string{test.field}) {
			t.Errorf("%s: fields %v, want %s", name, fields(err), test.field)
		}
	}
}

func TestCountable(t *testing.T) {
	const grace = 2 * time.Second
	for name, test := range map[string]struct {
		span  game.Span
		after time.Duration
		want  int
		code  game.Code
	}{
		"before the round":            {span(1, 1, 1), -1, 0, game.CodeTooEarly},
		"first chance at the opening": {span(1, 1, 1), 0, 1, ""},
		"only the first":              {span(1, 1, 64), 0, 1, game.CodeTooEarly},
		"just before the second":      {span(1, 1, 2), 200*time.Millisecond - 1, 1, game.CodeTooEarly},
		"at the second":               {span(1, 1, 2), 200 * time.Millisecond, 2, ""},
		"not at the index yet":        {span(1, 11, 5), 2*time.Second - 1, 0, game.CodeTooEarly},
		"a prefix":                    {span(1, 11, 5), 2400 * time.Millisecond, 3, game.CodeTooEarly},
		"next window":                 {span(2, 1, 1), time.Minute - 1, 0, game.CodeTooEarly},
		"last instant of the window":  {span(1, 120, 1), time.Minute - 1, 1, ""},
		"in grace":                    {span(1, 57, 64), time.Minute, 64, ""},
		"last instant of grace":       {span(1, 57, 64), time.Minute + grace - 1, 64, ""},
		"past grace":                  {span(1, 57, 64), time.Minute + grace, 0, game.CodeWindowOver},
		"long past":                   {span(1, 1, 1), time.Hour, 0, game.CodeWindowOver},
		"last window in grace":        {span(3, 1, 2), 3*time.Minute + grace - 1, 2, ""},
	} {
		n, code := evening().Countable(test.span, at(test.after), grace)
		if n != test.want || code != test.code {
			t.Errorf("%s: %d %q, want %d %q", name, n, code, test.want, test.code)
		}
	}
}

func TestCountableWithoutPace(t *testing.T) {
	r := evening()
	r.TapsPerSecond = 0
	if n, code := r.Countable(span(1, 57, 64), start, 0); n != 64 || code != "" {
		t.Errorf("at the opening %d %q, want all 64", n, code)
	}
	if n, code := r.Countable(span(2, 1, 64), start, 0); n != 0 || code != game.CodeTooEarly {
		t.Errorf("before the window %d %q, want too_early", n, code)
	}
}

// The countable chances are a prefix of the span which ends at the first that is too early,
// and which only grows until the grace is over.
func TestCountableIsAPrefixThatGrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRound(t)
		s := drawSpan(t, r)
		grace := time.Duration(rapid.IntRange(0, 60).Draw(t, "grace")) * time.Second
		open := int64(r.WindowOpens(s.Window + 1).Add(grace).Sub(r.WindowOpens(s.Window)))
		moment := rapid.Int64Range(-int64(time.Second), open-1)
		now := r.WindowOpens(s.Window).Add(time.Duration(moment.Draw(t, "now")))

		n, code := r.Countable(s, now, grace)
		if (code == "") != (n == s.Taps) || (code != "" && code != game.CodeTooEarly) {
			t.Fatalf("%d of %d with %q", n, s.Taps, code)
		}
		for i := range s.Taps {
			early := now.Before(r.NotBefore(s.Window, s.Index+i))
			if early != (i >= n) {
				t.Fatalf("chance %d of %d countable at %v: %v", i, n, now, !early)
			}
		}
		later := r.WindowOpens(s.Window).Add(time.Duration(moment.Draw(t, "later")))
		if m, _ := r.Countable(s, later, grace); !later.Before(now) && m < n {
			t.Fatalf("%d countable at %v, %d at %v", n, now, m, later)
		}
		if m, code := r.Countable(s, r.WindowOpens(s.Window+1).Add(grace), grace); m != 0 || code != game.CodeWindowOver {
			t.Fatalf("past the grace %d %q", m, code)
		}
	})
}

// K never exceeds rate times window, so the pace lets every chance in before the window closes.
func TestPaceLeavesTimeForEveryChance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRound(t)
		w := rapid.IntRange(1, r.Windows()).Draw(t, "window")
		if last := r.NotBefore(w, r.Chances); !last.Before(r.WindowOpens(w + 1)) {
			t.Fatalf("chance %d may be spent at %v, the window closes at %v", r.Chances, last, r.WindowOpens(w+1))
		}
	})
}
