package app

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// open says whether a chance may be spent now.
func (a *App) open(now time.Time) bool {
	d := a.doc
	return d != nil && d.State == game.StateOpen && !d.ShakingPaused && d.Round != nil &&
		!now.Before(d.Round.OpensAt) && now.Before(d.Round.ClosesAt)
}

// left is how many chances may be spent now: of the window, and of the round's bonus.
func (a *App) left() int { return a.pacer.Left() + a.pacer.Bonus() }

// bonus gives the rule of bonus chances in force; zero where there are none.
func (a *App) bonus() game.Bonus {
	if r := a.doc.Round; r != nil && r.Bonus != nil {
		return *r.Bonus
	} else if r == nil {
		return a.sheets.version.BonusRule()
	}
	return game.Bonus{}
}

// roll enters the next window of the round by the clock, without asking: everybody's window ends at
// the same moment.
func (a *App) roll(now time.Time) {
	if !a.open(now) {
		return
	}
	r := a.doc.Round
	if now.Before(windowEnd(r)) {
		return
	}
	length := time.Duration(r.WindowSeconds) * time.Second
	next := *r
	next.Window = int(now.Sub(r.OpensAt)/length) + 1
	next.WindowOpensAt = r.OpensAt.Add(time.Duration(next.Window-1) * length)
	a.doc.Round = &next
	a.pacer.Open(game.Chance{Round: next.Number, Window: next.Window, Index: 1}, next.WindowOpensAt, next.Chances, next.TapsPerSecond)
	a.nextPoll = a.Local().Add(time.Duration(a.Jitter() * float64(2*time.Second))) // the odds may be others now
}

func windowEnd(r *api.Round) time.Time {
	return r.WindowOpensAt.Add(time.Duration(r.WindowSeconds) * time.Second)
}

// send sends the taps that are due.
func (a *App) send(ctx context.Context, now time.Time) {
	a.World.Working(a.pacer.Flying() && !a.World.Revealing())
	if !a.known || a.gaveUp != "" {
		return
	}
	span, ok := a.pacer.Take(now)
	if !ok {
		return
	}
	slug := a.Slug
	a.ask(ctx, func(ctx context.Context) func() {
		drawn, err := a.API.Draw(ctx, slug, span)
		return func() {
			if err != nil {
				a.drawFailed(err)
				return
			}
			a.mark(span.Round, span.Window, span.Index+drawn.Counted-1)
			a.drawn(drawn)
		}
	})
}

// drawn follows the answer to a draw.
func (a *App) drawn(d api.Drawn) {
	now := a.clock.at(a.Local())
	a.pacer.Settle(d, now)
	if a.left() == 0 && !a.pacer.Busy() {
		a.askBonus()
	}
	a.tidyLabels()
	for _, o := range d.Outcomes {
		// What the album held before has been celebrated: this is a second device, or a retry.
		if o.N > a.album.N {
			a.keepPrize(entryOf(o, now))
			a.World.Win(a.prize(o))
		}
	}
	if d.Album != nil {
		a.takeAlbum(*d.Album)
	}
	switch {
	case d.Code == game.CodeWindowOver:
		a.say(string(d.Code), "trouble.window_over")
		a.nextMe, a.nextPoll = a.Local(), time.Time{}
	case d.Counted > 0 && len(d.Outcomes) == 0:
		a.World.Miss()
		a.misses++
		a.say("miss", "miss."+strconv.Itoa(a.misses%4))
	}
}

func (a *App) prize(o api.Outcome) scene.Prize {
	switch o.Kind {
	case game.EntryCard:
		return scene.Prize{Position: o.Card, Scarce: a.scarce() == o.Card}
	case game.EntrySoldOut:
		return scene.Prize{Position: o.Card, Gone: true}
	case game.EntryCash:
		return a.packet(o)
	case game.EntryVoucher:
		return a.voucher(o)
	default:
		return scene.Prize{}
	}
}

// scarce gives the position of the card that is drawn less often than half as often as any other; 0
// where there is none.
func (a *App) scarce() int {
	var weights [game.SetSize]int64
	for _, w := range a.doc.Odds.Weights {
		if w.Kind == game.KindCard && w.Card > 0 && w.Card <= game.SetSize {
			weights[w.Card-1] += w.Weight
		}
	}
	least := 0
	for i, n := range weights {
		if n < weights[least] {
			least = i
		}
	}
	for i, n := range weights {
		if i != least && n < 2*weights[least] {
			return 0
		}
	}
	if weights[least] == 0 {
		return 0
	}
	return least + 1
}

// drawFailed follows a refusal that no retry changes.
func (a *App) drawFailed(err error) {
	a.pacer.Drop(a.clock.at(a.Local()).Add(time.Second))
	a.nextMe, a.nextPoll = a.Local().Add(200*time.Millisecond), time.Time{}
	code := backend.CodeOf(err)
	switch code {
	case game.CodeTooEarly:
		a.say(string(code), "trouble.too_early")
		return
	case game.CodeWindowOver:
		a.say(string(code), "trouble.window_over")
		return
	}
	a.sayRefusal(err)
}

func (a *App) sayRefusal(err error) {
	var refused *backend.Refusal
	if errors.As(err, &refused) && refused.Sentence() != "" {
		a.status = status{code: string(refused.Code), said: refused.Sentence()}
		return
	}
	a.say("other", "trouble.other")
}

// troubled says what stands in the way of a request that is being tried again.
func (a *App) troubled(t backend.Trouble) {
	switch {
	case t != backend.NoTrouble:
		a.say(string(t), "trouble."+string(t))
	case a.status.key == "trouble.offline" || a.status.key == "trouble.busy":
		a.say("ready", "trouble.back")
	}
}

// substitution says which cards of a set wildcards stand in for, and whether that makes a set.
func substitution(album api.Album) (wild game.Substitution, complete bool) {
	wild = game.Substitution{}
	for i, n := range album.Counts {
		if n == 0 {
			wild[i+1] = 1
		}
	}
	return wild, int64(len(wild)) <= album.Wildcards
}

// redeemable says whether a set is there, on the page too, and may be redeemed.
func (a *App) redeemable() bool {
	_, complete := substitution(a.album)
	return a.known && a.doc != nil && complete && a.redeemed == nil && !a.redeeming && !a.World.Revealing() &&
		(a.doc.State == game.StateOpen || a.doc.State == game.StateClosed)
}

// Redeem burns a set.
func (a *App) Redeem(ctx context.Context) {
	if !a.redeemable() || a.doc.RedemptionPaused {
		return
	}
	a.redeeming = true
	wild, _ := substitution(a.album)
	var instead [game.SetSize]bool
	for position := range wild {
		instead[position-1] = true
	}
	a.World.StartFuse(instead)
	a.say("fusing", "hint.fusing")
	slug := a.Slug
	a.ask(ctx, func(ctx context.Context) func() {
		done, _, err := a.API.Redeem(ctx, slug, wild)
		return func() {
			if err != nil {
				a.redeemFailed(err)
				return
			}
			a.takeAlbum(done.Album)
			a.redeemed = &done.Redemption
			a.doc.Completed = max(a.doc.Completed, done.Completed)
			a.World.FinishFuse()
		}
	})
}

func (a *App) redeemFailed(err error) {
	a.redeeming = false
	a.World.CancelFuse()
	a.nextMe, a.nextPoll = a.Local(), time.Time{}
	a.sayRefusal(err)
}

// happened follows an event of the scenes.
func (a *App) happened(e scene.Event) {
	switch e.Kind {
	case scene.Dealt:
		a.hand = hand{many: e.Many}
	case scene.Shown:
		a.shows(e.Prize)
	case scene.Fused:
		a.redeeming = false
		_, a.hinted = a.hint(a.clock.at(a.Local()))
		a.say("redeemed", a.hinted)
	}
}
