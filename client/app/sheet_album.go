package app

import (
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// face adds a card: its place in the sheet, the code of its picture, its name, a count, what is below it,
// and what a tap on it opens. Position 0 is the wildcard.
func (a *App) face(s *page.Sheet, kind string, place, position int, held int64, below, opens string) {
	code, name := "wild", a.lang.Say("card.wildcard")
	for _, c := range a.doc.Cards {
		if c.Position == position {
			code, name = c.Code, a.cardName(position)
		}
	}
	s.Add(kind, strconv.Itoa(place), code, name, strconv.FormatInt(held, 10), below, opens)
}

func (a *App) albumSheet(s *page.Sheet) {
	say, kinds, extra := a.lang.Say, int64(0), int64(0)
	for _, n := range a.album.Counts {
		if n > 0 {
			kinds++
			extra += n - 1
		}
	}
	s.Add("big", say("album.progress", strconv.FormatInt(kinds, 10)), a.albumNeed(kinds))
	newest := a.newest()
	for i, n := range a.album.Counts {
		below := ""
		switch {
		case n == 0:
			below = say("album.missing")
		case newest == i+1:
			below = say("album.newest")
		}
		a.face(s, "card", i+1, i+1, n, below, "card:"+strconv.Itoa(i+1))
	}
	if a.album.Wildcards > 0 {
		a.face(s, "card", 0, 0, a.album.Wildcards, say("album.any"), "card:0")
	}
	s.Add("row", say("album.doubles"), count(extra))
	s.Add("row", say("album.draws"), count(a.draws()))
	if a.offersPrizes() || len(a.prizes) > 0 {
		s.Add("act", "open", "prizes", say("sheet.prizes"), "quiet")
	}
	s.Add("act", "open", "luck", say("sheet.luck"), "quiet")
}

func (a *App) albumNeed(kinds int64) string {
	missing := int64(game.SetSize) - kinds
	switch {
	case a.redeemed != nil:
		return a.lang.Say("album.redeemed")
	case missing <= 0:
		return a.lang.Say("album.full")
	case missing <= a.album.Wildcards:
		return a.lang.Say("album.full_wild")
	case missing == 1:
		return a.lang.Say("album.need_one")
	}
	return a.lang.Say("album.need", strconv.FormatInt(missing, 10))
}

// newest gives the position of the card that came last; 0 where none did.
func (a *App) newest() int {
	for i := len(a.sheets.entries) - 1; i >= 0; i-- {
		if e := a.sheets.entries[i]; e.Kind == game.EntryCard {
			return e.Card
		}
	}
	return 0
}

// mostWon is how many times of winning a card's sheet lists.
const mostWon = 20

func (a *App) cardSheet(s *page.Sheet, now time.Time, arg string) {
	say := a.lang.Say
	position, err := strconv.Atoi(arg)
	if err != nil || position < 0 || position > game.SetSize {
		return
	}
	held := a.album.Wildcards
	s.Title = say("card.wildcard")
	if position > 0 {
		held, s.Title = a.album.Counts[position-1], a.cardName(position)
	}
	a.face(s, "face", position, position, held, "", "")
	s.Add("row", say("card.held"), count(held))
	for _, w := range a.doc.Odds.Weights {
		if w.Card != position || (w.Kind == game.KindWildcard) != (position == 0) {
			continue
		}
		s.Add("row", say("card.odds"), words.Percent(w.Weight))
		if w.Weight > 0 {
			s.Add("note", say("card.one_in", count((game.Scale+w.Weight/2)/w.Weight)))
		}
		for _, stock := range a.doc.Stock {
			if stock.Outcome == w.Outcome {
				a.stockLines(s, stock, now)
			}
		}
	}
	if position == 0 {
		s.Add("p", say("card.wild_rule"))
	}
	a.wonLines(s, now, position)
}

// wonLines lists when a card was won, the latest first, with serials where it has them, and what
// the staff granted or took back.
func (a *App) wonLines(s *page.Sheet, now time.Time, position int) {
	var won []api.Entry
	for i := len(a.sheets.entries) - 1; i >= 0; i-- {
		e := a.sheets.entries[i]
		card := e.Kind == game.EntryCard && e.Card == position && position > 0
		corrected := (e.Kind == game.EntryGrant || e.Kind == game.EntryReversal) && e.Card == position
		if card || corrected || e.Kind == game.EntryWildcard && position == 0 {
			won = append(won, e)
		}
	}
	if len(won) == 0 {
		return
	}
	s.Add("h", a.lang.Say("card.won"))
	for i, e := range won {
		if i == mostWon {
			s.Add("note", a.lang.Say("card.won_more", strconv.Itoa(len(won)-i)))
			break
		}
		s.Add("row", a.clockTime(e.BookedAt, now), a.wonHow(e))
	}
}

// wonHow says how an entry came about.
func (a *App) wonHow(e api.Entry) string {
	change := e.Wildcards
	if e.Card > 0 {
		change = e.Counts[e.Card-1]
	}
	switch {
	case e.Kind == game.EntryGrant:
		return a.lang.Say("card.granted", count(change))
	case e.Kind == game.EntryReversal:
		return a.lang.Say("card.taken_back", count(-change))
	}
	key := "card.won_at"
	if e.Window == game.BonusWindow {
		key = "card.won_bonus"
	}
	where := a.lang.Say(key, strconv.Itoa(e.Round), count(int64(e.Index)))
	if e.Serial > 0 {
		where = a.lang.Say("card.serial", count(e.Serial)) + " · " + where
	}
	return where
}

func (a *App) redeemSheet(s *page.Sheet) {
	say := a.lang.Say
	if !a.redeemable() {
		s.Add("p", say("redeem.not_now"))
		return
	}
	wild, _ := substitution(a.album)
	s.Add("p", say("redeem.burns"))
	var stands []string
	for i, n := range a.album.Counts {
		if wild[i+1] > 0 {
			stands = append(stands, a.cardName(i+1))
			a.face(s, "card", i+1, 0, 0, say("redeem.stands", a.cardName(i+1)), "")
			continue
		}
		a.face(s, "card", i+1, i+1, 0, say("redeem.left", count(n-1)), "")
	}
	if len(stands) > 0 {
		s.Add("p", say("redeem.wild", strconv.Itoa(len(stands)), a.lang.List(stands)))
	}
	s.Add("warn", say("redeem.final"))
	pool := a.doc.Pool
	s.Add("note", say("redeem.gives", words.Money(pool.Amount, pool.Currency)))
	s.Add("act", "burn", "", say("redeem.confirm"), "strong")
	s.Add("act", "close", "", say("redeem.later"), "quiet")
}

func (a *App) posterSheet(s *page.Sheet) {
	say, pool := a.lang.Say, a.doc.Pool
	amount, line := "", say("poster.all_five")
	switch {
	case a.payout != nil:
		amount, line = words.Money(a.payout.Amount, a.payout.Currency), say("poster.share")
	case a.redeemed == nil:
		return
	}
	below := say("poster.pool", words.Money(pool.Amount, pool.Currency), count(a.doc.Completed))
	if a.doc.Completed <= 1 {
		below = say("poster.pool_one", words.Money(pool.Amount, pool.Currency))
	}
	codes := make([]string, 0, game.SetSize)
	for i := range game.SetSize {
		for _, c := range a.doc.Cards {
			if c.Position == i+1 {
				codes = append(codes, c.Code+"="+a.cardName(i+1))
			}
		}
	}
	s.Add("poster", a.doc.Name.In(string(a.lang)), line, amount, below, a.API.Vault.Get(keyName), strings.Join(codes, ";"), say("poster.alt"), say("poster.mark"))
	s.Add("local", "share", say("poster.send"), "strong")
	s.Add("local", "save", say("poster.save"), "quiet")
	s.Add("note", say("poster.hold"))
}
