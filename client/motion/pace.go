package motion

import (
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Pacer gathers taps into requests: it knows which chance is next, how many are left and when the
// server will look at them. Taps spend the window's chances, and when these are used up the bonus chances
// of the round. All times are game time. The zero Pacer has no chances.
type Pacer struct {
	window    lane
	bonus     lane
	open      game.Chance // the first of the window that the clock shows; the zero Chance: nobody has said
	rate      int         // taps a second that the round allows in its windows; 0: any
	late      []game.Span
	flying    game.Span // sent, not yet answered; no taps: nothing
	sendAfter time.Time
}

// lane is a run of chances that are spent in their order: those of a window, or the bonus of a round.
type lane struct {
	next      game.Chance
	notBefore time.Time // of next
	remaining int       // with next
	pending   int       // taps made, not yet sent
}

func (p *Pacer) lane(c game.Chance) *lane {
	if c.Window == game.BonusWindow {
		return &p.bonus
	}
	return &p.window
}

// Follow takes the server's word on the next chance of a window, unless the pacer is past it already: the
// server's mark of misses is best effort. Taps that wait stay, as far as there are chances for them.
func (p *Pacer) Follow(next *api.Next, remaining int) { p.window.follow(next, remaining) }

func (l *lane) follow(next *api.Next, remaining int) {
	if next == nil {
		l.remaining, l.pending = 0, 0
	} else if c := chanceOf(next); !c.Before(l.next) {
		l.enter(c, next.NotBefore, remaining)
	}
}

func chanceOf(n *api.Next) game.Chance {
	return game.Chance{Round: n.Round, Window: n.Window, Index: n.Index}
}

// Placed says whether the pacer knows of a window at all.
func (p *Pacer) Placed() bool { return p.window.next.Round > 0 }

// Grant takes the server's word on the bonus chances; nil: there are none. Those that are granted while
// the round runs come on top, even where the server's mark of misses is behind.
func (p *Pacer) Grant(b *api.BonusChances) {
	if b == nil {
		p.bonus.follow(nil, 0)
		return
	}
	next := b.Next
	if next == nil {
		next = &api.Next{Round: b.Round, Index: b.Granted + 1}
	}
	c := chanceOf(next)
	if past := p.bonus.next; past.Round == c.Round && c.Before(past) {
		c = past
	}
	if !c.Before(p.bonus.next) {
		p.bonus.enter(c, next.NotBefore, b.Granted-c.Index+1)
	}
}

// Open begins a window of which nothing has been spent, as the clock shows it. It does nothing in that
// window or a later one. Taps made in the window before are kept for it: its grace lets them in.
func (p *Pacer) Open(c game.Chance, opens time.Time, chances, rate int) {
	p.open, p.rate = c, rate
	p.begin(c, opens, chances)
}

// OpenBonus does the same for the bonus chances that every player has in a round.
func (p *Pacer) OpenBonus(round int, opens time.Time, chances int) {
	p.begin(game.Chance{Round: round, Window: game.BonusWindow, Index: 1}, opens, chances)
}

func (p *Pacer) begin(c game.Chance, opens time.Time, chances int) {
	l := p.lane(c)
	if sameWindow(c, l.next) || !l.next.Before(c) {
		return
	}
	if l.pending > 0 {
		p.late = append(p.late, game.Span{Chance: l.next, Taps: l.pending})
		l.pending = 0
	}
	l.enter(c, opens, chances)
}

func (l *lane) enter(c game.Chance, notBefore time.Time, remaining int) {
	l.next, l.notBefore, l.remaining = c, notBefore, max(0, remaining)
	l.pending = min(l.pending, l.remaining)
}

func sameWindow(a, b game.Chance) bool { return a.Round == b.Round && a.Window == b.Window }

// Tap asks for one chance more; false when there is none.
func (p *Pacer) Tap() bool {
	switch {
	case p.Left() > 0:
		p.window.pending++
	case p.Bonus() > 0:
		p.bonus.pending++
	default:
		return false
	}
	return true
}

// Left is how many chances of the window are not yet spoken for. Those of a window that the clock has not
// come to are not there yet, though the server names them when one is used up.
func (p *Pacer) Left() int {
	if opens := p.window.next; p.open.Round > 0 && p.open.Before(opens) && !sameWindow(p.open, opens) {
		return 0
	}
	return p.left(&p.window)
}

// Bonus is how many of the round's bonus chances are not yet spoken for.
func (p *Pacer) Bonus() int { return p.left(&p.bonus) }

func (p *Pacer) left(l *lane) int {
	left := l.remaining - l.pending
	if sameWindow(p.flying.Chance, l.next) {
		left -= p.flying.Taps
	}
	return max(0, left)
}

// Busy says whether taps wait or are on their way.
func (p *Pacer) Busy() bool {
	return p.window.pending > 0 || p.bonus.pending > 0 || p.flying.Taps > 0 || len(p.late) > 0
}

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
	ok := p.send(&p.window, now, p.rate) || p.send(&p.bonus, now, 0)
	return p.flying, ok
}

// send puts a lane's taps in flight, as far as the pace lets them through.
func (p *Pacer) send(l *lane, now time.Time, rate int) bool {
	taps := min(l.pending, l.allowed(now, rate), l.remaining, game.MaxTaps)
	if taps < 1 {
		return false
	}
	l.pending -= taps
	p.flying = game.Span{Chance: l.next, Taps: taps}
	return true
}

// allowed is how many chances from the next on a pace lets through at now.
func (l *lane) allowed(now time.Time, rate int) int {
	if now.Before(l.notBefore) {
		return 0
	}
	if rate == 0 {
		return game.MaxTaps
	}
	ahead := now.Sub(l.notBefore)
	if ahead >= time.Minute {
		return game.MaxTaps
	}
	return int(ahead*time.Duration(rate)/time.Second) + 1
}

// Settle takes the answer to what is in flight. Taps that came too early or were sampled out are
// unspent and wait again; those of a window that is over are gone.
func (p *Pacer) Settle(d api.Drawn, now time.Time) {
	flown := p.flying
	l := p.lane(flown.Chance)
	current := sameWindow(flown.Chance, l.next)
	p.flying = game.Span{}
	p.sendAfter = now.Add(time.Duration(d.PaceMS) * time.Millisecond)
	if unspent := flown.Taps - d.Counted; unspent > 0 && d.Code != game.CodeWindowOver && current {
		l.pending += unspent
	}
	if current || d.Next != nil { // that a round before has no bonus left says nothing of this one's
		l.follow(d.Next, d.Remaining)
	}
}

// Drop gives up what is in flight, which the server refused for good, and sends nothing until then.
func (p *Pacer) Drop(until time.Time) { p.flying, p.sendAfter = game.Span{}, until }

// Owe puts a span first that was sent in an earlier visit and never answered.
func (p *Pacer) Owe(s game.Span) { p.late = append(p.late, s) }

// Flying says whether a request is on its way.
func (p *Pacer) Flying() bool { return p.flying.Taps > 0 }
