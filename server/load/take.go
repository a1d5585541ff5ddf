package load

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// take follows the answer to what the player asked, and gives what is wrong with it; "" where
// nothing is.
func (p *Player) take(ask Ask, a *Answer, m *moment) string {
	wrong := p.follow(ask, a, m)
	if p.pending.Kind == KindNone {
		p.settle(m)
	}
	return wrong
}

func (p *Player) follow(ask Ask, a *Answer, m *moment) string {
	if a.Lost != nil || a.putsOff() {
		p.later(ask, a, m)
		switch {
		case errors.Is(a.Lost, errGarbled):
			return a.Lost.Error()
		case a.Code == game.CodeInternal:
			return "the server failed"
		}
		return ""
	}
	p.pending, p.tries = Ask{}, 0
	if p.vague && ask.Kind == KindDraw && (a.Code != "" || a.Drawn.Counted < ask.Span.Taps) {
		p.doubt(ask) // the attempt before may have spent what this one has not
	}
	p.vague = false
	if a.Code != "" {
		return p.refused(ask, a, m)
	}
	switch ask.Kind {
	case KindVisit:
		p.visited = true
	case KindEnter:
		p.ID, p.Token = game.PlayerID(a.Player.Player), a.Player.Token
	case KindMe:
		return p.looked(ask, &a.Me, m)
	case KindEntries:
		p.errands = p.errands[1:]
		return p.ledger.page(ask.After, a.Entries)
	case KindRedeem:
		return p.redeemed(ask, &a.Redeemed, m)
	case KindDraw:
		return p.drawn(ask, &a.Drawn, m)
	}
	return ""
}

// putsOff says whether a refusal asks to come again. A failure inside the server does not, but who
// plays will try again too.
func (a *Answer) putsOff() bool {
	switch a.Code {
	case game.CodeRateLimited, game.CodeOverloaded, game.CodeUnavailable, game.CodeBusy, game.CodeRedemptionPaused, game.CodeInternal:
		return true
	}
	return a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable
}

const (
	firstWait   = 500 * time.Millisecond
	longestWait = 8 * time.Second
)

// later puts a request off as long as the server asked, else ever longer.
func (p *Player) later(ask Ask, a *Answer, m *moment) {
	if a.Ticket != "" {
		ask.Ticket = a.Ticket
	}
	wait := min(firstWait<<min(p.tries, 8), longestWait)
	p.pending, p.due = ask, m.now+m.spread(wait/2, wait*3/2)
	if a.RetryAfter > 0 {
		p.due = m.now + m.spread(a.RetryAfter, a.RetryAfter*5/4)
	}
	p.tries++
	p.vague = p.vague || a.Lost != nil || a.Code == game.CodeUnavailable || a.Code == game.CodeInternal
}

// refused follows a refusal that waiting does not change.
func (p *Player) refused(ask Ask, a *Answer, m *moment) string {
	if len(p.errands) > 0 && p.errands[0].Kind == ask.Kind {
		p.errands = p.errands[1:]
	}
	if ask.Kind == KindDraw && ask.Again {
		p.again = Ask{}
	}
	switch a.Code {
	case game.CodeCampaignClosed, game.CodeCampaignSealed:
		p.shakeAt = m.plan.Duration
		return ""
	case game.CodeCampaignNotOpen, game.CodeShakingPaused:
		p.shakeAt = m.now + m.spread(max(a.RetryAfter, time.Second), 2*time.Second+a.RetryAfter)
		return ""
	case game.CodeSetIncomplete, game.CodeAlreadyRedeemed:
		if p.ledger.unsure {
			return ""
		}
	}
	p.doubt(ask)
	p.shakeAt = m.now + m.spread(time.Second, 2*time.Second)
	if !p.knows {
		p.left = true
	}
	return "it was refused: " + string(a.Code)
}

func (p *Player) looked(ask Ask, me *api.Me, m *moment) string {
	if !p.knows {
		p.knows = true
		p.ledger.album, p.ledger.redeemed = me.Album, me.Redemption
		p.redeem(m)
	} else {
		p.errands = p.errands[1:]
	}
	if me.Player != p.ID || me.ClientSeed != fmt.Sprintf("%x", p.Seed) {
		return fmt.Sprintf("me is %s with seed %s", me.Player, me.ClientSeed)
	}
	if me.Album.N < ask.After {
		return fmt.Sprintf("the album is at %d where %d was asked for", me.Album.N, ask.After)
	}
	return p.ledger.look(*me)
}

func (p *Player) redeemed(ask Ask, r *api.Redeemed, m *moment) string {
	p.errands = p.errands[1:]
	if !ask.Again && m.rnd.Float64() < m.plan.Repeat {
		ask.Again = true
		p.errands = append(p.errands, ask)
	}
	return p.ledger.burn(ask.Wildcards, r.Redemption, r.Album)
}

// drawn follows the answer to a draw.
func (p *Player) drawn(ask Ask, d *api.Drawn, m *moment) string {
	if wrong := faultOf(ask.Span, d); wrong != "" {
		p.doubt(ask)
		p.again = Ask{}
		p.used(ask.Span)
		p.pace(d, m)
		return wrong
	}
	if ask.Again {
		p.again = Ask{}
		if wrong := differs(ask.Span, p.first, d); wrong != "" {
			return wrong
		}
	} else {
		p.spent(ask, d, m)
	}
	if d.Album == nil {
		return ""
	}
	wrong := p.ledger.win(ask.Span.Chance, d.Outcomes, *d.Album, ask.Again)
	p.redeem(m)
	return wrong
}

// spent notes a draw's chances, and what to do after it.
func (p *Player) spent(ask Ask, d *api.Drawn, m *moment) {
	span := ask.Span
	if m.plan.Keep {
		p.record.tell(span.Chance, d.Outcomes)
	}
	if span.Taps = d.Counted; span.Taps > 0 {
		if m.plan.Keep {
			p.record.count(span)
		}
		if p.again.Kind == KindNone && m.rnd.Float64() < m.plan.Repeat {
			p.again, p.againAt = Ask{Kind: KindDraw, Span: span, Again: true}, m.now+m.spread(0, 5*time.Second)
			p.first = slices.Clone(d.Outcomes)
		}
		p.used(span)
	}
	if d.Code == game.CodeWindowOver && span.Window == game.BonusWindow {
		p.used(ask.Span)
	}
	if n := d.Next; n != nil && span.Window != game.BonusWindow {
		next := game.Chance{Round: n.Round, Window: n.Window, Index: n.Index}
		if p.chance.Before(next) || d.Counted == 0 {
			p.chance = next
		}
	}
	p.pace(d, m)
	if len(d.Outcomes) > 0 && m.rnd.Float64() < m.plan.Look {
		p.plan(m, Ask{Kind: KindMe})
		if m.rnd.Float64() < .25 {
			p.plan(m, Ask{Kind: KindEntries})
		}
	}
}

// used moves on to the chance after a span.
func (p *Player) used(s game.Span) {
	next := s.Chance
	next.Index = s.Last() + 1
	if s.Window == game.BonusWindow {
		p.bonus = next
	} else {
		p.chance = next
	}
}

// pace says when the next draw is: when the taps for it are there, and no sooner than the server asks.
func (p *Player) pace(d *api.Drawn, m *moment) {
	batch, pace := m.plan.Batch(), time.Duration(d.PaceMS)*time.Millisecond
	p.shakeAt = max(p.shookAt+m.spread(batch*9/10, batch*11/10), m.now+m.spread(pace, pace*11/10))
	if d.Next != nil && d.Counted == 0 {
		p.shakeAt = max(p.shakeAt, m.stage.local(d.Next.NotBefore))
	}
}

// plan adds an errand, for after a moment in which the player looks at what they won.
func (p *Player) plan(m *moment, ask Ask) {
	if len(p.errands) == 0 {
		p.errandsAt = m.now + m.spread(200*time.Millisecond, 800*time.Millisecond)
	}
	p.errands = append(p.errands, ask)
}

// redeem plans the redemption once a set is there.
func (p *Player) redeem(m *moment) {
	wildcards, complete := p.ledger.wants()
	if !complete || p.wished || p.ledger.redeemed != nil {
		return
	}
	p.wished = true
	p.plan(m, Ask{Kind: KindRedeem, Wildcards: wildcards, Key: "load"})
}
