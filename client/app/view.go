package app

import (
	"math"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// status is the last thing that was said. It is kept so that it can be said anew in another language.
type status struct {
	code  string
	key   string        // of the table
	said  string        // by the server, in the language of the request
	speak func() string // where it takes more than a key
}

func (a *App) say(code, key string) { a.status = status{code: code, key: key} }

func (a *App) giveUp(code, key string) {
	a.gaveUp = code
	a.say(code, key)
}

func (s status) sentence(l words.Lang) string {
	switch {
	case s.speak != nil:
		return s.speak()
	case s.said != "":
		return s.said
	case s.key != "":
		return l.Say(s.key)
	}
	return ""
}

// stage puts on the stage what the state of things asks for, and lets the status give way to the hint
// of a new situation.
func (a *App) stage(now time.Time) {
	if a.doc == nil || !a.known {
		return
	}
	if !a.World.Revealing() && a.World.Mode() != scene.Fuse && !a.redeeming {
		if a.World.Counts != a.album.Counts || a.World.Wilds != a.album.Wildcards {
			a.World.Counts, a.World.Wilds = a.album.Counts, a.album.Wildcards
			a.World.Touch()
		}
		a.shown = a.album.N
	}
	a.World.Show(a.mode(now))
	code, key := a.hint(now)
	if key != a.hinted && !a.World.Revealing() && a.World.Mode() != scene.Fuse && a.gaveUp == "" {
		a.hinted = key
		a.say(code, key)
	}
}

// mode is what belongs on the stage.
func (a *App) mode(now time.Time) scene.Mode {
	switch {
	case a.World.Mode() == scene.Fuse:
		return scene.Fuse // it ends by itself
	case a.World.Revealing():
		return scene.Hang
	case a.doc.State == game.StateSettled && a.payout != nil:
		return scene.Packet
	case a.redeemed != nil:
		return scene.Seal
	case a.open(now) && (a.left() > 0 || a.pacer.Busy()):
		return scene.Hang
	}
	return scene.Rest
}

// hint gives the sentence of the situation.
func (a *App) hint(now time.Time) (code, key string) {
	wild, complete := substitution(a.album)
	d := a.doc
	switch {
	case d.State == game.StateSettled && a.payout != nil:
		return "won", "hint.won"
	case d.State == game.StateSettled && a.redeemed != nil:
		return "share_coming", "hint.share_coming"
	case d.State == game.StateSettled:
		return "settled", "hint.settled_without"
	case a.redeemed != nil && (d.State == game.StateOpen || d.State == game.StateScheduled):
		return "waiting", "hint.waiting"
	case a.redeemed != nil:
		return "waiting", "hint.waiting_sealed"
	case d.State == game.StateSealed:
		return "closing", "hint.closing"
	case complete && d.RedemptionPaused:
		return "redeem_paused", "hint.redeem_paused"
	case complete && len(wild) > 0:
		return "complete", "hint.complete_wild"
	case complete:
		return "complete", "hint.complete"
	case d.State == game.StateClosed:
		return "closed", "hint.closed"
	case d.State == game.StateScheduled:
		return "scheduled", "hint.scheduled"
	case d.ShakingPaused:
		return "paused", "hint.paused"
	case !a.open(now):
		return "between", "hint.between"
	case a.left() == 0 && !a.pacer.Busy():
		return "spent", "hint.spent"
	case a.pacer.Left() == 0 && a.pacer.Bonus() > 0:
		return "bonus", "hint.bonus"
	}
	return "ready", "hint.ready"
}

// notice gives why something is paused, where the hint says that it is.
func (a *App) notice() game.Text {
	switch a.status.code {
	case "paused":
		return a.doc.ShakingNotice
	case "redeem_paused":
		return a.doc.RedemptionNotice
	}
	return nil
}

// view says it all.
func (a *App) view(now time.Time) page.View {
	v := page.View{
		Scene: "shell", Title: a.lang.Say("shell.title"),
		Status: a.status.sentence(a.lang), StatusCode: a.status.code,
		Redeem: page.Button{Text: a.lang.Say("act.redeem")},
		Retry:  page.Button{Text: a.lang.Say("shell.retry"), Enabled: true},
		Shake:  page.Button{Text: a.lang.Say("shell.shake")},
	}
	v.Sheet = a.sheet(now)
	if a.status.code == "" {
		v.Status, v.StatusCode = a.lang.Say("shell.hint"), "shell"
	}
	if a.gaveUp != "" {
		v.Scene, v.Retry.Shown = "trouble", true
		return v
	}
	v.Shake.Shown = true
	if a.doc == nil || !a.known {
		v.Shake.Enabled = true // the shell's: taps are kept until the game can take them
		return v
	}
	v.Scene, v.Rare = a.sceneName(now), a.World.Rare()
	v.Title = a.doc.Name.In(string(a.lang))
	if a.doc.Shadow {
		v.Ribbon = a.lang.Say("state.shadow")
	}
	if said := a.notice()[string(a.lang)]; said != "" {
		v.Status = said
	}
	v.State, v.StateText = string(a.doc.State), a.stateText(now)
	a.viewAlbum(&v)
	a.viewChances(&v, now)
	a.viewPool(&v)
	v.Poster = page.Button{
		Shown:   v.Scene == "waiting" || v.Scene == "result" && a.payout != nil,
		Enabled: true, Text: a.lang.Say("act.poster"),
	}
	return v
}

func (a *App) sceneName(now time.Time) string {
	switch {
	case a.World.Revealing():
		return "reveal"
	case a.World.Mode() == scene.Fuse:
		return "redeem"
	case a.World.Mode() == scene.Seal:
		return "waiting"
	case a.World.Mode() == scene.Packet || a.doc.State == game.StateSettled:
		return "result"
	case a.open(now) && a.World.Mode() == scene.Hang:
		return "shake"
	}
	return "home"
}

func (a *App) stateText(now time.Time) string {
	switch {
	case a.doc.State != game.StateOpen:
		return a.lang.Say("state." + string(a.doc.State))
	case a.doc.ShakingPaused:
		return a.lang.Say("state.paused")
	case !a.open(now):
		return a.lang.Say("state.between")
	}
	return a.lang.Say("state.open", strconv.Itoa(a.doc.Round.Number))
}

func (a *App) viewAlbum(v *page.View) {
	v.N = a.shown
	for i, n := range a.World.Counts {
		name := a.cardName(i + 1)
		said := a.lang.Say("card.name_count", name, strconv.FormatInt(n, 10))
		if n == 0 {
			said = a.lang.Say("card.name_missing", name)
		}
		v.Album[i] = page.Card{Name: name, Said: said, Count: n}
	}
	wild := a.World.Wilds
	v.Wildcards = page.Line{Shown: wild > 0 && a.redeemed == nil, Count: wild, Text: a.lang.Say("wildcards", strconv.FormatInt(wild, 10))}
	v.Prizes = a.prizesButton()
	v.Redeem.Shown = a.redeemable()
	v.Redeem.Enabled = !a.doc.RedemptionPaused
}

// opening is when the next round opens; zero where none is known.
func (a *App) opening() time.Time {
	switch {
	case a.doc.NextRound != nil:
		return a.doc.NextRound.OpensAt
	case a.doc.State == game.StateScheduled:
		return a.doc.OpensAt
	}
	return time.Time{}
}

func (a *App) viewChances(v *page.View, now time.Time) {
	ended := a.doc.State != game.StateOpen && a.doc.State != game.StateScheduled
	if a.redeemed != nil || a.redeeming || ended {
		v.Shake.Shown = false
		a.viewNext(v, now)
		return
	}
	left := a.left()
	v.Shake.Enabled = a.open(now) && left > 0
	v.Remaining.Shown = true
	if a.open(now) && left > 0 {
		v.Remaining.Count, v.Bonus = int64(left), a.pacer.Bonus()
		v.Remaining.Text = a.leftText(a.pacer.Left(), v.Bonus)
		return
	}
	if a.doc.State == game.StateOpen && a.doc.ShakingPaused {
		v.Remaining.Shown = false // nobody knows until when
		return
	}
	key, until := a.wait(now)
	if until.IsZero() {
		v.Remaining.Text = a.lang.Say("left.none")
		return
	}
	v.Until = until.UTC().Format(time.RFC3339)
	v.Remaining.Text = a.lang.Say(key, a.lang.Countdown(until.Sub(now)))
}

// leftText says how many chances there are of the window, and of the round's bonus.
func (a *App) leftText(left, bonus int) string {
	say := func(key string, n int) string {
		if n == 1 {
			key += ".one"
		}
		return a.lang.Say(key, words.Number(int64(n)))
	}
	switch {
	case bonus == 0:
		return say("left", left)
	case left == 0:
		return say("left.bonus", bonus)
	}
	return a.lang.Say("left.and", say("left", left), words.Number(int64(bonus)))
}

// viewNext says what comes next where there is nothing to shake any more.
func (a *App) viewNext(v *page.View, now time.Time) {
	switch d := a.doc; {
	case a.redeeming || d.State == game.StateSettled:
		return
	case d.State == game.StateOpen && now.Before(d.ClosesAt):
		v.Remaining.Text, v.Until = a.lang.Say("left.share", a.lang.Countdown(d.ClosesAt.Sub(now))), d.ClosesAt.UTC().Format(time.RFC3339)
	case d.State == game.StateSealed:
		v.Remaining.Text = a.lang.Say("left.sharing")
	default:
		v.Remaining.Text = a.lang.Say("left.seal")
	}
	v.Remaining.Shown = true
}

// wait gives until when the player waits for chances, and the sentence for it.
func (a *App) wait(now time.Time) (key string, until time.Time) {
	opening := a.opening()
	switch {
	case a.doc.State == game.StateScheduled:
		return "left.opens", opening
	case a.open(now) && windowEnd(a.doc.Round).Before(a.doc.Round.ClosesAt):
		return "left.next", windowEnd(a.doc.Round)
	case !opening.IsZero():
		return "left.round", opening
	case now.Before(a.doc.ClosesAt):
		return "left.closes", a.doc.ClosesAt
	}
	return "", time.Time{}
}

// viewPool says how many have completed and what that makes for each.
func (a *App) viewPool(v *page.View) {
	n, pool := a.doc.Completed, a.doc.Pool
	v.Completed = page.Line{Shown: true, Count: n}
	about := int64(0)
	if n > 0 {
		about = pool.Amount / n
		if pool.Cap > 0 {
			about = min(about, pool.Cap)
		}
	}
	money := words.Money(about, pool.Currency)
	each, stands := "completed.share", "share.about"
	if byLuck(pool, n) {
		each, stands = "completed.mean", "share.mean"
	}
	switch {
	case a.doc.State == game.StateSettled && a.payout != nil:
		v.Share = page.Share{Shown: true, Final: true, Amount: a.payout.Amount}
		v.Share.Text = a.risen(a.payout.Amount, a.payout.Currency)
		v.Share.Small = a.shared()
		if n == 1 {
			v.Share.Small = a.lang.Say("share.final_one")
		}
		v.Completed.Shown = false
	case a.redeemed != nil && !a.redeeming && n > 0:
		v.Share = page.Share{Shown: true, Amount: about, Text: money, Small: a.lang.Say(stands)}
		v.Completed.Text = a.lang.Say("completed", words.Number(n))
		if n == 1 {
			v.Completed.Text = a.lang.Say("completed.one")
		}
	case n == 0 && (a.doc.State == game.StateSealed || a.doc.State == game.StateSettled):
		v.Completed.Text = a.lang.Say("completed.nobody")
	case n == 0:
		v.Completed.Text = a.lang.Say("completed.none", words.Money(pool.Amount, pool.Currency))
	case a.doc.State == game.StateSettled && n == 1:
		v.Completed.Text = a.lang.Say("share.final_other", words.Money(pool.Amount, pool.Currency))
	case a.doc.State == game.StateSettled:
		v.Completed.Text = a.shared()
	default:
		v.Completed.Text = a.lang.Say(each, words.Number(n), money)
	}
}

// byLuck says whether n winners share the pool at random: not where the floor would take more than there is.
func byLuck(p api.Pool, n int64) bool {
	return p.Split == game.SplitRandom && p.Floor <= p.Amount/max(1, n)
}

// shared says how many have shared the pool, and how; by luck it says the average too, to compare
// oneself with, unless a cap has cut something off.
func (a *App) shared() string {
	n, pool := a.doc.Completed, a.doc.Pool
	key := "share.final"
	if byLuck(pool, n) {
		key = "share.luck"
		if pool.Cap > 0 {
			key = "share.luck_capped"
		}
	}
	return a.lang.Say(key, words.Number(n), words.Money(pool.Amount, pool.Currency), words.Money(pool.Amount/max(1, n), pool.Currency))
}

// risen says how much of an amount shows as it rises; nothing while the packet is shut.
func (a *App) risen(amount int64, currency string) string {
	tally := a.World.Tally()
	if tally == 0 {
		return "\u00a0"
	}
	return words.Money(int64(math.Round(float64(amount)*tally)), currency)
}
