package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// A pause acts at once, on every server. It needs a reason, which the activity keeps; players are
// told in the game's own words that something is paused and that their cards are safe.

func (a *Admin) registerSwitches(g *echo.Group) {
	g.POST("/campaigns/:slug/switch", a.staffed(game.Role.MayPublish, a.moveSwitch))
}

// switchboard is what the switches of a campaign show.
type switchboard struct {
	Switches []lever
	All      bool   // all is paused
	Last     string // who paused or resumed something last, when and why
	Asked    string // the switch that was pressed without a reason
}

// lever is one switch.
type lever struct {
	Name   string
	Paused bool
	Asked  bool // it was pressed without a reason
}

// Title and Says are the keys of what the switch is called, and of what it says.
func (l lever) Title() string {
	if l.Name == "shaking" {
		return "switch.shaking"
	}
	return "switch.redemption"
}

func (l lever) Says() string {
	switch {
	case l.Name == "shaking" && l.Paused:
		return "switch.shaking_paused"
	case l.Name == "shaking":
		return "switch.shaking_on"
	case l.Paused:
		return "switch.redemption_paused"
	}
	return "switch.redemption_on"
}

// switches reads how the switches of a campaign stand.
func (a *Admin) switches(v *visit, c game.Campaign) (switchboard, error) {
	b := switchboard{
		Switches: []lever{{Name: "shaking", Paused: c.ShakingPaused}, {Name: "redemption", Paused: c.RedemptionPaused}},
		All:      c.ShakingPaused && c.RedemptionPaused,
	}
	acts, err := a.Activity.Acts(v.ctx(), game.ActFilter{Campaign: c.ID, Action: game.ActionSwitchesMoved, Limit: 1})
	if err != nil {
		return b, fmt.Errorf("read who moved the switches of %s: %w", c.Slug, err)
	}
	if len(acts) > 0 {
		act := acts[0]
		b.Last = v.say("switch.last", a.loginOf(v, act.By), v.lang.moment(act.At, zoneOf(c)))
		if act.Reason != "" {
			b.Last += v.say("colon") + act.Reason
		}
	}
	return b, nil
}

// moveSwitch pauses or resumes shaking, redemption or everything.
func (a *Admin) moveSwitch(v *visit) error {
	slug := v.Param("slug")
	c, err := a.Book.Campaign(v.ctx(), slug)
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", slug, err)
	}
	name, paused := v.FormValue("switch"), v.FormValue("paused") == "true"
	to := c.Switches()
	switch name {
	case "shaking":
		to.ShakingPaused = paused
	case "redemption":
		to.RedemptionPaused = paused
	case "all":
		to = game.Switches{ShakingPaused: paused, RedemptionPaused: paused}
	default:
		return game.FailField(game.CodeInvalid, "switch", game.ReasonUnknown, "shaking, redemption, all")
	}
	reason := strings.TrimSpace(v.FormValue("reason"))
	err = a.Campaigns.Switch(v.ctx(), slug, to, v.staff.ID, reason)
	if game.CodeOf(err) == game.CodeInvalid {
		return a.showOverview(v, http.StatusUnprocessableEntity, name)
	}
	if err != nil {
		return fmt.Errorf("move a switch of %s: %w", slug, err)
	}
	done := name + "_resumed"
	if paused {
		done = name + "_paused"
	}
	return v.seeOther("/admin/campaigns/"+url.PathEscape(slug), "done", done)
}
