package app

import (
	"strconv"
	"time"

	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// labels says what is written on which label, and which of them prizes on the stage bear.
type labels struct {
	texts [sprite.Labels]string
	borne [sprite.Labels]bool
	next  int
}

// tidyLabels lets labels be written anew that nothing on the stage bears.
func (a *App) tidyLabels() {
	if !a.World.Revealing() {
		a.labels.borne = [sprite.Labels]bool{}
	}
}

// label gives a label with a text; 0 where all of them are borne.
func (a *App) label(text string) sprite.ID {
	l := &a.labels
	for i := range l.texts {
		if l.texts[i] == text {
			l.borne[i] = true
			return sprite.Label1 + sprite.ID(i)
		}
	}
	for range l.texts {
		i := l.next
		l.next = (l.next + 1) % len(l.texts)
		if !l.borne[i] {
			l.texts[i], l.borne[i] = text, true
			a.Label(i, text)
			return sprite.Label1 + sprite.ID(i)
		}
	}
	return 0
}

// packet is cash as it is shown.
func (a *App) packet(o api.Outcome) scene.Prize {
	return scene.Prize{Kind: scene.Cash, Amount: o.Amount, Labels: [2]sprite.ID{a.label(a.money(o.Amount))}}
}

// voucher is one as it is shown.
func (a *App) voucher(o api.Outcome) scene.Prize {
	p := scene.Prize{Kind: scene.Voucher, Name: a.voucherName(o.Outcome)}
	title := p.Name
	if title == "" {
		title = a.lang.Say("prize.voucher")
	}
	p.Labels = [2]sprite.ID{a.label(title), a.label(o.Code)}
	return p
}

// voucherName gives what a voucher is for; "" where the campaign does not say.
func (a *App) voucherName(id game.OutcomeID) string {
	for _, w := range a.doc.Odds.Weights {
		if w.Outcome == id {
			return w.Name.In(string(a.lang))
		}
	}
	return ""
}

func (a *App) money(amount int64) string { return words.Money(amount, a.doc.Pool.Currency) }

// offersPrizes says whether there are instant prizes to be won.
func (a *App) offersPrizes() bool {
	for _, w := range a.doc.Odds.Weights {
		if w.Kind.Prize() {
			return true
		}
	}
	return false
}

// entryOf gives the entry of an outcome, as the player's book will tell it.
func entryOf(o api.Outcome, now time.Time) api.Entry {
	return api.Entry{
		N: o.N, Kind: o.Kind, Index: o.Index, Outcome: o.Outcome, Card: o.Card, Serial: o.Serial,
		Amount: o.Amount, Code: o.Code, BookedAt: now,
	}
}

// keepPrize remembers an entry that is an instant prize.
func (a *App) keepPrize(e api.Entry) {
	if !e.Kind.Prize() {
		return
	}
	at := len(a.prizes)
	for at > 0 && a.prizes[at-1].N > e.N {
		at--
	}
	if at > 0 && a.prizes[at-1].N == e.N {
		return
	}
	a.prizes = append(a.prizes, e)
	copy(a.prizes[at+1:], a.prizes[at:])
	a.prizes[at] = e
}

// shownPrizes are those that no reveal is on its way to any more: what they hold in cash, how many
// packets that is, and how many vouchers.
func (a *App) shownPrizes() (cash int64, packets, vouchers int) {
	for _, e := range a.prizes {
		switch {
		case e.N > a.shown:
		case e.Kind == game.EntryCash:
			cash += e.Amount
			packets++
		default:
			vouchers++
		}
	}
	return cash, packets, vouchers
}

func (a *App) prizesButton() page.Button {
	cash, packets, vouchers := a.shownPrizes()
	b := page.Button{Shown: packets+vouchers > 0, Enabled: true}
	switch {
	case packets > 0 && vouchers > 0:
		b.Text = a.lang.Say("prizes.button_both", a.money(cash), a.number("prizes.voucher", vouchers))
	case packets > 0:
		b.Text = a.lang.Say("prizes.button", a.money(cash))
	default:
		b.Text = a.lang.Say("prizes.button", a.number("prizes.voucher", vouchers))
	}
	return b
}

// number says how many there are of something; for one there is a sentence of its own.
func (a *App) number(key string, n int) string {
	if n == 1 {
		return a.lang.Say(key)
	}
	return a.lang.Say(key+"s", strconv.Itoa(n))
}

// mostPrizes is how many packets the sheet lists.
const mostPrizes = 50

func (a *App) prizesSheet(s *page.Sheet, now time.Time) {
	say := a.lang.Say
	cash, packets, vouchers := a.shownPrizes()
	switch {
	case packets+vouchers == 0:
		s.Add("p", say("prizes.none"))
		return
	case packets > 0:
		s.Add("big", a.money(cash), a.number("prizes.packet", packets))
	}
	if vouchers > 0 {
		s.Add("h", say("prizes.h_vouchers"))
	}
	for _, e := range a.latest(game.EntryVoucher) {
		name := a.voucherName(e.Outcome)
		if name == "" {
			name = say("prize.voucher")
		}
		s.Add("slip", name, e.Code, a.wonWhen(e, now), say("prizes.copy"), say("prizes.copied"))
	}
	if vouchers > 0 {
		s.Add("note", say("prizes.secret"))
	}
	if packets == 0 {
		return
	}
	s.Add("h", say("prizes.h_packets"))
	for i, e := range a.latest(game.EntryCash) {
		if i == mostPrizes {
			s.Add("note", say("card.won_more", strconv.Itoa(packets-i)))
			break
		}
		s.Add("packet", a.money(e.Amount), a.wonWhen(e, now))
	}
	s.Add("note", say("prizes.paid"))
}

// latest gives the prizes of a kind that have been shown, the last first.
func (a *App) latest(kind game.EntryKind) (of []api.Entry) {
	for i := len(a.prizes) - 1; i >= 0; i-- {
		if e := a.prizes[i]; e.Kind == kind && e.N <= a.shown {
			of = append(of, e)
		}
	}
	return of
}

func (a *App) wonWhen(e api.Entry, now time.Time) string {
	return a.lang.Say("prizes.won_at", a.clockTime(e.BookedAt, now), count(e.Serial))
}
