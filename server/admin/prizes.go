package admin

import (
	"crypto/rand"
	"slices"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// Instant prizes are lines of the odds table like any other; what they are besides (a name, an amount)
// stands in a panel of their own. Those that are added while one edits are named in a hidden input until
// they are saved.

const prizesInput = "prizes"

// prizeID names an input of a prize: what is name-zh, name-en, amount or gone.
func prizeID(key, what string) string { return "prize-" + key + "-" + what }

// maxPrizes bounds the prizes that are added in one go.
const maxPrizes = 20

// addPrize adds a prize of a kind to what is typed.
func addPrize(f *form, kind game.Kind) {
	ids := strings.Fields(f.values.Get(prizesInput))
	if len(ids) < maxPrizes {
		ids = append(ids, string(kind)+"-"+strings.ToLower(rand.Text()[:8]))
	}
	f.set(prizesInput, strings.Join(ids, " "))
}

// addPrizes gives the table the lines of prizes that were added while it was edited.
func (t *oddsTable) addPrizes(f *form) {
	for i, id := range strings.Fields(f.values.Get(prizesInput)) {
		kind, _, _ := strings.Cut(id, "-")
		k := game.Kind(kind)
		known := slices.ContainsFunc(t.Lines, func(l line) bool { return l.Key == id || l.ID == game.OutcomeID(id) })
		if i >= maxPrizes || !k.Prize() || known {
			continue
		}
		name := "prizes.new_" + kind
		t.Lines = append(t.Lines, line{Key: id, Outcome: game.Outcome{ID: game.OutcomeID(id), Kind: k}, Name: f.lang.say(name)})
	}
}

// showPrize writes what a prize is into a form.
func (l line) showPrize(f *form) {
	if !l.Kind.Prize() {
		return
	}
	f.setBoth(prizeID(l.Key, "name"), l.Outcome.Name)
	if l.Kind == game.KindCash {
		f.set(prizeID(l.Key, "amount"), formatFixed(l.Amount, game.Decimals(f.currency)))
	}
}

// readPrize reads what a prize is; false: it is to be gone. A form without its inputs leaves it as it was.
func (l *line) readPrize(f *form) bool {
	if !l.Kind.Prize() || !f.values.Has(prizeID(l.Key, "name-en")) {
		return true
	}
	if f.values.Has(prizeID(l.Key, "gone")) {
		return false
	}
	l.Outcome.Name = f.both(prizeID(l.Key, "name"))
	if len(l.Outcome.Name) == 0 {
		l.Outcome.Name = nil
	}
	if l.Kind == game.KindCash {
		l.Amount = f.money(prizeID(l.Key, "amount"))
	}
	return true
}

// prize is a line of the panel of prizes.
type prize struct {
	line
	NameZH, NameEN, Amount, Gone input
	Cash                         bool
	Budget                       string // amount times pieces; empty where one of them cannot be read
}

// Prizes lists the prizes of the editor with the money that each holds.
func (p oddsPage) Prizes() []prize {
	var all []prize
	for _, l := range p.Table.Lines {
		if !l.Kind.Prize() {
			continue
		}
		budget, ok := p.budgetOf(l)
		one := prize{
			line: l, Cash: l.Kind == game.KindCash,
			NameZH: p.Form.Input(prizeID(l.Key, "name-zh"), "lang=zh-Hans", "max=60"), NameEN: p.Form.Input(prizeID(l.Key, "name-en"), "lang=en", "max=60"),
			Amount: p.Form.Input(prizeID(l.Key, "amount"), "mode=decimal"), Gone: p.Form.Input(prizeID(l.Key, "gone")),
		}
		if ok && one.Cash {
			one.Budget = formatMoney(budget, p.Form.currency)
		}
		all = append(all, one)
	}
	return all
}

func (p oddsPage) budgetOf(l line) (int64, bool) {
	amount, wrong := parseMoney(p.Form.typed(prizeID(l.Key, "amount")), p.Form.currency)
	pieces, also := parseFixed(p.Form.typed("stock-"+l.Key+"-total"), 0, game.MaxStock)
	if wrong != "" || also != "" || amount > game.MaxPrize || p.Form.values.Has(prizeID(l.Key, "gone")) {
		return 0, false
	}
	return amount * pieces, true
}

// Budget sums what all packets hold.
func (p oddsPage) Budget() string {
	sum := int64(0)
	for _, l := range p.Table.Lines {
		if l.Kind == game.KindCash {
			budget, _ := p.budgetOf(l)
			sum = min(sum+budget, game.MaxBudget)
		}
	}
	return formatMoney(sum, p.Form.currency)
}

// namePrizes gives the form the labels of the inputs of prizes.
func (t *oddsTable) namePrizes(f *form) {
	for _, l := range t.Lines {
		if l.Kind.Prize() {
			for _, what := range []string{"name-zh", "name-en", "amount", "gone"} {
				label := "field.prize-" + what
				f.names[prizeID(l.Key, what)] = f.lang.say(label, l.Name)
			}
		}
	}
}
