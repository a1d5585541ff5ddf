package admin

import (
	"fmt"
	"net/http"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/vitals"
)

// campaignView is a campaign as its page shows it, at one look at the book.
type campaignView struct {
	game.Campaign
	Zone    *time.Location
	Now     time.Time // game time
	Figures game.Figures
	Draws   int64
	Counted bool // Draws is known
	game.Present
	Shares   game.Shares
	Split    game.Split // that there was or would be, with as many redemptions
	Outcomes []issued
	Board    switchboard
	Mixes    []mixed
	Vitals   vitals.Sign
}

// Expires is when a shadow is removed.
func (h heading) Expires() time.Time {
	if h.ExpiresAt == nil {
		return time.Time{}
	}
	return *h.ExpiresAt
}

// issued is what an outcome has given out.
type issued struct {
	line
	Count    int64
	Limited  bool
	Released int64
	Taken    int64
}

// Left says how long the open window still is, as 1:02:03 or 2:03.
func (c campaignView) Left() string {
	s := int(c.Until.Sub(c.Now).Round(time.Second).Seconds())
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Budget is what instant cash prizes cost at most, in minor units.
func (c campaignView) Budget() int64 {
	if c.Version == nil {
		return 0
	}
	return c.Version.Budget().Total
}

// Cash is what they have cost so far.
func (c campaignView) Cash() (sum int64) {
	for _, out := range c.Outcomes {
		sum += out.Amount * out.Count
	}
	return sum
}

// Waits says whether a round is to come that the page can name.
func (c campaignView) Waits() bool {
	return !c.State.Reached(game.StateClosed) && c.Window == 0 && c.Until.After(c.Now)
}

func (a *Admin) overview(v *visit) error { return a.showOverview(v, http.StatusOK, nil) }

// showOverview shows the page; pressed is a switch that was pressed and refused, nil: none was.
func (a *Admin) showOverview(v *visit, status int, pressed *form) error {
	view, err := a.look(v, v.Param("slug"))
	if err != nil {
		return err
	}
	if view.Board, err = a.switches(v, view.Campaign); err != nil {
		return err
	}
	if pressed != nil {
		view.Board.refuse(pressed)
	}
	return a.show(v, status, "overview", page{
		Title: view.Name.In(string(v.lang)), Tab: "overview", Head: a.heading(view.Campaign),
		Styles: []string{"live.css"}, Scripts: []string{"live.js"}, Body: view,
	})
}

// live answers the part of the overview that changes; the page asks for it again and again.
func (a *Admin) live(v *visit) error {
	view, err := a.look(v, v.Param("slug"))
	if err != nil {
		return err
	}
	return a.render(v, http.StatusOK, "live", view)
}

func (a *Admin) heading(c game.Campaign) *heading { return &heading{Campaign: c, Zone: zoneOf(c)} }

func (a *Admin) look(v *visit, slug string) (campaignView, error) {
	view := campaignView{}
	c, err := a.Book.Campaign(v.ctx(), slug)
	if err != nil {
		return view, fmt.Errorf("read campaign %s: %w", slug, err)
	}
	view.Campaign, view.Zone = c, zoneOf(c)
	if view.Now, err = a.Book.Now(v.ctx()); err != nil {
		return view, fmt.Errorf("read the clock: %w", err)
	}
	view.State = c.StateAt(view.Now) // the job that notes it comes a moment later
	if view.Figures, err = a.Book.Figures(v.ctx(), c.ID); err != nil {
		return view, fmt.Errorf("read the figures of %s: %w", slug, err)
	}
	versions, err := a.Book.Versions(v.ctx(), c.ID)
	if err != nil {
		return view, fmt.Errorf("read the versions of %s: %w", slug, err)
	}
	// Redis counts draws, best effort: without it the page shows the rest.
	draws, err := a.Live.Draws(v.ctx(), c.ID)
	view.Draws, view.Counted = draws, err == nil
	view.Shares, view.Split = c.Pool.Divide(view.Figures.Redemptions), c.Pool.SplitOf(view.Figures.Redemptions)
	if c.State == game.StateSettled {
		settlement, found, err := a.Book.Settlement(v.ctx(), c.ID)
		if err != nil {
			return view, fmt.Errorf("read the settlement of %s: %w", slug, err)
		}
		if found {
			view.Shares, view.Split = settlement.Shares, settlement.Split
		}
	}
	view.Present = game.PresentAt(view.State, versions, view.Now, a.Lead)
	view.Mixes = judge(v.lang, c, game.Published(versions), view.Figures)
	if a.Vitals != nil {
		view.Vitals = a.Vitals()
	}
	view.issue(v.lang)
	return view, nil
}

func (c *campaignView) issue(l lang) {
	if c.Version == nil {
		return
	}
	table := newTable(l, c.Cards, &c.Version.Version)
	for _, line := range table.Lines {
		out := issued{line: line, Count: c.Figures.Issued[line.ID], Taken: c.Figures.Taken[line.ID]}
		if !line.known && out.Count == 0 {
			continue
		}
		stock, limited := c.Version.Version.Stock(line.ID)
		out.Limited = limited
		if limited {
			out.Released = stock.Released(c.Now)
		}
		c.Outcomes = append(c.Outcomes, out)
	}
}
