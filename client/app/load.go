package app

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Begin sets the language and readies the client's callbacks; it comes before Run.
func (a *App) Begin(l words.Lang) {
	a.lang = l
	a.API.Trouble = func(t backend.Trouble) { a.Do(func() { a.troubled(t) }) }
	a.API.Served = func(now time.Time, took time.Duration) {
		local := a.Local()
		a.Do(func() { a.clock.hear(now, took, local) })
	}
}

// start finds the campaign, and the player's place in it.
func (a *App) start(ctx context.Context) {
	a.gaveUp = ""
	a.nextPoll, a.nextMe = time.Time{}, time.Time{}
	if a.Slug == "" {
		a.find(ctx)
		return
	}
	a.refresh(ctx)
}

// Retry begins anew after a trouble that ended the game.
func (a *App) Retry(ctx context.Context) {
	a.status = status{}
	a.hinted = ""
	a.start(ctx)
}

func (a *App) find(ctx context.Context) {
	a.ask(ctx, func(ctx context.Context) func() {
		list, err := a.API.Campaigns(ctx)
		return func() {
			switch slug := api.Foremost(list); {
			case err != nil:
				a.giveUp("offline", "trouble.offline")
				a.nextPoll = a.Local().Add(3 * time.Second)
			case slug == "":
				a.giveUp("no_campaign", "trouble.no_campaign")
			default:
				a.Slug = slug
				a.Found(slug)
				a.refresh(ctx)
			}
		}
	})
}

// poll asks for the public document when that is due, and for the player's own state.
func (a *App) poll(ctx context.Context) {
	local := a.Local()
	if a.hidden || a.Slug == "" || a.gaveUp != "" {
		if a.gaveUp == "offline" && local.After(a.nextPoll) && a.asking == 0 {
			a.start(ctx)
		}
		return
	}
	if !a.fetching && !local.Before(a.nextPoll) {
		a.fetch(ctx)
	}
	if !a.refreshing && !a.nextMe.IsZero() && !local.Before(a.nextMe) {
		a.refresh(ctx)
	}
}

func (a *App) fetch(ctx context.Context) {
	a.fetching = true
	slug := a.Slug
	a.ask(ctx, func(ctx context.Context) func() {
		doc, err := a.API.Campaign(ctx, slug)
		return func() {
			a.fetching = false
			if err != nil {
				a.fetchFailed(err)
				return
			}
			a.failures = 0
			if a.status.key == "trouble.offline" {
				a.say("ready", "trouble.back")
			}
			a.take(doc)
			a.nextPoll = a.Local().Add(a.interval())
		}
	})
}

func (a *App) fetchFailed(err error) {
	a.failures++
	a.nextPoll = a.Local().Add(min(15*time.Second, time.Second<<min(a.failures, 4)))
	switch code := backend.CodeOf(err); {
	case code == game.CodeCampaignUnknown || code == game.CodeNotFound:
		a.giveUp(string(code), "trouble.campaign_unknown")
	case a.failures > 1 || a.doc == nil:
		if errors.Is(err, backend.ErrOffline) {
			a.say("offline", "trouble.offline")
		} else {
			a.say("busy", "trouble.busy")
		}
	}
}

// interval is how long the public document is good for: about two seconds while something goes on.
func (a *App) interval() time.Duration {
	every := 2 * time.Second
	switch until := a.opening(); a.doc.State {
	case game.StateSettled:
		every = 30 * time.Second
	case game.StateScheduled, game.StateOpen:
		if a.doc.Round == nil && !until.IsZero() {
			// Everybody waits for the same moment: come back just after it, not all at once.
			ahead := until.Sub(a.clock.at(a.Local()))
			every = min(max(ahead, 0)+300*time.Millisecond, 10*time.Second)
		}
	}
	return every*3/4 + time.Duration(a.Jitter()*float64(every)/2)
}

// take follows a new public document.
func (a *App) take(doc api.Campaign) {
	before := a.doc
	if before != nil && before.ID != doc.ID {
		a.Reload() // another campaign under the same name: nothing that is shown is true any more
		return
	}
	if before != nil && before.Now.After(doc.Now) && doc.Now.Add(leap).After(before.Now) {
		return // an older answer, from another cache
	}
	a.doc = &doc
	if doc.Theme != "" && doc.Theme != a.theme {
		a.theme = doc.Theme
		a.Wear(doc.Theme)
	}
	if before == nil && len(doc.Art) > 0 || before != nil && !maps.Equal(before.Art, doc.Art) {
		a.Hang(doc.Art)
	}
	if before == nil || a.World.Counts == [game.SetSize]int64{} && !sameCards(before.Cards, doc.Cards) {
		a.rename()
	}
	if before != nil && before.State != doc.State {
		a.nextMe = a.Local().Add(time.Duration(a.Jitter() * float64(time.Second)))
	}
	if r := doc.Round; r != nil {
		if before == nil && a.known && !a.pacer.Placed() {
			a.nextMe = a.Local() // that there was no chance to spend may have been said of this round
		}
		a.pacer.Open(game.Chance{Round: r.Number, Window: r.Window, Index: 1}, r.WindowOpensAt, r.Chances, r.TapsPerSecond)
		a.pacer.OpenBonus(r.Number, r.OpensAt, a.bonus().EachRound)
		if before != nil && (before.Round == nil || before.Round.Number != r.Number) {
			a.askBonus()
		}
	}
}

// askBonus looks, soon, whether the player was granted bonus chances: when a round begins, and when there
// is nothing left to shake. Who comes back to the page is asked about anyway.
func (a *App) askBonus() {
	if a.bonus().Grants > 0 && a.nextMe.IsZero() {
		a.nextMe = a.Local().Add(time.Duration((1 + 2*a.Jitter()) * float64(time.Second)))
	}
}

func sameCards(a, b []game.Card) bool {
	for i := range min(len(a), len(b)) {
		if a[i].Code != b[i].Code {
			return false
		}
	}
	return len(a) == len(b)
}

// rename has the cards' names drawn in the present language.
func (a *App) rename() {
	if a.doc == nil {
		return
	}
	n := sprite.Names{}
	n.Name[0] = a.lang.Say("card.wildcard")
	for _, c := range a.doc.Cards {
		if c.Position >= 1 && c.Position <= game.SetSize {
			n.Code[c.Position], n.Name[c.Position] = c.Code, c.Name.In(string(a.lang))
		}
	}
	a.Rename(n)
	a.World.Touch()
}

func (a *App) cardText(position int) game.Text {
	if a.doc != nil {
		for _, c := range a.doc.Cards {
			if c.Position == position {
				return c.Name
			}
		}
	}
	return nil
}

func (a *App) cardName(position int) string { return a.cardText(position).In(string(a.lang)) }

// refresh asks for the player's own state, until it is there.
func (a *App) refresh(ctx context.Context) {
	if a.refreshing {
		return
	}
	a.refreshing, a.nextMe = true, time.Time{}
	slug, n := a.Slug, a.album.N
	a.ask(ctx, func(ctx context.Context) func() {
		me, err := a.API.Me(ctx, slug, n)
		return func() {
			a.refreshing = false
			if err != nil {
				a.refreshFailed(err)
				return
			}
			a.takeMe(me)
		}
	})
}

func (a *App) refreshFailed(err error) {
	if code := backend.CodeOf(err); code == game.CodeCampaignUnknown || code == game.CodeNotFound {
		a.giveUp(string(code), "trouble.campaign_unknown")
		return
	}
	if !a.known {
		a.giveUp("other", "trouble.other")
		return
	}
	a.nextMe = a.Local().Add(5 * time.Second)
}

// takeMe follows the player's own state.
func (a *App) takeMe(me api.Me) {
	first := !a.known
	a.known = true
	a.takeAlbum(me.Album)
	if first {
		a.before = a.album.N
	}
	a.pacer.Follow(me.Next, me.Remaining)
	if n := me.Next; n != nil {
		a.mark(n.Round, n.Window, n.Index-1)
	}
	a.pacer.Grant(me.Bonus)
	if b := me.Bonus; b != nil && b.Next != nil {
		a.mark(b.Round, game.BonusWindow, b.Next.Index-1)
	} else if b != nil {
		a.mark(b.Round, game.BonusWindow, b.Granted)
	}
	a.redeemed, a.payout = me.Redemption, me.Payout
	if a.doc != nil && a.doc.State == game.StateSettled && a.redeemed != nil && a.payout == nil {
		a.nextMe = a.Local().Add(2 * time.Second)
	}
	if s, ok := a.API.Undecided(a.Slug); first && ok {
		a.pacer.Owe(s)
	}
}

// takeAlbum keeps the latest album; the scenes come after as they show the way to it.
func (a *App) takeAlbum(album api.Album) {
	if album.N >= a.album.N {
		a.album = album
	}
}

// Dressed is told that the game looks or speaks otherwise than before.
func (a *App) Dressed() {
	a.rename()
	a.World.Touch()
}
