package rest

import (
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// changesOf says in short what a version changes of the one before it, a sentence each: for players, of a
// version that is not in their favour.
func changesOf(cards []game.Card, before, after *game.Version) []game.Text {
	c := changes{cards: cards}
	for _, out := range both(before.Odds.Outcomes, after.Odds.Outcomes) {
		c.outcome(out, before, after)
	}
	if before.Odds.Miss != after.Odds.Miss {
		c.add(missed, percent(before.Odds.Miss), percent(after.Odds.Miss))
	}
	c.guarantee(before, after)
	was, is := before.BonusRule(), after.BonusRule()
	c.number(bonus, was.EachRound, is.EachRound)
	c.number(granted, was.Grants, is.Grants)
	return c.all
}

// The sentences, with the name of what is changed and how it was and is.
var (
	changed    = game.Text{"en": "{0}: {1} → {2}", "zh": "{0}：{1} → {2}"}
	missed     = game.Text{"en": "Nothing won: {0} → {1}", "zh": "未中：{0} → {1}"}
	limited    = game.Text{"en": "{0}: no limit → {1} pieces", "zh": "{0}：不限量 → 限量 {1} 份"}
	unlimited  = game.Text{"en": "{0}: {1} pieces → no limit", "zh": "{0}：限量 {1} 份 → 不限量"}
	pieces     = game.Text{"en": "{0}: {1} → {2} pieces", "zh": "{0}：{1} → {2} 份"}
	instead    = game.Text{"en": "{0}: something else is given once it has run out", "zh": "{0}：发完后的替代奖励有变"}
	later      = game.Text{"en": "Guaranteed: one of every {0} shakes → of every {1}", "zh": "保底：每 {0} 次必得 → 每 {1} 次必得"}
	ended      = game.Text{"en": "Guaranteed: one of every {0} shakes → no guarantee", "zh": "保底：每 {0} 次必得 → 无保底"}
	begun      = game.Text{"en": "Guaranteed: no guarantee → one of every {0} shakes", "zh": "保底：无保底 → 每 {0} 次必得"}
	guaranteed = game.Text{"en": "{0}, where it is guaranteed: {1} → {2}", "zh": "{0}（保底时）：{1} → {2}"}
	bonus      = game.Text{"en": "Bonus shakes of each round: {0} → {1}", "zh": "每轮额外机会：{0} → {1} 次"}
	granted    = game.Text{"en": "Bonus shakes that may be given in a round: {0} → {1}", "zh": "每轮可获赠的额外机会：{0} → {1} 次"}
	wild       = game.Text{"en": "Wildcard", "zh": "万能卡"}
	packet     = game.Text{"en": "Red packet", "zh": "红包"}
)

type changes struct {
	cards []game.Card
	all   []game.Text
}

// add adds a sentence; its parts are strings, or texts in both languages.
func (c *changes) add(sentence game.Text, parts ...any) {
	said := game.Text{}
	for lang, s := range sentence {
		for i, part := range parts {
			text, plain := part.(string)
			if !plain {
				text = part.(game.Text).In(lang)
			}
			s = strings.ReplaceAll(s, "{"+strconv.Itoa(i)+"}", text)
		}
		said[lang] = s
	}
	c.all = append(c.all, said)
}

func (c *changes) number(sentence game.Text, was, is int) {
	if was != is {
		c.add(sentence, strconv.Itoa(was), strconv.Itoa(is))
	}
}

func (c *changes) outcome(out game.Outcome, before, after *game.Version) {
	was, _ := before.Odds.Find(out.ID)
	is, kept := after.Odds.Find(out.ID)
	name := c.name(out)
	if was.Weight != is.Weight {
		c.add(changed, name, percent(was.Weight), percent(is.Weight))
	}
	if !kept {
		return
	}
	if was.Fallback != is.Fallback && was.Fallback != "" {
		c.add(instead, name)
	}
	old, had := before.Stock(out.ID)
	stock, has := after.Stock(out.ID)
	switch {
	case has && !had && was.ID != "":
		c.add(limited, name, strconv.FormatInt(stock.Total, 10))
	case had && !has:
		c.add(unlimited, name, strconv.FormatInt(old.Total, 10))
	case had && old.Total != stock.Total:
		c.add(pieces, name, strconv.FormatInt(old.Total, 10), strconv.FormatInt(stock.Total, 10))
	}
}

func (c *changes) guarantee(before, after *game.Version) {
	was, is := before.Guarantee, after.Guarantee
	switch {
	case was == nil && is == nil:
		return
	case was == nil:
		c.add(begun, strconv.Itoa(is.Every))
		return
	case is == nil:
		c.add(ended, strconv.Itoa(was.Every))
		return
	case was.Every != is.Every:
		c.add(later, strconv.Itoa(was.Every), strconv.Itoa(is.Every))
	}
	for _, out := range both(before.Odds.Outcomes, after.Odds.Outcomes) {
		old, weight := secured(before, out.ID), secured(after, out.ID)
		if old != weight {
			c.add(guaranteed, c.name(out), percent(old), percent(weight))
		}
	}
}

// secured is the weight of an outcome where a version's guarantee decides.
func secured(v *game.Version, id game.OutcomeID) int64 {
	for i, out := range v.Odds.Outcomes {
		if out.ID == id {
			return v.Guarantee.Weights[i]
		}
	}
	return 0
}

// both gives the outcomes of two tables, each once.
func both(before, after []game.Outcome) []game.Outcome {
	all := before[:len(before):len(before)]
	known := map[game.OutcomeID]bool{}
	for _, out := range before {
		known[out.ID] = true
	}
	for _, out := range after {
		if !known[out.ID] {
			all = append(all, out)
		}
	}
	return all
}

func (c *changes) name(out game.Outcome) game.Text {
	switch {
	case len(out.Name) > 0:
		return out.Name
	case out.Kind == game.KindWildcard:
		return wild
	case out.Kind == game.KindCash:
		return packet
	}
	for _, card := range c.cards {
		if card.Position == out.Card && out.Kind == game.KindCard {
			return card.Name
		}
	}
	return game.Text{"en": string(out.ID)}
}

// percent writes parts per billion, to the last digit that counts.
func percent(weight int64) string {
	return strconv.FormatFloat(float64(weight)/1e7, 'f', -1, 64) + "%"
}
