package motion

import (
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Pacer gathers taps into requests: it knows which chance is next, how many are left and when the
// server will look at them. All times are game time. The zero Pacer has no chances.
type Pacer struct {
	next      game.Chance
	notBefore time.Time // of next
	remaining int       // in the window of next
	rate      int       // taps a second that the round allows; 0: any
	pending   int       // taps made, not yet sent
	late      []game.Span
	flying    game.Span // sent, not yet answered; no taps: nothing
	sendAfter time.Time
}

// Follow takes the server's word on the next chance, unless the pacer is past it already: the server's
// mark of misses is best effort. Taps that wait stay, as far as there are chances for them.
func (p *Pacer) Follow(next *api.Next, remaining int) {
	if next == nil {
		p.remaining, p.pending = 0, 0
		return
	}
	c := game.Chance{Round: next.Round, Window: next.Window, Index: next.Index}
	if !c.Before(p.next) {
		p.enter(c, next.NotBefore, remaining)
	}
}

// Open begins a window of which nothing has been spent, as the clock shows it. It does nothing in that
// window or a later one. Taps made in the window before are kept for it: its grace lets them in.
func (p *Pacer) Open(c game.Chance, opens time.Time, chances, rate int) {
	p.rate = rate
	if sameWindow(c, p.next) || !p.next.Before(c) {
		return
	}
	if p.pending > 0 {
		p.late = append(p.late, game.Span{Chance: p.next, Taps: p.pending})
		p.pending = 0
	}
	p.enter(c, opens, chances)
}

func (p *Pacer) enter(c game.Chance, notBefore time.Time, remaining int) {
	p.next, p.notBefore, p.remaining = c, notBefore, max(0, remaining)
	p.pending = min(p.pending, p.remaining)
}

func sameWindow(a, b game.Chance) bool { return a.Round == b.Round && a.Window == b.Window }

// Tap asks for one chance more; false when there is none.
func (p *Pacer) Tap() bool {
	if p.Left() == 0 {
		return false
	}
	p.pending++
	return true
}

// Left is how many chances of the window are not yet spoken for.
func (p *Pacer) Left() int {
	left := p.remaining - p.pending
	if sameWindow(p.flying.Chance, p.next) {
		left -= p.flying.Taps
	}
	return max(0, left)
}

// Busy says whether taps wait or are on their way.
func (p *Pacer) Busy() bool { return p.pending > 0 || p.flying.Taps > 0 || len(p.late) > 0 }

// Take gives the next request to send at now, if it is time for one. What it gives is in flight until
// Settle or Drop.
func (p *Pacer) Take(now time.Time) (game.Span, bool) {
	if p.flying.Taps > 0 || now.Before(p.sendAfter) {
		return game.Span{}, false
	}
	if len(p.late) > 0 {
		p.flying = p.late[0]
		p.flying.Taps = min(p.flying.Taps, game.MaxTaps)
		p.late = p.late[1:]
		return p.flying, true
	}
	taps := min(p.pending, p.allowed(now), p.remaining, game.MaxTaps)
	if taps < 1 {
		return game.Span{}, false
	}
	p.pending -= taps
	p.flying = game.Span{Chance: p.next, Taps: taps}
	return p.flying, true
}

// allowed is how many chances from the next on the round's pace lets through at now.
func (p *Pacer) allowed(now time.Time) int {
	if now.Before(p.notBefore) {
		return 0
	}
	if p.rate == 0 {
		return game.MaxTaps
	}
	ahead := now.Sub(p.notBefore)
	if ahead >= time.Minute {
		return game.MaxTaps
	}
	return int(ahead*time.Duration(p.rate)/time.Second) + 1
}

// Settle takes the answer to what is in flight. Taps that came too early or were sampled out are
// unspent and wait again; those of a window that is over are gone.
func (p *Pacer) Settle(d api.Drawn, now time.Time) {
	flown := p.flying
	p.flying = game.Span{}
	p.sendAfter = now.Add(time.Duration(d.PaceMS) * time.Millisecond)
	if unspent := flown.Taps - d.Counted; unspent > 0 && d.Code != game.CodeWindowOver && sameWindow(flown.Chance, p.next) {
		p.pending += unspent
	}
	p.Follow(d.Next, d.Remaining)
}

// Drop gives up what is in flight, which the server refused for good, and sends nothing until then.
func (p *Pacer) Drop(until time.Time) { p.flying, p.sendAfter = game.Span{}, until }

// Owe puts a span first that was sent in an earlier visit and never answered.
func (p *Pacer) Owe(s game.Span) { p.late = append(p.late, s) }

// Flying says whether a request is on its way.
func (p *Pacer) Flying() bool { return p.flying.Taps > 0 }
