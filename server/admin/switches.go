package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// A pause acts at once, on every server. It needs a reason, which the activity keeps and players do not
// see. What they read in the game is its notice, in a language or two; without one the game says in its
// own words that something is paused and that their cards are safe.

func (a *Admin) registerSwitches(g *echo.Group) {
	g.POST("/campaigns/:slug/switch", a.staffed(game.Role.MayPublish, a.moveSwitch))
}

// switchboard is what the switches of a campaign show.
type switchboard struct {
	Switches []lever
	All      bool   // all is paused
	Kill     lever  // of both
	Last     string // who paused or resumed something last, when and why
	Refused  string // why the switch that was pressed has not moved
}

// lever is one switch.
type lever struct {
	Name   string
	Paused bool
	Notice game.Text // that players read
	Asked  bool      // it was pressed, and refused
	Form   *form     // what was typed
}

// Most is the most characters of a notice.
func (lever) Most() int { return game.MaxNotice }

// Told says whether players read a notice.
func (l lever) Told() bool { return len(l.Notice) > 0 }

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

func (b *switchboard) levers() []*lever { return []*lever{&b.Switches[0], &b.Switches[1], &b.Kill} }

// refuse shows what was typed once more, and what is wrong with it.
func (b *switchboard) refuse(f *form) {
	for _, l := range b.levers() {
		if l.Name == f.typed("switch") {
			l.Asked, l.Form = true, f
		}
	}
	b.Refused = f.wrong["reason"]
	if b.Refused == "" {
		b.Refused = f.wrong[f.order[0]]
	}
}

// switches reads how the switches of a campaign stand.
func (a *Admin) switches(v *visit, c game.Campaign) (switchboard, error) {
	b := switchboard{
		Switches: []lever{
			{Name: "shaking", Paused: c.ShakingPaused, Notice: c.ShakingNotice},
			{Name: "redemption", Paused: c.RedemptionPaused, Notice: c.RedemptionNotice},
		},
		All:  c.ShakingPaused && c.RedemptionPaused,
		Kill: lever{Name: "all"},
	}
	for _, l := range b.levers() {
		l.Form = newForm(v.lang, url.Values{})
		l.Form.setBoth("notice-"+l.Name, l.Notice)
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
	f, err := v.form()
	if err != nil {
		return err
	}
	name, paused := f.typed("switch"), f.typed("paused") == "true"
	notice := f.both("notice-" + name)
	to := c.Switches()
	switch name {
	case "shaking":
		to.ShakingPaused, to.ShakingNotice = paused, notice
	case "redemption":
		to.RedemptionPaused, to.RedemptionNotice = paused, notice
	case "all":
		to.ShakingPaused, to.RedemptionPaused = paused, paused
		if len(notice) > 0 {
			to.ShakingNotice, to.RedemptionNotice = notice, notice
		}
	default:
		return game.FailField(game.CodeInvalid, "switch", game.ReasonUnknown, "shaking, redemption, all")
	}
	err = a.Campaigns.Switch(v.ctx(), slug, to, v.staff.ID, f.typed("reason"))
	if game.CodeOf(err) == game.CodeInvalid {
		for _, field := range game.FieldsOf(err) {
			id, kind := "reason", "reason"
			if _, language, ok := strings.Cut(field.Name, "."); ok {
				id, kind = "notice-"+name+"-"+language, "notice"
			}
			f.expect(id, kind, field.Reason, field.Want)
		}
		return a.showOverview(v, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return fmt.Errorf("move a switch of %s: %w", slug, err)
	}
	done := name + "_resumed"
	switch {
	case paused && !to.Pauses(c.Switches()):
		done = "notice_changed"
	case paused:
		done = name + "_paused"
	}
	return v.seeOther("/admin/campaigns/"+url.PathEscape(slug), "done", done)
}
