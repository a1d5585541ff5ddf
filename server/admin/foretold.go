package admin

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// foretold is what the odds in the editor lead to, as the panel shows it.
type foretold struct {
	Waits   []Problem // what has to be put right first; there is nothing else then
	Told    *forecast.Forecast
	Figures []figure
	Gets    []string // what a player gets beside the plain odds
	Lasts   []string // how long each limited outcome lasts
	Risk    []string // what may have to be paid, and to whom it should not go
	Crowd   *crowdTold

	lang  lang
	money func(amount int64) string
	names map[game.OutcomeID]string
	curve []forecast.By
}

// figure is a number with the sentence that says what it is.
type figure struct{ ID, Label, Value, Sentence string }

func newForetold(l lang, q question, found *forecast.Forecast, curve []forecast.By) *foretold {
	f := &foretold{Told: found, lang: l, curve: curve, names: map[game.OutcomeID]string{}}
	f.money = func(amount int64) string { return formatMoney(amount, q.campaign.Pool.Currency) }
	for _, line := range newTable(l, q.campaign.Cards, &q.version).Lines {
		f.names[line.ID] = line.Name
	}
	f.Gets = promises(l, &q.version, f.names)
	f.Figures = append(f.shares(), f.draws()...)
	for _, s := range found.Stocks {
		f.Lasts = append(f.Lasts, f.lasting(s))
	}
	f.Risk = f.risk()
	return f
}

// shares are what a winner gets.
func (f *foretold) shares() []figure {
	m, last := f.Told.Money, f.last()
	share, alone := "–", "–"
	if m.Winners > 0 {
		share = f.money(m.Share)
	}
	if m.ShareAlone > 0 {
		alone = f.money(m.ShareAlone)
	}
	each := []figure{{"share", f.lang.say("forecast.share"), share, f.lang.say("forecast.share_is", count(m.Winners), f.money(m.Pool))}}
	if l := m.Luck; l != nil {
		each = []figure{
			{"share", f.lang.say("forecast.share_mean"), share, f.lang.say("forecast.share_mean_is", count(m.Winners), f.money(m.Pool))},
			{"luck", f.lang.say("forecast.luck"), f.money(l.Low) + " – " + strings.TrimPrefix(f.money(l.High), m.Currency+"\u00a0"),
				f.lang.say("forecast.luck_is", f.money(l.Low), f.money(l.Median), f.money(l.High), f.money(l.Floor))},
		}
	} else if m.FellEqual {
		each[0].Sentence = f.lang.say("forecast.share_fallen", count(m.Winners))
	}
	return append(each, figure{"share-alone", f.lang.say("forecast.share_alone"), alone, f.lang.say("forecast.share_alone_is", rounded(last.Alone))})
}

// draws are how long a player needs.
func (f *foretold) draws() []figure {
	o := f.Told.All.Outlook
	mean, unlucky := "∞", "∞"
	meanIs, unluckyIs := f.lang.say("forecast.never"), f.lang.say("forecast.never")
	if !o.Never {
		mean, unlucky = rounded(o.Mean), count(o.P99)
		meanIs = f.lang.say("forecast.mean_is", count(o.Median), count(o.P90))
		unluckyIs = f.lang.say("forecast.unlucky_is", count(o.P99))
	}
	keenest := f.Told.Players[len(f.Told.Players)-1]
	for _, p := range f.Told.Players {
		if p.Draws > keenest.Draws {
			keenest = p
		}
	}
	return []figure{
		{"mean", f.lang.say("forecast.mean"), mean, meanIs},
		{"unlucky", f.lang.say("forecast.unlucky"), unlucky, unluckyIs},
		{"keen", f.lang.say("forecast.keen"), share(keenest.Keen) + " %", f.lang.say("forecast.keen_is",
			strconv.Itoa(f.Told.Assumptions.Windows), strconv.Itoa(keenest.Unlucky))},
	}
}

// lasting says how long a limited outcome lasts.
func (f *foretold) lasting(s forecast.Stock) string {
	name := f.names[s.Outcome]
	switch {
	case s.GoneAt != nil:
		return f.lang.say("forecast.stock_gone", name, count(s.Total), onDay(s.GoneAt), rounded(s.Lacking))
	case s.DryAt != nil:
		return f.lang.say("forecast.stock_dry", name, rounded(s.Given), count(s.Total), onDay(s.DryAt))
	default:
		return f.lang.say("forecast.stock_lasts", name, rounded(s.Given), count(s.Total))
	}
}

func (f *foretold) risk() []string {
	m, a := f.Told.Money, f.Told.Accounts
	risk := f.lang.say("forecast.at_risk", f.money(m.AtRisk))
	if m.Instant > 0 {
		won := int64(math.Round(f.last().Prizes))
		risk = f.lang.say("forecast.at_risk_prizes", f.money(m.AtRisk), f.money(m.Pool), f.money(m.Instant), f.money(won))
	}
	if a.Accounts == 0 {
		return []string{risk}
	}
	return []string{risk, f.lang.say("forecast.accounts", count(int64(a.Accounts)), strconv.Itoa(f.Told.Assumptions.PerAccount),
		rounded(a.Finished), f.money(a.Gain), rounded(a.AtMost), f.money(a.MostGain))}
}

// rounded writes an expected number of people or things.
func rounded(x float64) string { return count(int64(math.Round(x))) }

// onDay gives the day of a moment that is given in days from the opening.
func onDay(at *float64) string { return strconv.Itoa(int(math.Floor(*at)) + 1) }

// share writes a share of 1 as a percentage of as many digits as say something.
func share(x float64) string {
	switch p := 100 * x; {
	case p > 0 && p < .01:
		return "< 0.01"
	case p < 100 && p > 99.99:
		return "> 99.99"
	default:
		return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(p, 'f', 2, 64), "0"), ".")
	}
}

// Finished is who has a set at the end, and Came who has played.
func (f *foretold) Finished() string { return rounded(f.last().Finished) }
func (f *foretold) Alone() string    { return rounded(f.last().Alone) }
func (f *foretold) Came() string     { return rounded(f.last().Arrived) }
func (f *foretold) Part() string     { return share(f.last().Finished / max(1, f.last().Arrived)) }

func (f *foretold) last() forecast.Day { return f.Told.Days[len(f.Told.Days)-1] }

// Never says that there is no way to a set.
func (f *foretold) Never() bool { return f.Told.All.Outlook.Never }

// Evening is a day of the table beside the chart.
type Evening struct {
	Day                            int
	Came, Finished, Alone, Between string
}

// Evenings are all days, with the crowd's interval where one was simulated.
func (f *foretold) Evenings() []Evening {
	var all []Evening
	for i, d := range f.Told.Days {
		e := Evening{Day: d.Day, Came: rounded(d.Arrived), Finished: rounded(d.Finished), Alone: rounded(d.Alone)}
		if f.Crowd != nil {
			e.Between = span(f.Crowd.told.Days[i])
		}
		all = append(all, e)
	}
	return all
}

// The charts' own units.
const chartWidth, chartHeight = 640.0, 160.0

// stroke draws a line through points whose coordinates are shares of the chart.
func stroke(points [][2]float64) template.HTMLAttr {
	var b strings.Builder
	for i, p := range points {
		letter := " L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&b, "%s%.1f %.1f", letter, chartWidth*p[0], chartHeight*(1-p[1]))
	}
	return template.HTMLAttr(`d="` + b.String() + `"`)
}

// Line is the line of those who have a set, day by day, over a chart as high as all who come; alone
// without gifts.
func (f *foretold) Line(alone bool) template.HTMLAttr {
	points := [][2]float64{{0, 0}}
	for i, d := range f.Told.Days {
		y := d.Finished
		if alone {
			y = d.Alone
		}
		points = append(points, f.at(i, y))
	}
	return stroke(points)
}

func (f *foretold) at(day int, players float64) [2]float64 {
	return [2]float64{float64(day+1) / float64(len(f.Told.Days)), players / max(1, f.last().Arrived)}
}

// Half is half of all who come, for the scale beside the chart.
func (f *foretold) Half() string { return rounded(f.last().Arrived / 2) }

// Chance is the line of the chance to have a set by draws made, and Reaches where it ends.
func (f *foretold) Chance() template.HTMLAttr {
	var points [][2]float64
	for _, by := range f.curve {
		points = append(points, [2]float64{float64(by.Draws) / float64(f.Reaches()), by.Finished})
	}
	return stroke(points)
}

// Reaches is where the curve of the chance ends.
func (f *foretold) Reaches() int64 { return max(1, f.curve[len(f.curve)-1].Draws) }

// Halfway is the middle of its scale.
func (f *foretold) Halfway() string { return count(f.Reaches() / 2) }

// By are some points of the curve in numbers.
func (f *foretold) By() []figure {
	var some []figure
	for i := 0; i < len(f.curve); i += 8 {
		by := f.curve[i]
		some = append(some, figure{Label: count(by.Draws), Value: share(by.Finished) + " %"})
	}
	return some
}
