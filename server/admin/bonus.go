package admin

import (
	"fmt"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// The inputs of a version's bonus chances: bonus-each and bonus-grants. Nothing typed is none.

func showBonus(f *form, rule game.Bonus) {
	f.set("bonus-each", strconv.Itoa(rule.EachRound))
	f.set("bonus-grants", strconv.Itoa(rule.Grants))
}

// readBonus reads them; a form without the inputs leaves what there was.
func readBonus(f *form, base *game.Bonus) *game.Bonus {
	if !f.values.Has("bonus-each") {
		return base
	}
	number := func(id string) int {
		if f.typed(id) == "" {
			return 0
		}
		return int(f.number(id, 0, game.MaxBonus))
	}
	rule := game.Bonus{EachRound: number("bonus-each"), Grants: number("bonus-grants")}
	if rule == (game.Bonus{}) {
		return nil
	}
	return &rule
}

// compareBonus sets another version's bonus beside the inputs where it differs.
func compareBonus(f *form, other *game.SavedVersion) {
	rule := other.BonusRule()
	for id, n := range map[string]int{"bonus-each": rule.EachRound, "bonus-grants": rule.Grants} {
		if typed, _ := strconv.Atoi(f.typed(id)); typed != n {
			f.beside[id] = f.lang.say("odds.theirs", strconv.Itoa(other.Number), count(int64(n)))
		}
	}
}

func differBonus(l lang, before, after *game.Version) []string {
	var all []string
	was, is := before.BonusRule(), after.BonusRule()
	if was.EachRound != is.EachRound {
		all = append(all, l.say("differ.bonus_each", fmt.Sprint(was.EachRound), fmt.Sprint(is.EachRound)))
	}
	if was.Grants != is.Grants {
		all = append(all, l.say("differ.bonus_grants", fmt.Sprint(was.Grants), fmt.Sprint(is.Grants)))
	}
	return all
}

// bonusPromises says what bonus chances a version gives.
func bonusPromises(l lang, rule game.Bonus) []string {
	var all []string
	if rule.EachRound > 0 {
		all = append(all, l.say("promise.bonus", count(int64(rule.EachRound))))
	}
	if rule.Grants > 0 {
		all = append(all, l.say("promise.bonus_grants", count(int64(rule.Grants))))
	}
	return all
}
