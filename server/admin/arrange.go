package admin

import (
	"net/http"

	"github.com/fivefold/fivefold/server/game"
)

// arrange does what a button of the editor says to what was typed, and shows the editor again.
// Nothing is saved. The page's scripts do the same without asking.
func (a *Admin) arrange(v *visit, act string) error {
	c, p, err := a.postedOdds(v)
	if err != nil {
		return err
	}
	switch act {
	case "add-cash":
		addPrize(p.Form, game.KindCash)
		p.begin(v, c)
	case "add-voucher":
		addPrize(p.Form, game.KindVoucher)
		p.begin(v, c)
	case "balance":
		p.Table.balance(p.Form)
	case "forecast", "simulate":
		version := p.Table.read(p.Form)
		if p.Schedule {
			version.Rounds = readSchedule(p.Form)
		}
		p.Forecast, err = a.foretold(v, question{c, p.Form, version}, act == "simulate")
		if err != nil {
			return err
		}
	default:
		return game.FailField(game.CodeInvalid, "act", game.ReasonUnknown, "balance, forecast, simulate, add-cash, add-voucher")
	}
	if !p.Form.ok() {
		return a.showOdds(v, http.StatusUnprocessableEntity, c, p)
	}
	return a.showOdds(v, http.StatusOK, c, p)
}

// foretold forecasts for a page without a script, which has the crowd's figures when they are there.
func (a *Admin) foretold(v *visit, q question, crowd bool) (*foretold, error) {
	told, err := foretell(v, q)
	if err != nil || !crowd {
		return told, err
	}
	return told, a.play(v, q, told, nil)
}

// balance spreads over the lines without a lock what the others leave of 100 %. The miss is one of them.
func (t *oddsTable) balance(f *form) {
	var keys []string
	for _, l := range t.Lines {
		keys = append(keys, l.Key)
	}
	keys = append(keys, "miss")
	weights, locked := make([]int64, len(keys)), make([]bool, len(keys))
	for i, key := range keys {
		locked[i] = f.typed("lock-"+key) != ""
		if key == "miss" && !locked[i] {
			weights[i], _ = parsePercent(f.typed("odds-miss")) // which nobody may have typed
		} else {
			weights[i] = f.percent("odds-" + key)
		}
	}
	if !f.ok() {
		return
	}
	balanced, err := game.Balance(weights, locked)
	if err != nil {
		f.refuse("odds-miss", f.lang.say("wrong.locked"))
		return
	}
	for i, key := range keys {
		if balanced[i] != weights[i] || key == "miss" {
			f.set("odds-"+key, formatPercent(balanced[i]))
		}
	}
}
