package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// registerDeveloper adds the controls of development: POST /admin/dev/campaigns/SLUG/ACT and
// POST /admin/dev/reset. A script sends them as JSON with the session's cookie.
func (a *Admin) registerDeveloper(g *echo.Group) {
	g.GET("/dev", a.staffed(anybody, a.developerPage))
	g.POST("/dev/reset", a.staffed(game.Role.MayPublish, a.reset))
	for act, do := range map[string]func(context.Context, string) error{
		"skip-window": a.Developer.SkipWindow,
		"close":       a.Developer.Close,
		"seal":        a.Developer.Seal,
		"settle":      a.Developer.Settle,
	} {
		g.POST("/dev/campaigns/:slug/"+act, a.staffed(game.Role.MayPublish, a.act(act, do)))
	}
}

// developerControls is the body of the developer's page.
type developerControls struct {
	Campaigns []heading
	Now       time.Time // game time
}

func (a *Admin) developerPage(v *visit) error {
	campaigns, err := a.Book.Campaigns(v.ctx())
	if err != nil {
		return fmt.Errorf("list campaigns: %w", err)
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	body := developerControls{Now: now}
	for _, c := range campaigns {
		body.Campaigns = append(body.Campaigns, *a.heading(c))
	}
	return a.showOK(v, "developer", page{Title: v.say("dev.title"), Body: body})
}

func (a *Admin) act(name string, do func(context.Context, string) error) handler {
	return func(v *visit) error {
		slug := v.Param("slug")
		if err := do(v.ctx(), slug); err != nil {
			return fmt.Errorf("dev: %s %s: %w", name, slug, err)
		}
		if !wantsJSON(v) {
			return v.seeOther("/admin/campaigns/"+url.PathEscape(slug), "done", name)
		}
		c, err := a.Book.Campaign(v.ctx(), slug)
		if err != nil {
			return fmt.Errorf("read campaign %s: %w", slug, err)
		}
		return a.answerScript(v, c.State)
	}
}

func (a *Admin) reset(v *visit) error {
	if err := a.Developer.Reset(v.ctx()); err != nil {
		return fmt.Errorf("dev: reset: %w", err)
	}
	if !wantsJSON(v) {
		return v.seeOther(home, "done", "reset")
	}
	return a.answerScript(v, "")
}

// answerScript tells a script the game time and the campaign's state.
func (a *Admin) answerScript(v *visit, state game.State) error {
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	answer := map[string]any{"now": now.UTC()}
	if state != "" {
		answer["state"] = state
	}
	return v.JSON(http.StatusOK, answer)
}
