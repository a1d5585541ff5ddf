package app

import (
	"strconv"

	"github.com/fivefold/fivefold/client/scene"
)

// hand is what is being shown, to be spoken of in one sentence where it is much.
type hand struct {
	many  int // how many prizes it is in all
	shown int
	kinds []kind // in the order in which they showed
}

// kind is what looks alike.
type kind struct {
	prize scene.Prize
	times int
}

// longest is how many kinds of prize a sentence names.
const longest = 4

// shows follows a face that appears: alone it is spoken of, of many the last one speaks for all.
func (a *App) shows(p scene.Prize) {
	h := &a.hand
	if h.shown++; h.many == 1 {
		a.sayPrize(p)
		return
	}
	if !h.add(p) && !p.Gone {
		h.kinds = append(h.kinds, kind{p, 1})
	}
	if h.shown == h.many {
		a.sayHand(*h)
	}
}

func (h *hand) add(p scene.Prize) bool {
	for i := range h.kinds {
		if k := &h.kinds[i].prize; k.Kind == p.Kind && k.Position == p.Position && k.Amount == p.Amount && k.Name == p.Name && !p.Gone {
			h.kinds[i].times++
			return true
		}
	}
	return false
}

// sayHand names what there is, if that is not too much.
func (a *App) sayHand(h hand) {
	sum := 0
	for _, k := range h.kinds {
		sum += k.times
	}
	switch {
	case sum == 0:
		a.say("sold_out", "win.sold_out")
		return
	case sum == 1:
		a.sayPrize(h.kinds[0].prize)
		return
	}
	key := "win.hand"
	for _, k := range h.kinds {
		if k.prize.Kind != scene.Card {
			key = "win.hand_prizes"
		}
	}
	a.status = status{code: "card", speak: func() string {
		count := strconv.Itoa(sum)
		if len(h.kinds) > longest {
			return a.lang.Say("win.many", count)
		}
		names := make([]string, len(h.kinds))
		for i, k := range h.kinds {
			if names[i] = a.prizeName(k.prize); k.times > 1 {
				names[i] += " ×" + strconv.Itoa(k.times)
			}
		}
		return a.lang.Say(key, count, a.lang.List(names))
	}}
}

func (a *App) prizeName(p scene.Prize) string {
	switch {
	case p.Kind == scene.Cash:
		return a.lang.Say("prize.cash", a.money(p.Amount))
	case p.Kind == scene.Voucher && p.Name == "":
		return a.lang.Say("prize.voucher")
	case p.Kind == scene.Voucher:
		return p.Name
	case p.Position == 0:
		return a.lang.Say("card.wildcard")
	}
	return a.cardName(p.Position)
}

func (a *App) sayPrize(p scene.Prize) {
	switch {
	case p.Gone:
		a.say("sold_out", "win.sold_out")
	case p.Kind == scene.Cash:
		a.status = status{code: "cash", speak: func() string { return a.lang.Say("win.cash", a.money(p.Amount)) }}
	case p.Kind == scene.Voucher && p.Name == "":
		a.say("voucher", "win.voucher_plain")
	case p.Kind == scene.Voucher:
		a.status = status{code: "voucher", speak: func() string { return a.lang.Say("win.voucher", p.Name) }}
	case p.Position == 0:
		a.say("wildcard", "win.wildcard")
	default:
		a.status = status{code: "card", speak: func() string {
			if p.First {
				return a.lang.Say("win.first", a.cardName(p.Position))
			}
			return a.lang.Say("win.card", a.cardName(p.Position), strconv.FormatInt(p.Number, 10))
		}}
	}
}
