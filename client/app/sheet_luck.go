package app

import (
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/client/luck"
	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// marks holds the highest chance that was spent in each window, as this device saw it: the server books
// no misses, so nobody else counts them for good.
type marks struct {
	high map[[2]int]int // round and window -> index
	read bool
}

const keyMarks = "fivefold.marks." // + slug + "." + the campaign's id

func (a *App) marksKey() string { return keyMarks + a.Slug + "." + string(a.doc.ID) }

// mark keeps that a window's chances up to an index are spent.
func (a *App) mark(round, window, index int) {
	m := &a.sheets.marks
	if m.high == nil {
		m.high = map[[2]int]int{}
	}
	if w := [2]int{round, window}; index > m.high[w] {
		m.high[w] = index
		if m.read {
			a.API.Vault.Set(a.marksKey(), writeMarks(m.high))
		}
	}
}

// recall takes what an earlier visit kept, once it is known of which campaign.
func (a *App) recall() {
	m := &a.sheets.marks
	if m.read || a.doc == nil {
		return
	}
	m.read = true
	for _, one := range strings.Fields(a.API.Vault.Get(a.marksKey())) {
		var n [3]int
		for i, part := range strings.SplitN(one, ".", 3) {
			n[i], _ = strconv.Atoi(part) // what is no number counts for nothing
		}
		a.mark(n[0], n[1], n[2])
	}
}

func writeMarks(high map[[2]int]int) string {
	all := make([]string, 0, len(high))
	for w, index := range high {
		all = append(all, strconv.Itoa(w[0])+"."+strconv.Itoa(w[1])+"."+strconv.Itoa(index))
	}
	sort.Strings(all)
	return strings.Join(all, " ")
}

// spent gives how many chances were spent in each window, by this device's marks and the book together.
func (a *App) spent() map[[2]int]int {
	all := map[[2]int]int{}
	for w, index := range a.sheets.marks.high {
		all[w] = index
	}
	for _, e := range a.sheets.entries {
		if w := [2]int{e.Round, e.Window}; e.Index > all[w] {
			all[w] = e.Index
		}
	}
	return all
}

func (a *App) draws() int64 {
	sum := int64(0)
	for _, n := range a.spent() {
		sum += int64(n)
	}
	return sum
}

func (a *App) luckSheet(s *page.Sheet) {
	say, draws := a.lang.Say, a.draws()
	if draws == 0 {
		s.Add("p", say("luck.none"))
		return
	}
	var windows []int
	rounds := map[int]int{}
	for w, n := range a.spent() {
		rounds[w[0]] += n
		if w[1] != game.BonusWindow {
			windows = append(windows, n)
			continue
		}
		for range n {
			windows = append(windows, 1) // no bonus chance comes to a guarantee
		}
	}
	sort.Ints(windows)
	wins, by := a.won()
	odds := a.luckOdds()
	share := a.luckier(odds, windows, wins)
	s.Add("gauge", strconv.Itoa(int(math.Round(share*100))), percentOf(share), say("luck.share"))
	s.Add("p", say("luck.verdict_"+verdict(share)))
	s.Add("row", say("luck.draws"), count(draws))
	s.Add("row", say("luck.wins"), say("luck.against", strconv.Itoa(wins), one(odds.Expect(windows, odds.Win))))
	s.Add("h", say("luck.by_card"))
	s.Add("note", say("luck.by_card_how"))
	weights := a.doc.Odds.Weights
	for i, w := range weights {
		s.Add("versus", a.outcomeName(w), strconv.Itoa(by[w.Outcome]), one(odds.Expect(windows, a.chanceOf(weights, i))))
	}
	if position := a.scarce(); position > 0 {
		for i, w := range weights {
			if w.Kind == game.KindCard && w.Card == position {
				has := 1 - odds.None(windows, a.chanceOf(weights, i))
				s.Add("p", say("luck.scarce", a.cardName(position), percentOf(has)))
			}
		}
	}
	s.Add("h", say("luck.by_round"))
	numbers := make([]int, 0, len(rounds))
	for r := range rounds {
		numbers = append(numbers, r)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(numbers)))
	for _, r := range numbers[:min(len(numbers), mostRounds)] {
		s.Add("row", say("rounds.round", strconv.Itoa(r)), say("luck.shakes", count(int64(rounds[r]))))
	}
	s.Add("note", say("luck.honest"))
	if a.doc.Odds.Version > 1 {
		s.Add("note", say("luck.versions"))
	}
}

// share is how lucky a player was, kept because it takes a while to compute.
type share struct {
	odds  luck.Odds
	draws int64
	wins  int
	is    float64
}

// luckier gives the share of players with as many draws who are no luckier.
func (a *App) luckier(odds luck.Odds, windows []int, wins int) float64 {
	is := share{odds: odds, draws: a.draws(), wins: wins}
	if was := a.sheets.share; was.odds != is.odds || was.draws != is.draws || was.wins != is.wins {
		is.is = odds.AtMost(windows, wins)
		a.sheets.share = is
	}
	return a.sheets.share.is
}

// won counts what was drawn, by the book: in all, and by what it was drawn as.
func (a *App) won() (all int, by map[game.OutcomeID]int) {
	by = map[game.OutcomeID]int{}
	for _, e := range a.sheets.entries {
		if e.Index == 0 {
			continue // no chance's
		}
		all++
		if e.Raw != "" {
			by[e.Raw]++
		} else {
			by[e.Outcome]++
		}
	}
	return all, by
}

func (a *App) luckOdds() luck.Odds {
	plain := float64(game.Scale-a.doc.Odds.Miss) / game.Scale
	o := luck.Odds{Win: luck.Chance{Plain: plain, Sure: plain}}
	if g, weights := a.guarantee(); g != nil && len(g.Weights) == len(weights) {
		o.Every, o.Win.Sure = g.Every, 1
	}
	return o
}

func (a *App) chanceOf(weights []api.Weight, i int) luck.Chance {
	c := luck.Chance{Plain: float64(weights[i].Weight) / game.Scale}
	c.Sure = c.Plain
	if g, _ := a.guarantee(); g != nil && len(g.Weights) == len(weights) {
		c.Sure = float64(g.Weights[i]) / game.Scale
	}
	return c
}

// verdict puts the share of players who were no luckier into a word.
func verdict(share float64) string {
	switch {
	case share < .2:
		return "low"
	case share < .8:
		return "fair"
	}
	return "high"
}

func one(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

// percentOf writes a probability, never as certain as it is not.
func percentOf(p float64) string {
	switch {
	case p > .999 && p < 1:
		return "> 99.9%"
	case p < .001 && p > 0:
		return "< 0.1%"
	}
	return strconv.FormatFloat(100*p, 'f', 1, 64) + "%"
}
