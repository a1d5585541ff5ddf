package motion_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var start = time.Date(2026, 1, 28, 12, 0, 0, 0, time.UTC)

func next(round, window, index int) *api.Next {
	return &api.Next{Round: round, Window: window, Index: index, NotBefore: start}
}

func span(round, window, index, taps int) game.Span {
	return game.Span{Chance: game.Chance{Round: round, Window: window, Index: index}, Taps: taps}
}

func tap(p *motion.Pacer, n int) (made int) {
	for range n {
		if p.Tap() {
			made++
		}
	}
	return made
}

func take(t *testing.T, p *motion.Pacer, now time.Time, want game.Span) {
	t.Helper()
	got, ok := p.Take(now)
	if !ok {
		t.Fatalf("nothing to send, want %+v", want)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("sent (-want +got):\n%s", diff)
	}
}

func takeNothing(t *testing.T, p *motion.Pacer, now time.Time) {
	t.Helper()
	if got, ok := p.Take(now); ok {
		t.Fatalf("sent %+v, want nothing", got)
	}
}

func TestPacerGathersAtTheServersPace(t *testing.T) {
	var p motion.Pacer
	p.Follow(next(1, 1, 1), 100)
	tap(&p, 1)
	take(t, &p, start, span(1, 1, 1, 1))
	tap(&p, 5)
	takeNothing(t, &p, start) // one request at a time
	p.Settle(api.Drawn{Counted: 1, Next: next(1, 1, 2), Remaining: 99, PaceMS: 500}, start)
	takeNothing(t, &p, start.Add(499*time.Millisecond))
	take(t, &p, start.Add(500*time.Millisecond), span(1, 1, 2, 5))
	if left := p.Left(); left != 94 {
		t.Errorf("%d left, want 94", left)
	}
}

func TestPacerSendsNoMoreThanARequestHolds(t *testing.T) {
	var p motion.Pacer
	p.Follow(next(1, 1, 1), 80)
	if made := tap(&p, 200); made != 80 {
		t.Errorf("%d taps taken, want 80: no more than there are chances", made)
	}
	take(t, &p, start, span(1, 1, 1, 64))
	p.Settle(api.Drawn{Counted: 64, Next: next(1, 1, 65), Remaining: 16}, start)
	take(t, &p, start, span(1, 1, 65, 16))
}

func TestPacerKeepsWhatWasTooEarly(t *testing.T) {
	var p motion.Pacer
	p.Follow(next(1, 1, 1), 100)
	tap(&p, 10)
	take(t, &p, start, span(1, 1, 1, 10))
	early := next(1, 1, 4)
	early.NotBefore = start.Add(2 * time.Second)
	p.Settle(api.Drawn{Counted: 3, Next: early, Remaining: 97, Code: game.CodeTooEarly}, start)
	takeNothing(t, &p, start.Add(time.Second))
	take(t, &p, start.Add(2*time.Second), span(1, 1, 4, 7))
}

func TestPacerHoldsTheRoundsRate(t *testing.T) {
	var p motion.Pacer
	p.Open(game.Chance{Round: 1, Window: 1, Index: 1}, start, 300, 5)
	tap(&p, 30)
	take(t, &p, start.Add(time.Second), span(1, 1, 1, 6)) // those due at 0, .2, .4, .6, .8 and 1 s
}

func TestPacerSendsLateTapsToTheirOwnWindow(t *testing.T) {
	var p motion.Pacer
	p.Follow(next(1, 1, 40), 25)
	tap(&p, 3)
	opens := start.Add(time.Minute)
	p.Open(game.Chance{Round: 1, Window: 2, Index: 1}, opens, 64, 0)
	tap(&p, 2)
	take(t, &p, opens, span(1, 1, 40, 3))
	p.Settle(api.Drawn{Counted: 3, Next: next(1, 1, 43), Remaining: 22}, opens)
	take(t, &p, opens, span(1, 2, 1, 2))
	if left := p.Left(); left != 62 {
		t.Errorf("%d left in the new window, want 62", left)
	}
}

func TestPacerForgetsAWindowThatIsOver(t *testing.T) {
	var p motion.Pacer
	p.Follow(next(1, 1, 1), 64)
	tap(&p, 4)
	take(t, &p, start, span(1, 1, 1, 4))
	p.Settle(api.Drawn{Counted: 0, Next: next(1, 2, 1), Remaining: 64, Code: game.CodeWindowOver}, start)
	if p.Busy() {
		t.Error("taps of a window that is over still wait")
	}
	if left := p.Left(); left != 64 {
		t.Errorf("%d left, want 64", left)
	}
}

func TestPacerNeverGoesBack(t *testing.T) {
	var p motion.Pacer
	p.Follow(next(1, 1, 30), 35)
	p.Follow(next(1, 1, 12), 53) // a mark that was lost
	tap(&p, 1)
	take(t, &p, start, span(1, 1, 30, 1))
}

func TestPacerWithoutChances(t *testing.T) {
	var p motion.Pacer
	if p.Tap() {
		t.Error("a tap was taken with no chance known")
	}
	p.Follow(nil, 0)
	takeNothing(t, &p, start)
}

// Whatever is tapped and however the server cuts it short, requests never overlap, skip a chance or
// name more than there are.
func TestPacerSpendsEachChanceOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chances := rapid.IntRange(1, 200).Draw(t, "chances")
		var p motion.Pacer
		p.Follow(next(1, 1, 1), chances)
		now, spent := start, 0
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			tap(&p, rapid.IntRange(0, 90).Draw(t, "taps"))
			s, ok := p.Take(now)
			now = now.Add(time.Second)
			if !ok {
				continue
			}
			if s.Index != spent+1 || s.Taps < 1 || s.Taps > game.MaxTaps || s.Last() > chances {
				t.Fatalf("sent %+v after %d of %d", s, spent, chances)
			}
			d := api.Drawn{Counted: rapid.IntRange(0, s.Taps).Draw(t, "counted")}
			if d.Counted < s.Taps {
				d.SampledOut = s.Taps - d.Counted
			}
			spent += d.Counted
			d.Next, d.Remaining = next(1, 1, spent+1), chances-spent
			p.Settle(d, now)
		}
	})
}

// When a window is used up the server names the first chance of the next one, which is not there yet.
func TestPacerWaitsForTheNextWindow(t *testing.T) {
	var p motion.Pacer
	opens := start.Add(time.Minute)
	p.Open(game.Chance{Round: 1, Window: 1, Index: 1}, start, 2, 0)
	tap(&p, 2)
	take(t, &p, start, span(1, 1, 1, 2))
	p.Settle(api.Drawn{Counted: 2, Next: &api.Next{Round: 1, Window: 2, Index: 1, NotBefore: opens}, Remaining: 2}, start)
	if p.Left() != 0 || p.Tap() {
		t.Error("chances of a window that is not open yet can be tapped")
	}
	p.Open(game.Chance{Round: 1, Window: 2, Index: 1}, opens, 2, 0)
	if made := tap(&p, 3); made != 2 {
		t.Errorf("%d taps taken in the window that has opened, want 2", made)
	}
	take(t, &p, opens, span(1, 2, 1, 2))
}

func TestPacerSpendsTheBonusWhenTheWindowIsUsedUp(t *testing.T) {
	var p motion.Pacer
	p.Open(game.Chance{Round: 1, Window: 1, Index: 1}, start, 3, 1)
	p.OpenBonus(1, start, 2)
	if made := tap(&p, 9); made != 5 {
		t.Fatalf("%d taps taken, want 3 of the window and 2 of the bonus", made)
	}
	later := start.Add(10 * time.Second)
	take(t, &p, later, span(1, 1, 1, 3))
	takeNothing(t, &p, later) // one request at a time, and of one lane
	p.Settle(api.Drawn{Counted: 3, Next: next(1, 2, 1), Remaining: 3}, later)
	take(t, &p, later, span(1, 0, 1, 2)) // no rate
	if p.Left() != 0 || p.Bonus() != 0 {
		t.Errorf("%d and %d left, want none", p.Left(), p.Bonus())
	}
	p.Settle(api.Drawn{Counted: 1, SampledOut: 1, Next: next(1, 0, 2), Remaining: 1}, later)
	take(t, &p, later, span(1, 0, 2, 1))
	p.Settle(api.Drawn{Counted: 1}, later) // none is left: no next
	if p.Busy() || p.Bonus() != 0 {
		t.Error("a bonus that is used up is not over")
	}
}

func TestPacerTakesWhatIsGrantedMeanwhile(t *testing.T) {
	var p motion.Pacer
	p.Open(game.Chance{Round: 1, Window: 1, Index: 1}, start, 0, 0)
	p.Grant(&api.BonusChances{Round: 1, Granted: 3, Next: next(1, 0, 2)})
	if n := p.Bonus(); n != 2 {
		t.Fatalf("%d bonus chances, want 2", n)
	}
	tap(&p, 2)
	take(t, &p, start, span(1, 0, 2, 2))
	p.Settle(api.Drawn{Counted: 2}, start)
	p.Grant(&api.BonusChances{Round: 1, Granted: 5, Next: next(1, 0, 4)})
	if n := p.Bonus(); n != 2 {
		t.Errorf("%d bonus chances after two were granted, want 2", n)
	}
	tap(&p, 1)
	take(t, &p, start, span(1, 0, 4, 1))
	p.Settle(api.Drawn{Counted: 1, Next: next(1, 0, 5), Remaining: 1}, start)
	p.Grant(&api.BonusChances{Round: 1, Granted: 6, Next: next(1, 0, 4)}) // a mark that was lost
	if n := p.Bonus(); n != 2 {
		t.Errorf("%d bonus chances, want 2: the fifth and the sixth", n)
	}
	p.Grant(nil)
	if p.Bonus() != 0 {
		t.Error("bonus chances where there are none")
	}
}

func TestPacerKnowsABonusThatWasUsedUpBefore(t *testing.T) {
	var p motion.Pacer
	p.Grant(&api.BonusChances{Round: 1, Granted: 3})
	p.Open(game.Chance{Round: 1, Window: 1, Index: 1}, start, 0, 0)
	p.OpenBonus(1, start, 3)
	if p.Bonus() != 0 {
		t.Errorf("%d bonus chances, want none", p.Bonus())
	}
}

// A round's last taps go to its own bonus, in its grace, and its answer says nothing of the next round's.
func TestPacerKeepsTheBonusOfRoundsApart(t *testing.T) {
	var p motion.Pacer
	p.Open(game.Chance{Round: 1, Window: 1, Index: 1}, start, 0, 0)
	p.OpenBonus(1, start, 3)
	tap(&p, 3)
	opens := start.Add(time.Minute)
	p.Open(game.Chance{Round: 2, Window: 1, Index: 1}, opens, 0, 0)
	p.OpenBonus(2, opens, 3)
	tap(&p, 1)
	take(t, &p, opens, span(1, 0, 1, 3))
	p.Settle(api.Drawn{Counted: 3}, opens)
	if n := p.Bonus(); n != 2 {
		t.Errorf("%d bonus chances in the second round, want 2", n)
	}
	take(t, &p, opens, span(2, 0, 1, 1))
}
