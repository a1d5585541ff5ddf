package admin

import (
	"context"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// foretold is what the odds in the editor lead to.
type foretold struct {
	*forecast.Forecast
	Waits    []Problem // what has to be put right first; the forecast is nil then
	Currency string
	Stocks   []lasting
}

// lasting is how long a limited outcome lasts.
type lasting struct {
	Name         string
	Given, Total string
	Dry, Gone    string // the day, counted from the opening; "": it lasts
}

// forecastTime bounds a forecast: one takes some ten milliseconds.
const forecastTime = 3 * time.Second

// foresee answers the forecast of what stands in the editor. It saves nothing.
func (a *Admin) foresee(v *visit) error {
	c, p, version, err := a.typedOdds(v)
	if err != nil {
		return err
	}
	if !v.staff.Role.MayEdit() { // whose inputs the browser does not send
		p.Form.wrong, p.Form.order, version = map[string]string{}, nil, p.Base.Version
	}
	p.Table.name(p.Form)
	told, err := foretell(v, c, p.Form, &version)
	if err != nil {
		return err
	}
	return a.render(v, http.StatusOK, "foretold", told)
}

// showCrowd puts the usual assumptions into the form.
func showCrowd(f *form) {
	d := forecast.Defaults()
	f.set("crowd-players", strconv.FormatInt(d.Players, 10))
	f.set("crowd-windows", strconv.Itoa(d.Windows))
	f.set("crowd-gifts", formatPercent(int64(math.Round(d.Gifts*game.Scale))))
}

func readCrowd(f *form) forecast.Assumptions {
	a := forecast.Defaults()
	a.Players = f.number("crowd-players", 1, forecast.MaxPlayers)
	a.Windows = int(f.number("crowd-windows", 1, forecast.MaxPerDay))
	a.Gifts = float64(f.percent("crowd-gifts")) / game.Scale
	return a
}

// foretell forecasts a version. What a designer can put right is in the answer, not an error.
func foretell(v *visit, c game.Campaign, f *form, version *game.Version) (*foretold, error) {
	assumed := readCrowd(f)
	if !f.ok() {
		return &foretold{Waits: f.Problems()}, nil
	}
	ctx, cancel := context.WithTimeout(v.ctx(), forecastTime)
	defer cancel()
	found, err := forecast.Campaign(ctx, c.Pool, version, assumed)
	switch {
	case game.CodeOf(err) == game.CodeInvalid:
		return &foretold{Waits: []Problem{{Sentence: v.say("forecast.invalid")}}}, nil
	case err != nil:
		return nil, fmt.Errorf("forecast %s: %w", c.Slug, err)
	}
	told := &foretold{Forecast: found, Currency: c.Pool.Currency}
	table := newTable(v.lang, c.Cards, version)
	for _, s := range found.Stocks {
		l := lasting{Given: rounded(s.Given), Total: count(s.Total), Dry: onDay(s.DryAt), Gone: onDay(s.GoneAt)}
		for _, line := range table.Lines {
			if line.ID == s.Outcome {
				l.Name = line.Name
			}
		}
		told.Stocks = append(told.Stocks, l)
	}
	return told, nil
}

// rounded writes an expected number of people or things.
func rounded(x float64) string { return count(int64(math.Round(x))) }

// onDay gives the day of a moment that is given in days from the opening.
func onDay(at *float64) string {
	if at == nil {
		return ""
	}
	return strconv.Itoa(int(math.Floor(*at)) + 1)
}

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

// Prizes is the cash that is expected to be won at once, in minor units.
func (f *foretold) Prizes() int64 { return int64(math.Round(f.last().Prizes)) }

func (f *foretold) last() forecast.Day { return f.Days[len(f.Days)-1] }

// Outlook is of one player alone.
func (f *foretold) Outlook() forecast.Outlook { return f.All.Outlook }
func (f *foretold) Mean() string              { return rounded(f.All.Outlook.Mean) }

// Keen is the chance of who plays on every day and spends all of the windows.
func (f *foretold) Keen() string { return share(f.Players[len(f.Players)-1].Keen) }

// Pooled is how many sets many accounts in one hand make at most.
func (f *foretold) Pooled() string { return rounded(f.Accounts.AtMost) }

// The chart's own units.
const chartWidth, chartHeight = 640.0, 160.0

// Curve is the line of those who have a set, day by day, over a chart as high as all who come; alone
// without gifts.
func (f *foretold) Curve(alone bool) template.HTMLAttr {
	var b strings.Builder
	b.WriteString(`d="M0 ` + strconv.Itoa(int(chartHeight)))
	for i, d := range f.Days {
		y := d.Finished
		if alone {
			y = d.Alone
		}
		x := chartWidth * float64(i+1) / float64(len(f.Days))
		fmt.Fprintf(&b, " L%.1f %.1f", x, chartHeight*(1-y/max(1, f.last().Arrived)))
	}
	b.WriteString(`"`)
	return template.HTMLAttr(b.String())
}
