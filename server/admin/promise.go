package admin

import (
	"math"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// promises says in sentences what a version gives a player beside the plain odds: by the guarantee and
// the bonus, and when a stock is out.
func promises(l lang, v *game.Version, names map[game.OutcomeID]string) []string {
	var all []string
	if v.Guarantee != nil {
		all = append(all, guaranteed(l, v, names))
	}
	all = append(all, bonusPromises(l, v.BonusRule())...)
	for _, s := range v.Stocks {
		out, _ := v.Odds.Find(s.Outcome)
		if instead, ok := names[out.Fallback]; ok {
			all = append(all, l.say("promise.instead", names[s.Outcome], count(s.Total), instead))
		} else {
			all = append(all, l.say("promise.sold_out", names[s.Outcome], count(s.Total)))
		}
	}
	return all
}

// guaranteed says what the guarantee gives, and how often a player comes to need it.
func guaranteed(l lang, v *game.Version, names map[game.OutcomeID]string) string {
	g := v.Guarantee
	var gives []string
	for i, w := range g.Weights {
		if w > 0 {
			gives = append(gives, names[v.Odds.Outcomes[i].ID]+" "+formatPercent(w)+" %")
		}
	}
	needed := math.Pow(float64(v.Odds.Miss)/game.Scale, float64(g.Every-1))
	return l.say("promise.guarantee", strconv.Itoa(g.Every), strconv.Itoa(g.Every-1), strings.Join(gives, l.say("promise.and")), share(needed))
}
