package admin

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// read makes odds, stocks, guarantee and bonus of what was typed; the rounds are the base's.
func (t *oddsTable) read(f *form) game.Version {
	v := game.Version{Rounds: t.base.Rounds, Bonus: readBonus(f, t.base.Bonus)}
	v.Odds.Miss = game.Scale
	t.written, t.stocked = nil, nil
	for _, l := range t.Lines {
		if !l.readPrize(f) {
			continue
		}
		l.Weight = f.percent("odds-" + l.Key)
		v.Odds.Miss -= l.Weight
		limited := f.typed("stock-"+l.Key+"-total") != ""
		if !l.known && l.Weight == 0 && !limited && !t.fallenBackTo(f, l.Key) {
			continue // it has no part in this version
		}
		l.Fallback = ""
		if limited {
			l.Fallback = t.readFallback(f, l)
			v.Stocks = append(v.Stocks, readStock(f, l))
			t.stocked = append(t.stocked, l)
		}
		v.Odds.Outcomes = append(v.Odds.Outcomes, l.Outcome)
		t.written = append(t.written, l)
	}
	v.Odds.Miss = readMiss(f, v.Odds.Miss)
	v.Guarantee = t.readGuarantee(f, v.Odds)
	return v
}

// readMiss gives the miss, which is what the outcomes leave of 100 % unless it is locked.
func readMiss(f *form, rest int64) int64 {
	miss := rest
	if f.typed("lock-miss") == "" {
		f.set("odds-miss", formatPercent(rest))
	} else {
		miss = f.percent("odds-miss")
	}
	switch off := rest - miss; {
	case rest < 0:
		f.refuse("odds-miss", f.lang.say("wrong.oversum", formatPercent(game.Scale-rest), formatPercent(-rest)))
	case off < 0:
		f.refuse("odds-miss", f.lang.say("wrong.oversum", formatPercent(game.Scale-off), formatPercent(-off)))
	case off > 0:
		f.refuse("odds-miss", f.lang.say("wrong.undersum", formatPercent(game.Scale-off), formatPercent(off)))
	}
	return miss
}

func (t *oddsTable) fallenBackTo(f *form, key string) bool {
	return slices.ContainsFunc(t.Lines, func(l line) bool {
		return f.typed("stock-"+l.Key+"-total") != "" && f.typed("stock-"+l.Key+"-out") == key
	})
}

func (t *oddsTable) readFallback(f *form, l line) game.OutcomeID {
	key := f.typed("stock-" + l.Key + "-out")
	id := t.idOfKey(key)
	if key != "" && id == "" {
		f.expect("stock-"+l.Key+"-out", "fallback", game.ReasonUnknown, "")
	}
	return id
}

func readStock(f *form, l line) game.Stock {
	s := game.Stock{Outcome: l.ID, Total: f.number("stock-"+l.Key+"-total", 1, game.MaxStock)}
	s.Releases = readTimetable(f, l, s.Total)
	return s
}

// readGuarantee reads M and the odds of the M-th chance, which are those of the table without the
// miss where nothing is typed.
func (t *oddsTable) readGuarantee(f *form, odds game.Odds) *game.Guarantee {
	own := slices.ContainsFunc(t.written, func(l line) bool { return f.typed("guarantee-"+l.Key) != "" })
	if f.typed("guarantee-every") == "" {
		if own {
			f.expect("guarantee-every", "count", game.ReasonRequired, "")
		}
		return nil
	}
	g := &game.Guarantee{Every: int(f.number("guarantee-every", 2, 256))}
	if !own {
		if g.Weights = proportional(odds.Weights()); g.Weights == nil {
			f.refuse("guarantee-every", f.lang.say("wrong.guarantee-empty"))
		}
		return g
	}
	for _, l := range t.written {
		g.Weights = append(g.Weights, f.percent("guarantee-"+l.Key))
	}
	return g
}

// place finds the input of a field of the odds, stocks or guarantee that game names by its
// position in the version, or a stock by its outcome.
func (t *oddsTable) place(head, rest string) (id, kind string) {
	which, field, _ := strings.Cut(rest, ".")
	at := func(lines []line, number string) (line, bool) {
		i, err := strconv.Atoi(number)
		if err != nil || i < 0 || i >= len(lines) {
			return line{}, false
		}
		return lines[i], true
	}
	switch head {
	case "outcomes":
		l, ok := at(t.written, which)
		switch {
		case !ok:
		case field == "fallback":
			return "stock-" + l.Key + "-out", "fallback"
		case field == "amount":
			return prizeID(l.Key, "amount"), "money"
		case field == "stock":
			return "stock-" + l.Key + "-total", "count"
		case strings.HasPrefix(field, "name"):
			return prizeID(l.Key, "name-en"), "text"
		default:
			return "odds-" + l.Key, "percent"
		}
	case "guarantee":
		if l, ok := at(t.written, field); ok {
			return "guarantee-" + l.Key, "percent"
		}
	case "stocks":
		if l, ok := at(t.stocked, which); ok && field == "releases" {
			return releasesID(l.Key), "text"
		} else if ok {
			return "stock-" + l.Key + "-total", "count"
		}
		for _, l := range t.Lines {
			if string(l.ID) == which {
				return "stock-" + l.Key + "-total", "count"
			}
		}
	}
	return "", ""
}

// stand takes the table as it is in its base version, without a form: refusals of a saved version
// name positions too.
func (t *oddsTable) stand() {
	t.written, t.stocked = nil, nil
	for _, l := range t.Lines {
		if l.known {
			t.written = append(t.written, l)
		}
	}
	for _, s := range t.base.Stocks {
		for _, l := range t.written {
			if l.ID == s.Outcome {
				t.stocked = append(t.stocked, l)
			}
		}
	}
}
