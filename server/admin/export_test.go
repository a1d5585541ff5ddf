package admin

import (
	"net/url"

	"github.com/fivefold/fivefold/server/game"
)

// What the tests look at from inside.
var (
	ParsePercent  = parsePercent
	FormatPercent = formatPercent
	ParseMoney    = parseMoney
	FormatMoney   = formatMoney
	Proportional  = proportional
	SafeNext      = safeNext
	Sentences     = sentences
	Statuses      = statuses
)

// MaxPool bounds an amount.
const MaxPool = maxPool

// Edited is the version that the odds editor makes of one when nothing is typed, and whether its
// form was taken.
func Edited(cards []game.Card, v game.Version) (game.Version, bool) {
	shown := newForm(english, url.Values{})
	newTable(english, cards, &v).show(shown)
	showSchedule(shown, v.Rounds)
	typed := newForm(english, shown.values)
	edited := newTable(english, cards, &v).read(typed)
	if evenRounds(v.Rounds) {
		edited.Rounds = readSchedule(typed)
	}
	return edited, typed.ok()
}
