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
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Bounds of the simulated crowds of a server, which has players to serve besides.
const (
	crowdsAtOnce = 2
	crowdTime    = 25 * time.Second // with the time that one waits for its turn
	crowdDraws   = 20_000_000       // of all runs together, about; a sample is as large as that allows
	crowdSample  = 5_000
)

// crowds lets few simulated crowds play at once, and of each editor's only the newest.
type crowds struct {
	places chan struct{}

	mu      sync.Mutex
	running map[string]*playing // by editor
}

// playing is the newest run of an editor.
type playing struct{ cancel context.CancelCauseFunc }

func newCrowds() *crowds {
	return &crowds{places: make(chan struct{}, crowdsAtOnce), running: map[string]*playing{}}
}

// errSuperseded is why a run was given up whose editor has asked for another.
var errSuperseded = errors.New("another simulation was asked for")

// enter gives up the run that an editor has and waits for a place. done has to be called.
func (c *crowds) enter(ctx context.Context, editor string) (within context.Context, done func(), err error) {
	ctx, stop := context.WithTimeout(ctx, crowdTime)
	ctx, cancel := context.WithCancelCause(ctx)
	mine := &playing{cancel}
	c.mu.Lock()
	if older := c.running[editor]; older != nil {
		older.cancel(errSuperseded)
	}
	c.running[editor] = mine
	c.mu.Unlock()
	leave := func() {
		cancel(nil)
		stop()
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.running[editor] == mine {
			delete(c.running, editor)
		}
	}
	select {
	case c.places <- struct{}{}:
		return ctx, func() { <-c.places; leave() }, nil
	case <-ctx.Done():
		defer leave()
		return nil, nil, context.Cause(ctx)
	}
}

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
	ctx, done, err := a.crowds.enter(v.ctx(), editor)
	if err == nil {
		defer done()
		var found *forecast.Simulated
		found, err = forecast.Simulate(ctx, q.campaign.Pool, &q.version, told.Told.Assumptions, sampleOf(told.Told, &q.version), progress)
		if err == nil {
			told.Crowd = newCrowdTold(told, found)
			return nil
		}
		err = errors.Join(err, context.Cause(ctx))
	}
	switch {
	case errors.Is(err, errSuperseded), v.ctx().Err() != nil:
		return nil // nobody reads the answer
	case errors.Is(err, context.DeadlineExceeded):
		told.Crowd = &crowdTold{Lines: []string{v.say("forecast.too_long", strconv.Itoa(int(crowdTime.Seconds())))}}
		return nil
	default:
		return fmt.Errorf("simulate %s: %w", q.campaign.Slug, err)
	}
}

// sampleOf says how large a crowd is that plays in some seconds.
func sampleOf(f *forecast.Forecast, v *game.Version) forecast.Simulation {
	s := forecast.DefaultSimulation()
	draws := 0.0
	for _, h := range f.Assumptions.Habits {
		draws += h.Share * float64(min(h.Draws, v.Rounds[0].Chances))
	}
	draws *= float64(f.Assumptions.Windows * len(f.Days))
	s.Players = int(min(crowdSample, max(200, crowdDraws/float64(s.Runs)/max(1, draws))))
	return s
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
