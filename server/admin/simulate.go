package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign/forecast"
)

// crowdTold is what a simulated crowd did, as the panel shows it.
type crowdTold struct {
	told  *forecast.Simulated
	Lines []string
}

// step is a line of the answer: how far the crowd is, and at last the panel.
type step struct {
	Done int    `json:"done,omitempty"`
	Of   int    `json:"of,omitempty"`
	HTML string `json:"html,omitempty"`
}

// simulate plays what stands in the editor with a crowd. The answer is a line of JSON for each run that
// is done and one with the panel; a browser that goes away, or asks again, ends it.
func (a *Admin) simulate(v *visit) error {
	q, err := a.asked(v)
	if err != nil {
		return err
	}
	told, err := foretell(v, q)
	if err != nil {
		return err
	}
	w := v.Response()
	w.Header().Set(echo.HeaderContentType, "application/x-ndjson")
	w.WriteHeader(http.StatusOK)
	lines := json.NewEncoder(w)
	say := func(s step) {
		_ = lines.Encode(s) // who has gone is noticed by the context
		w.Flush()
	}
	if err := a.play(v, q, told, func(done, of int) { say(step{Done: done, Of: of}) }); err != nil {
		return err
	}
	html, err := a.fragment(v, "foretold", told)
	if err != nil {
		return err
	}
	say(step{HTML: html})
	return nil
}

// play adds to a forecast what a crowd does. One that takes too long is told instead.
func (a *Admin) play(v *visit, q question, told *foretold, progress func(done, of int)) error {
	if len(told.Waits) > 0 {
		return nil
	}
	editor := string(v.staff.ID) + " " + v.FormValue("editor")
	found, err := a.Crowds.Play(v.ctx(), editor, q.campaign.Pool, &q.version, told.Told, progress)
	switch {
	case err == nil:
		told.Crowd = newCrowdTold(told, found)
		return nil
	case errors.Is(err, forecast.ErrSuperseded), v.ctx().Err() != nil:
		return nil // nobody reads the answer
	case errors.Is(err, context.DeadlineExceeded):
		told.Crowd = &crowdTold{Lines: []string{v.say("forecast.too_long", strconv.Itoa(int(forecast.CrowdTime.Seconds())))}}
		return nil
	default:
		return fmt.Errorf("simulate %s: %w", q.campaign.Slug, err)
	}
}

func newCrowdTold(f *foretold, s *forecast.Simulated) *crowdTold {
	l := f.lang
	money := func(i forecast.Interval) string {
		return l.say("forecast.between", f.money(int64(i.Mean)), f.money(int64(i.Low)), f.money(int64(i.High)))
	}
	people := func(i forecast.Interval) string {
		return l.say("forecast.between", rounded(i.Mean), rounded(i.Low), rounded(i.High))
	}
	c := &crowdTold{told: s, Lines: []string{
		l.say("forecast.crowd_finished", people(s.Finished), rounded(s.Finished.Least), rounded(s.Finished.Most)),
		l.say("forecast.crowd_share", money(s.Share)),
	}}
	for _, stock := range s.Stocks {
		c.Lines = append(c.Lines, l.say("forecast.crowd_stock", f.names[stock.Outcome], people(stock.Given), strconv.Itoa(stock.Dry), strconv.Itoa(s.Runs)))
	}
	if n := f.Told.Accounts.Accounts; n > 0 {
		c.Lines = append(c.Lines, l.say("forecast.crowd_accounts", count(int64(n)), people(s.Sets), money(s.Gain)))
	}
	return c
}

// Runs and Players say how the crowd was played.
func (c *crowdTold) Runs() int    { return c.told.Runs }
func (c *crowdTold) Players() int { return c.told.Players }
func (c *crowdTold) Played() bool { return c.told != nil }

func span(i forecast.Interval) string { return rounded(i.Low) + " – " + rounded(i.High) }

// Band is the area between the bounds of the crowd, day by day.
func (f *foretold) Band() template.HTMLAttr {
	points := [][2]float64{{0, 0}}
	for i, d := range f.Crowd.told.Days {
		points = append(points, f.at(i, d.High))
	}
	for i := len(f.Crowd.told.Days) - 1; i >= 0; i-- {
		points = append(points, f.at(i, f.Crowd.told.Days[i].Low))
	}
	return stroke(points)
}

// fragment renders a part of a page.
func (a *Admin) fragment(v *visit, name string, data any) (string, error) {
	var out bytes.Buffer
	if err := a.templates[v.lang].ExecuteTemplate(&out, name, data); err != nil {
		return "", fmt.Errorf("admin: render %s: %w", name, err)
	}
	return out.String(), nil
}
