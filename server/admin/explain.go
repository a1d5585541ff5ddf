package admin

import (
	"fmt"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

// explainPage is the body of the page that explains a draw.
type explainPage struct {
	support.Explanation
	Path   string // of the player's page
	Ranges []rangeLine
	Zone   *time.Location
	Drawn  string // what was drawn
	Given  string // what is given
	Raw    bool   // they differ
	Sealed bool
}

// rangeLine is the range of an outcome as the page shows it: in the table, and as a part of a bar
// that is 1000 wide.
type rangeLine struct {
	Name, Swatch string
	Weight       int64
	First, Last  string
	Hit          bool
	X, Width     string
}

// barWidth is that of the bar of ranges, in its own units.
const barWidth = 1000

func (a *Admin) explainDraw(v *visit) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	id := game.PlayerID(v.Param("player"))
	n, err := strconv.ParseInt(v.Param("n"), 10, 64)
	if err != nil {
		return game.Fail(game.CodeNotFound, "no entry "+v.Param("n"))
	}
	x, err := a.Support.Explain(v.ctx(), c, id, n, v.staff.ID)
	if err != nil {
		return fmt.Errorf("explain a draw: %w", err)
	}
	p := explainPage{
		Explanation: x, Path: playerPath(c, id), Zone: zoneOf(c), Sealed: x.Seed != "",
		Raw: x.Entry.Raw != "", Drawn: outcomeName(v.lang, c, x.Drawn), Given: entryWords(v.lang, c, x.Entry),
	}
	for _, r := range x.Ranges {
		p.Ranges = append(p.Ranges, rangeLine{
			Name: outcomeName(v.lang, c, r.Outcome), Swatch: outcomeSwatch(r.Outcome), Weight: r.To - r.From,
			First: count(r.From), Last: count(r.To - 1), Hit: r.Hit, X: onBar(r.From), Width: onBar(r.To - r.From),
		})
	}
	return a.showOK(v, "explain", page{
		Title: v.say("explain.title", count(n)), Tab: "support", Head: a.heading(c), Styles: []string{"support.css"}, Body: p,
	})
}

// Mark is where the number drawn lies on the bar.
func (p explainPage) Mark() string { return onBar(p.Part) }

// PartText writes the number drawn.
func (p explainPage) PartText() string { return count(p.Part) }

// Bonus says that it was a bonus chance.
func (p explainPage) Bonus() bool { return p.Entry.Chance.Window == game.BonusWindow }

func onBar(part int64) string {
	return strconv.FormatFloat(float64(part)*barWidth/game.Scale, 'f', 3, 64)
}

func outcomeName(l lang, c game.Campaign, o game.Outcome) string {
	switch {
	case o.ID == "":
		return l.say("outcome.miss")
	case len(o.Name) > 0:
		return o.Name.In(string(l))
	case o.Kind == game.KindCard:
		return cardName(l, c, o.Card)
	case o.Kind == game.KindCash:
		return l.say("outcome.cash") + " " + formatMoney(o.Amount, c.Pool.Currency)
	default:
		return l.say("outcome." + string(o.Kind))
	}
}

func outcomeSwatch(o game.Outcome) string {
	switch o.Kind {
	case "":
		return "miss"
	case game.KindCard:
		return strconv.Itoa(o.Card)
	default:
		return string(o.Kind)
	}
}
