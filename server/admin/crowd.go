package admin

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// The inputs of what a forecast assumes of the crowd are crowd-NAME, by the names that the forecast
// has for them, and habit-N-share and habit-N-draws. Shares are percentages there.

// habitRows is how many habits of players the form has room for.
const habitRows = 4

// crowd is the part of the form with the assumptions.
type crowd struct {
	Main   []input // those that matter most
	More   []input
	Habits []habit
	Help   string // what the habits are
}

// habit is a line of the habits.
type habit struct{ Share, Draws input }

// first are the assumptions that are always in sight.
var first = map[string]bool{"players": true, "windows": true, "gifts": true}

// shares are the assumptions that are typed as percentages.
var shares = map[string]bool{"active": true, "after_set": true, "gifts": true, "redeem": true}

// Crowd describes the inputs of the assumptions.
func (f *form) Crowd() crowd {
	var c crowd
	for _, field := range forecast.Fields {
		help := field.Help.In(string(f.lang))
		if field.Name == "habits" {
			c.Help = help
			continue
		}
		in := f.Input(crowdInput(field.Name), "mode=decimal")
		in.Hint = help
		if first[field.Name] {
			c.Main = append(c.Main, in)
		} else {
			c.More = append(c.More, in)
		}
	}
	for i := range habitRows {
		share, draws := habitInputs(i)
		c.Habits = append(c.Habits, habit{f.Input(share, "mode=decimal"), f.Input(draws, "mode=numeric")})
	}
	return c
}

func crowdInput(field string) string { return "crowd-" + strings.ReplaceAll(field, "_", "-") }

func habitInputs(i int) (share, draws string) {
	return fmt.Sprintf("habit-%d-share", i+1), fmt.Sprintf("habit-%d-draws", i+1)
}

// nameCrowd gives the form the labels of these inputs, which the forecast has.
func nameCrowd(f *form) {
	for _, field := range forecast.Fields {
		label := field.Label.In(string(f.lang))
		if shares[field.Name] {
			label += " (%)"
		}
		f.names[crowdInput(field.Name)] = label
	}
	for i := range habitRows {
		share, draws := habitInputs(i)
		f.names[share] = f.lang.say("field.habit-share", strconv.Itoa(i+1))
		f.names[draws] = f.lang.say("field.habit-draws", strconv.Itoa(i+1))
	}
}

// showCrowd puts the usual assumptions into the form.
func showCrowd(f *form) {
	nameCrowd(f)
	d := forecast.Defaults()
	f.set("crowd-players", strconv.FormatInt(d.Players, 10))
	f.set("crowd-arrivals", listed(d.Arrivals, 1))
	f.set("crowd-active", listed(d.Active, 100))
	f.set("crowd-windows", strconv.Itoa(d.Windows))
	f.set("crowd-after-set", listed([]float64{d.AfterSet}, 100))
	f.set("crowd-gifts", listed([]float64{d.Gifts}, 100))
	f.set("crowd-redeem", listed([]float64{d.Redeem}, 100))
	f.set("crowd-accounts", strconv.Itoa(d.Accounts))
	f.set("crowd-account-windows", strconv.Itoa(d.PerAccount))
	for i, h := range d.Habits {
		share, draws := habitInputs(i)
		f.set(share, listed([]float64{h.Share}, 100))
		if h.Draws < game.MaxChances {
			f.set(draws, strconv.Itoa(h.Draws))
		}
	}
}

// listed writes numbers in a unit, by commas.
func listed(xs []float64, unit float64) string {
	parts := make([]string, len(xs))
	for i, x := range xs {
		parts[i] = strconv.FormatFloat(math.Round(x*unit*1e6)/1e6, 'f', -1, 64)
	}
	return strings.Join(parts, ", ")
}

// readCrowd reads the assumptions. What the forecast finds wrong with them is refused at its input.
func readCrowd(f *form) forecast.Assumptions {
	nameCrowd(f)
	share := func(id string) float64 { return float64(f.percent(id)) / game.Scale }
	a := forecast.Assumptions{
		Players:  f.number("crowd-players", 1, forecast.MaxPlayers),
		Arrivals: f.list("crowd-arrivals", 1),
		Active:   f.list("crowd-active", 100),
		Windows:  int(f.number("crowd-windows", 1, forecast.MaxPerDay)),
		AfterSet: share("crowd-after-set"), Gifts: share("crowd-gifts"), Redeem: share("crowd-redeem"),
		Accounts:   int(f.number("crowd-accounts", 0, 1_000_000)),
		PerAccount: int(f.number("crowd-account-windows", 1, forecast.MaxPerDay)),
	}
	if f.typed("crowd-days") != "" {
		a.Days = int(f.number("crowd-days", 0, 400))
	}
	for i := range habitRows {
		of, draws := habitInputs(i)
		if f.typed(of) == "" && f.typed(draws) == "" {
			continue
		}
		h := forecast.Habit{Share: share(of), Draws: game.MaxChances}
		if f.typed(draws) != "" {
			h.Draws = int(f.number(draws, 1, game.MaxChances))
		}
		a.Habits = append(a.Habits, h)
	}
	if f.ok() {
		f.refuseCrowd(a.Check())
	}
	return a
}

// list reads numbers with a comma or a space between them, in parts of a unit.
func (f *form) list(id string, unit float64) (xs []float64) {
	separators := func(r rune) bool { return strings.ContainsRune(",，、;； \t\n", r) }
	for _, text := range strings.FieldsFunc(f.typed(id), separators) {
		n, reason := parseFixed(strings.TrimSuffix(cleanNumber(text), "%"), 4, 1e15)
		f.expect(id, "list", reason, "")
		xs = append(xs, float64(n)/1e4/unit)
	}
	return xs
}

// refuseCrowd puts what a forecast refuses beside its inputs, and says whether it had one for all.
func (f *form) refuseCrowd(err error) bool {
	var e *game.Error
	if err == nil || !errors.As(err, &e) || e.Code != game.CodeInvalid {
		return err == nil
	}
	for _, field := range e.Fields {
		name, _, _ := strings.Cut(field.Name, ".")
		id := crowdInput(name)
		if name == "habits" {
			id, _ = habitInputs(0)
		}
		if f.names[id] == "" && name != "habits" {
			return false
		}
		switch {
		case field.Reason == game.ReasonSum && name == "habits":
			f.refuse(id, f.lang.say("wrong.habits"))
		case field.Reason == game.ReasonSum:
			f.refuse(id, f.lang.say("wrong.arrivals"))
		case name == "active":
			f.expect(id, "percent", field.Reason, "0..1000000000")
		default:
			f.expect(id, "count", field.Reason, field.Want)
		}
	}
	return true
}
