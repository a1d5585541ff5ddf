package app

import (
	"strconv"
	"time"

	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

func (a *App) rulesSheet(s *page.Sheet, now time.Time) {
	say := a.lang.Say
	s.Add("p", a.doc.Rules.In(string(a.lang)))
	s.Add("h", say("rules.odds"))
	for _, row := range a.odds() {
		s.Add("row", row[0], row[1])
	}
	a.guaranteeLines(s)
	a.bonusLines(s)
	a.exceptionLines(s, now)
	for i, stock := range a.doc.Stock {
		if i == 0 {
			s.Add("h", say("rules.stock"))
		}
		a.stockLines(s, stock, now)
	}
	s.Add("h", say("rules.pool"))
	pool := a.doc.Pool
	s.Add("row", say("rules.pool_amount"), words.Money(pool.Amount, pool.Currency))
	s.Add("row", say("rules.redeemed"), count(a.doc.Completed))
	s.Add("p", a.splitRule())
	if pool.Cap > 0 {
		s.Add("p", say("rules.cap", words.Money(pool.Cap, pool.Currency), pool.Overflow.In(string(a.lang))))
	}
	s.Add("h", say("rules.fair"))
	s.Add("p", say("rules.check"))
	s.Add("code", say("rules.version", strconv.Itoa(a.doc.Odds.Version)), a.doc.Odds.Hash)
	for _, c := range a.seeds() {
		name := say("rules.seed", strconv.Itoa(c.Round))
		if c.Round == 0 {
			name = say("rules.seed_order")
		}
		s.Add("code", name, c.Hash)
		if c.Seed != "" {
			s.Add("code", say("rules.seed_revealed"), c.Seed)
		}
	}
	s.Add("note", say("rules.ask"))
}

// exceptionLines lists what was changed though it was not in the players' favour, the latest first: from
// when, what, and why.
func (a *App) exceptionLines(s *page.Sheet, now time.Time) {
	f := a.sheets.fairness
	if f == nil {
		return
	}
	said := false
	for i := len(f.Versions) - 1; i >= 0; i-- {
		v := f.Versions[i]
		if len(v.Exception) == 0 || v.EffectiveAt.IsZero() {
			continue
		}
		if !said {
			s.Add("h", a.lang.Say("rules.exceptions"))
			said = true
		}
		s.Add("row", a.lang.Say("rules.version", strconv.Itoa(v.Number)), a.clockTime(v.EffectiveAt, now))
		for _, change := range v.Changes {
			s.Add("note", change.In(string(a.lang)))
		}
		s.Add("p", a.lang.Say("rules.why", v.Exception.In(string(a.lang))))
	}
}

// splitRule says how the pool is split.
func (a *App) splitRule() string {
	switch pool := a.doc.Pool; {
	case pool.Split == game.SplitRandom && pool.Floor > 0:
		return a.lang.Say("rules.split_floor", words.Money(pool.Floor, pool.Currency))
	case pool.Split == game.SplitRandom:
		return a.lang.Say("rules.split_random")
	}
	return a.lang.Say("rules.split_equal")
}

// mostSeeds is how many rounds' commitments a sheet lists: a gala has hundreds.
const mostSeeds = 12

// seeds gives the commitments that matter: those of the share-out and of the rounds around the present.
func (a *App) seeds() []game.Commitment {
	all := a.doc.Seeds
	if len(all) <= mostSeeds {
		return all
	}
	at := 0
	for i, c := range all {
		if r := a.doc.Round; r != nil && c.Round == r.Number {
			at = i
		}
	}
	from := min(max(0, at-mostSeeds/2), len(all)-mostSeeds)
	return all[from : from+mostSeeds]
}

func (a *App) guaranteeLines(s *page.Sheet) {
	g, weights := a.guarantee()
	if g == nil || len(g.Weights) != len(weights) {
		return
	}
	s.Add("p", a.lang.Say("rules.guarantee", strconv.Itoa(g.Every), strconv.Itoa(g.Every-1), strconv.Itoa(g.Every)))
	for i, w := range weights {
		if g.Weights[i] > 0 {
			s.Add("row", a.outcomeName(w), words.Percent(g.Weights[i]))
		}
	}
}

func (a *App) bonusLines(s *page.Sheet) {
	b := a.bonus()
	if b.EachRound > 0 {
		s.Add("p", a.lang.Say("rules.bonus", count(int64(b.EachRound))))
	}
	if b.Grants > 0 {
		s.Add("p", a.lang.Say("rules.bonus_grants", count(int64(b.Grants))))
	}
	if b != (game.Bonus{}) {
		s.Add("note", a.lang.Say("rules.bonus_how"))
	}
}

// guarantee gives the one in force, and the odds that it belongs to.
func (a *App) guarantee() (*game.Guarantee, []api.Weight) {
	if a.doc.Round != nil {
		return a.doc.Round.Guarantee, a.doc.Odds.Weights
	}
	return a.sheets.version.Guarantee, a.doc.Odds.Weights
}

func (a *App) stockLines(s *page.Sheet, stock api.Stock, now time.Time) {
	say := a.lang.Say
	name := string(stock.Outcome)
	for _, w := range a.doc.Odds.Weights {
		if w.Outcome == stock.Outcome {
			name = a.outcomeName(w)
		}
	}
	s.Add("row", name, say("stock.left", count(max(0, stock.Released-stock.Taken))))
	s.Add("bar", strconv.FormatInt(stock.Taken, 10), strconv.FormatInt(stock.Released, 10), strconv.FormatInt(stock.Total, 10),
		say("stock.bar", count(stock.Total), count(stock.Released), count(stock.Taken)))
	if at, more := a.nextRelease(stock, now); more > 0 {
		s.Add("note", say("stock.next", a.clockTime(at, now), count(more)))
	}
}

// nextRelease says when more pieces of a stock come, and how many.
func (a *App) nextRelease(stock api.Stock, now time.Time) (at time.Time, more int64) {
	timetable, ok := a.sheets.version.Stock(stock.Outcome)
	if !ok {
		return at, 0
	}
	for _, r := range timetable.Releases {
		if r.At.After(now) && r.Released > stock.Released {
			return r.At, r.Released - stock.Released
		}
	}
	return at, 0
}

func (a *App) outcomeName(w api.Weight) string {
	switch name := w.Name.In(string(a.lang)); {
	case w.Kind == game.KindCash:
		return a.lang.Say("prize.cash", a.money(w.Amount))
	case w.Kind == game.KindVoucher && name == "":
		return a.lang.Say("prize.voucher")
	case w.Kind == game.KindVoucher:
		return name
	case w.Kind == game.KindWildcard:
		return a.lang.Say("card.wildcard")
	}
	return a.cardName(w.Card)
}

// odds lists the odds as published.
func (a *App) odds() [][2]string {
	var rows [][2]string
	for _, w := range a.doc.Odds.Weights {
		rows = append(rows, [2]string{a.outcomeName(w), words.Percent(w.Weight)})
	}
	return append(rows, [2]string{a.lang.Say("odds.miss"), words.Percent(a.doc.Odds.Miss)})
}

// mostRounds is how many rounds the list shows: those around the present.
const mostRounds = 24

func (a *App) roundsSheet(s *page.Sheet, now time.Time) {
	say, rounds := a.lang.Say, a.sheets.version.Rounds
	s.Add("big", a.standing(now), a.standingSmall(now))
	if len(rounds) == 0 {
		s.Add("note", say("sheet.loading"))
		return
	}
	s.Add("p", a.chancesRule(rounds[0], rounds))
	at := 0
	for i, r := range rounds {
		if !now.Before(r.ClosesAt) {
			at = i + 1
		}
	}
	from := max(0, min(at-3, len(rounds)-mostRounds))
	if from > 0 {
		s.Add("note", say("rounds.before", strconv.Itoa(from)))
	}
	to := min(len(rounds), from+mostRounds)
	for i := from; i < to; i++ {
		r := rounds[i]
		mark := "later"
		switch {
		case i < at:
			mark = "over"
		case !now.Before(r.OpensAt):
			mark = "now"
		case i == at:
			mark = "next"
		}
		span := a.clockTime(r.OpensAt, now) + " – " + a.clockTime(r.ClosesAt, now)
		s.Add("step", mark, say("rounds.round", strconv.Itoa(r.Number)), span, say("rounds."+mark))
	}
	if to < len(rounds) {
		s.Add("note", say("rounds.after", strconv.Itoa(len(rounds)-to)))
	}
	s.Add("note", say("rounds.clock"))
}

// standing says where the campaign stands, in a few words.
func (a *App) standing(now time.Time) string {
	if a.open(now) {
		return a.lang.Say("rounds.open", strconv.Itoa(a.doc.Round.Number))
	}
	return a.stateText(now)
}

func (a *App) standingSmall(now time.Time) string {
	if a.open(now) {
		return a.lang.Say("rounds.left", a.lang.Countdown(a.doc.Round.ClosesAt.Sub(now)))
	}
	if key, until := a.wait(now); !until.IsZero() && now.Before(until) && a.doc.State != game.StateSettled {
		return a.lang.Say(key, a.lang.Countdown(until.Sub(now)))
	}
	return ""
}

// chancesRule says how many chances there are, and how often.
func (a *App) chancesRule(first game.Round, rounds []game.Round) string {
	same := true
	for _, r := range rounds {
		same = same && r.Chances == first.Chances && r.WindowSeconds == first.WindowSeconds
	}
	if !same && a.doc.Round != nil {
		return a.lang.Say("rounds.chances", count(int64(a.doc.Round.Chances)), a.length(a.doc.Round.WindowSeconds))
	}
	return a.lang.Say("rounds.chances", count(int64(first.Chances)), a.length(first.WindowSeconds))
}

// length writes a length of time in words.
func (a *App) length(seconds int) string {
	for _, u := range []struct {
		of   int
		name string
	}{{86400, "days"}, {3600, "hours"}, {60, "minutes"}} {
		if seconds%u.of == 0 {
			if seconds == u.of {
				return a.lang.Say("time.one_" + u.name)
			}
			return a.lang.Say("time."+u.name, strconv.Itoa(seconds/u.of))
		}
	}
	return a.lang.Say("time.seconds", strconv.Itoa(seconds))
}
