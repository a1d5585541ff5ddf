package admin

import (
	"fmt"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// wildcardKey names the wildcard's line.
const wildcardKey = "wildcard"

// oddsTable is an odds table as the editor shows it: a line for each card and the wildcard, and
// for whatever more the version that it begins with has.
type oddsTable struct {
	Lines []line
	Cards []game.Card
	Locks bool // the form has locks and the button that balances
	base  *game.Version

	// What was read, in the order of the version that was made of it: refusals name positions.
	written []line
	stocked []line
}

// line is an outcome with its place in the form: its inputs are odds-KEY, stock-KEY-total,
// stock-KEY-out and guarantee-KEY. Key is the card's position, "wildcard", or "x" and a number
// where the table has more than one line of a card.
type line struct {
	Key string
	game.Outcome
	Name  string
	Stock game.Stock
	known bool // the base has it
}

// Swatch names the line's colour.
func (l line) Swatch() string {
	if l.Kind == game.KindCard {
		return fmt.Sprint(l.Card)
	}
	return string(l.Kind)
}

// Steps is how many steps the timetable of the line's stock has.
func (l line) Steps() int { return len(l.Stock.Releases) }

// newTable lays out the lines of a version. The version's order stays; what it lacks of the
// five cards and the wildcard comes after.
func newTable(l lang, cards []game.Card, base *game.Version) *oddsTable {
	t := &oddsTable{Cards: cards, base: base}
	taken := map[string]bool{}
	for i, out := range base.Odds.Outcomes {
		key := keyOf(out)
		if taken[key] {
			key = fmt.Sprintf("x%d", i+1)
		}
		taken[key] = true
		stock, _ := base.Stock(out.ID)
		t.Lines = append(t.Lines, line{Key: key, Outcome: out, Stock: stock, known: true})
	}
	for position := 1; position <= game.SetSize; position++ {
		t.complete(taken, game.Outcome{ID: game.OutcomeID(fmt.Sprintf("card-%d", position)), Kind: game.KindCard, Card: position})
	}
	t.complete(taken, game.Outcome{ID: wildcardKey, Kind: game.KindWildcard})
	for i := range t.Lines {
		t.Lines[i].Name = t.nameOf(l, t.Lines[i].Outcome)
	}
	return t
}

func keyOf(out game.Outcome) string {
	if out.Kind == game.KindCard {
		return fmt.Sprint(out.Card)
	}
	return string(out.Kind)
}

func (t *oddsTable) complete(taken map[string]bool, out game.Outcome) {
	if taken[keyOf(out)] {
		return
	}
	for _, there := t.base.Odds.Find(out.ID); there; _, there = t.base.Odds.Find(out.ID) {
		out.ID += "-2" // a version from a file may use the name for something else
	}
	t.Lines = append(t.Lines, line{Key: keyOf(out), Outcome: out})
}

func (t *oddsTable) nameOf(l lang, out game.Outcome) string {
	for _, card := range t.Cards {
		if out.Kind == game.KindCard && card.Position == out.Card {
			return card.Name.In(string(l))
		}
	}
	name := out.Name.In(string(l))
	switch {
	case out.Kind.Prize() && name != "":
		return name
	case out.Kind.Prize(): // there may be several
		return l.say("outcome."+string(out.Kind)) + " (" + string(out.ID) + ")"
	}
	return l.say("outcome." + string(out.Kind))
}

// show writes the base version into a form.
func (t *oddsTable) show(f *form) {
	for _, l := range t.Lines {
		f.set("odds-"+l.Key, formatPercent(l.Weight))
		if l.Stock.Total > 0 {
			f.set("stock-"+l.Key+"-total", fmt.Sprint(l.Stock.Total))
		}
		f.set("stock-"+l.Key+"-out", t.keyOfID(l.Fallback))
		l.showPrize(f)
		f.set(releasesID(l.Key), formatReleases(l.Stock.Releases, f.zone))
	}
	f.set("odds-miss", formatPercent(t.base.Odds.Miss))
	showBonus(f, t.base.BonusRule())
	if g := t.base.Guarantee; g != nil {
		f.set("guarantee-every", fmt.Sprint(g.Every))
		if slices.Equal(g.Weights, proportional(t.base.Odds.Weights())) {
			return // empty inputs mean just that
		}
		for i, l := range t.Lines[:len(t.base.Odds.Outcomes)] {
			f.set("guarantee-"+l.Key, formatPercent(g.Weights[i]))
		}
	}
}

func (t *oddsTable) keyOfID(id game.OutcomeID) string {
	for _, l := range t.Lines {
		if l.ID == id && id != "" {
			return l.Key
		}
	}
	return ""
}

func (t *oddsTable) idOfKey(key string) game.OutcomeID {
	for _, l := range t.Lines {
		if l.Key == key {
			return l.ID
		}
	}
	return ""
}

// OneIn says of the odds that stand in the input of a line how rare they are.
func (f *form) OneIn(key string) string {
	ppb, _ := parsePercent(f.typed("odds-" + key))
	n := oneIn(ppb)
	if n == "" {
		return ""
	}
	return f.lang.say("odds.one_in", n)
}

// name gives the form the labels of the table's inputs.
func (t *oddsTable) name(f *form) {
	t.namePrizes(f)
	for _, l := range t.Lines {
		f.names["lock-"+l.Key] = f.lang.say("field.lock-of", l.Name)
		f.names["odds-"+l.Key] = f.lang.say("field.odds-of", l.Name)
		f.names["stock-"+l.Key+"-total"] = f.lang.say("field.stock-total-of", l.Name)
		f.names[releasesID(l.Key)] = f.lang.say("field.releases-of", l.Name)
		f.names["stock-"+l.Key+"-out"] = f.lang.say("field.stock-out-of", l.Name)
		f.names["guarantee-"+l.Key] = f.lang.say("field.guarantee-of", l.Name)
	}
}
