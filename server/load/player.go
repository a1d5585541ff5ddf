package load

import (
	"math/rand/v2"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Player is one of the crowd: what they want next, and all that they were told.
type Player struct {
	Number       int
	Secret, Seed [32]byte
	ID           game.PlayerID
	Token        string

	due     time.Duration // when they want to ask again
	left    bool          // they ask for nothing any more
	visited bool          // the campaign
	knows   bool          // their album

	pending Ask // was put off or lost, and comes before anything else
	tries   int
	vague   bool // an attempt may have been carried out
	gaveUp  int  // requests

	errands   []Ask // besides shaking
	errandsAt time.Duration

	shakeAt time.Duration
	shookAt time.Duration
	chance  game.Chance // the next to spend; zero: whatever is open
	bonus   game.Chance // the next bonus chance to spend; of another round: the first of the one that is open

	again   Ask // a draw that will be asked once more
	againAt time.Duration
	first   []api.Outcome // what it was answered with

	wished bool // to redeem
	ledger ledger
	record Record
}

// moment is all that a player may look at besides themselves.
type moment struct {
	plan  *Plan
	stage *Stage
	now   time.Duration
	rnd   *rand.Rand
}

// spread gives a random time in [least, most).
func (m *moment) spread(least, most time.Duration) time.Duration {
	return least + time.Duration(m.rnd.Float64()*float64(most-least))
}

// Due gives when the player wants to ask.
func (p *Player) Due() time.Duration { return p.due }

// Left says whether the player asks for nothing any more.
func (p *Player) Left() bool { return p.left }

// next gives what the player asks for now. Where that is nothing, due says when to look again, or
// the player has left.
func (p *Player) next(m *moment) (Ask, bool) {
	switch {
	case p.pending.Kind != KindNone && m.now < m.plan.Duration+m.plan.Drain:
		return p.pending, true
	case p.pending.Kind != KindNone:
		p.giveUp()
		fallthrough
	case m.now >= m.plan.Duration:
		p.left = true
		return Ask{}, false
	case !p.knows:
		return p.arrive(), true
	case len(p.errands) > 0 && m.now >= p.errandsAt:
		return p.errand(), true
	case p.again.Kind != KindNone && m.now >= p.againAt:
		return p.again, true
	case m.now >= p.shakeAt:
		if ask, ok := p.shake(m); ok {
			return ask, true
		}
	}
	p.settle(m)
	return Ask{}, false
}

// arrive is what a page does that is opened: the campaign, the player, the album.
func (p *Player) arrive() Ask {
	switch {
	case !p.visited:
		return Ask{Kind: KindVisit}
	case p.Token == "":
		return Ask{Kind: KindEnter}
	default:
		return Ask{Kind: KindMe}
	}
}

func (p *Player) errand() Ask {
	ask := p.errands[0]
	switch ask.Kind {
	case KindMe:
		ask.After = p.ledger.album.N
	case KindEntries:
		ask.After = max(0, p.ledger.album.N-50)
	}
	return ask
}

// settle says when the player is due next.
func (p *Player) settle(m *moment) {
	if !p.knows {
		p.due = m.now
		return
	}
	p.due = p.shakeAt
	if len(p.errands) > 0 {
		p.due = min(p.due, p.errandsAt)
	}
	if p.again.Kind != KindNone {
		p.due = min(p.due, p.againAt)
	}
	p.due = max(m.now, min(p.due, m.plan.Duration)) // at the end everybody leaves
	if m.stage.over() && len(p.errands) == 0 && p.again.Kind == KindNone {
		p.left = true
	}
}

// shake gives the draw that is due. Where none is, shakeAt says when to look again.
func (p *Player) shake(m *moment) (Ask, bool) {
	_, until := m.plan.Shakes(p.Number)
	if m.now >= until || m.stage.over() {
		p.shakeAt = m.plan.Duration
		return Ask{}, false
	}
	open, again := m.stage.open(m.now)
	if !open {
		p.shakeAt = again + m.spread(0, m.plan.Batch())
		return Ask{}, false
	}
	round, now := m.stage.round, m.stage.gameTime(m.now)
	p.enterWindow(round, now)
	if p.chance.Window > round.Windows() {
		p.shakeAt = m.stage.local(round.ClosesAt)
		return Ask{}, false
	}
	if span, ok := p.nextBonus(m); ok {
		p.shookAt = m.now
		return Ask{Kind: KindDraw, Span: span}, true
	}
	span := game.Span{Chance: p.chance, Taps: min(m.plan.TapsPerRequest, round.Chances-p.chance.Index+1)}
	if ready := round.NotBefore(span.Window, span.Last()); ready.After(now) {
		late := 20 * time.Millisecond
		if span.Index == 1 { // nobody shakes at the very moment in which a window opens
			late += m.plan.Batch()
		}
		p.shakeAt = m.stage.local(ready) + m.spread(0, late)
		return Ask{}, false
	}
	p.shookAt = m.now
	return Ask{Kind: KindDraw, Span: span}, true
}

// nextBonus gives bonus chances to spend, as long as the player has any of the round: everybody takes them
// first, for nobody knows that they will come back.
func (p *Player) nextBonus(m *moment) (game.Span, bool) {
	if p.bonus.Round != m.stage.round.Number {
		p.bonus = game.Chance{Round: m.stage.round.Number, Window: game.BonusWindow, Index: 1}
	}
	left := m.stage.bonus - p.bonus.Index + 1
	return game.Span{Chance: p.bonus, Taps: min(m.plan.TapsPerRequest, left)}, left > 0
}

// enterWindow moves on to the window that is open, or to the next where all chances are spent.
func (p *Player) enterWindow(r game.Round, now time.Time) {
	open := game.Chance{Round: r.Number, Window: r.WindowAt(now), Index: 1}
	if p.chance.Before(open) {
		p.chance = open
	}
	if p.chance.Index > r.Chances {
		p.chance.Window, p.chance.Index = p.chance.Window+1, 1
	}
}

// giveUp leaves a request without an answer. What it asked for may have happened or not.
func (p *Player) giveUp() {
	p.doubt(p.pending)
	p.gaveUp++
	p.pending, p.tries = Ask{}, 0
}

// doubt notes that it is not known what a request has changed. One that was answered before changes
// nothing.
func (p *Player) doubt(ask Ask) {
	switch {
	case ask.Again:
	case ask.Kind == KindDraw:
		p.record.Unanswered = append(p.record.Unanswered, ask.Span)
		p.ledger.unsure = true
	case ask.Kind == KindRedeem:
		p.ledger.unsure = true
	}
}
