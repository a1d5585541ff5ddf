package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
)

// Rehearsals sends synthetic crowds through versions; rehearse.Service does.
type Rehearsals interface {
	// Start begins one. Codes: campaign_unknown, version_unknown, state_conflict, and invalid for the plan's fields.
	Start(ctx context.Context, slug string, number int, p rehearse.Plan, by game.StaffID) error
	Stop(id game.CampaignID)
	Progress(id game.CampaignID) (rehearse.Progress, bool)
	Open() bool // whether a real campaign is open on this server
}

func (a *Admin) registerRehearsals(g *echo.Group) {
	g.GET("/campaigns/:slug/rehearse", a.staffed(anybody, a.rehearsePage))
	g.GET("/campaigns/:slug/rehearse/progress", a.staffed(anybody, a.rehearseProgress))
	g.POST("/campaigns/:slug/rehearse", a.staffed(game.Role.MayEdit, a.startRehearsal))
	g.POST("/campaigns/:slug/rehearse/stop", a.staffed(game.Role.MayEdit, a.stopRehearsal))
}

// rehearsing is the body of the page.
type rehearsing struct {
	Form     *form
	Versions []game.SavedVersion // the newest first
	Version  int                 // that is chosen
	Live     bool                // a real campaign is open on this server
	Asked    bool                // it was started without the confirmation for that
	Refused  string
	Now      rehearsalNow
	Past     []rehearsed // the newest first
}

// rehearsalNow is the part of the page that changes.
type rehearsalNow struct {
	Head    *heading
	Running *rehearse.Progress
	MayEdit bool
	CSRF    string
}

// rehearsed is a rehearsal that is over.
type rehearsed struct {
	rehearse.Result
	Kept  game.Rehearsal
	Who   string
	Zone  *time.Location
	Lines []rehearsedLine
}

// rehearsedLine is a figure of a rehearsal in writing.
type rehearsedLine struct {
	Name, Swatch             string
	Got, Expected, Low, High string
	Inside                   bool
}

// rehearsalsShown is how many are listed.
const rehearsalsShown = 20

func (a *Admin) rehearsePage(v *visit) error {
	f := newForm(v.lang, url.Values{})
	d := rehearse.Defaults()
	f.set("rehearse-players", strconv.Itoa(d.Players))
	f.set("rehearse-windows", strconv.Itoa(d.Windows))
	f.set("rehearse-draws", strconv.Itoa(d.Draws))
	f.set("rehearse-expected", strconv.FormatInt(d.Expected, 10))
	return a.showRehearsals(v, http.StatusOK, rehearsing{Form: f})
}

func (a *Admin) showRehearsals(v *visit, status int, p rehearsing) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	for i := len(versions) - 1; i >= 0; i-- {
		p.Versions = append(p.Versions, versions[i])
	}
	if p.Version == 0 && len(versions) > 0 {
		p.Version = versions[len(versions)-1].Number
	}
	p.Live, p.Now = a.Rehearsals.Open(), a.rehearsalNow(v, c)
	kept, err := a.Book.Rehearsals(v.ctx(), c.ID, rehearsalsShown)
	if err != nil {
		return fmt.Errorf("read the rehearsals of %s: %w", c.Slug, err)
	}
	for _, one := range kept {
		shown, err := a.rehearsed(v, c, versions, one)
		if err != nil {
			return err
		}
		p.Past = append(p.Past, shown)
	}
	return a.show(v, status, "rehearse", page{
		Title: v.say("rehearse.title"), Tab: "rehearse", Head: a.heading(c), Styles: []string{"live.css"}, Body: p,
	})
}

func (a *Admin) rehearsalNow(v *visit, c game.Campaign) rehearsalNow {
	now := rehearsalNow{Head: a.heading(c), MayEdit: v.staff.Role.MayEdit()}
	now.CSRF, _ = v.Get(csrfField).(string)
	if progress, ok := a.Rehearsals.Progress(c.ID); ok {
		now.Running = &progress
	}
	return now
}

// rehearseProgress answers how far it is; when it is over the page is loaded anew, with the result.
func (a *Admin) rehearseProgress(v *visit) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	now := a.rehearsalNow(v, c)
	if now.Running == nil || now.Running.Over() {
		v.Response().Header().Set("HX-Refresh", "true")
	}
	return a.render(v, http.StatusOK, "rehearsal", now)
}

func (a *Admin) startRehearsal(v *visit) error {
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	p := rehearsing{Form: newForm(v.lang, values)}
	p.Version, _ = strconv.Atoi(v.FormValue("version"))
	plan := rehearse.Plan{
		Players: int(p.Form.number("rehearse-players", rehearse.MinPlayers, rehearse.MaxPlayers)),
		Windows: int(p.Form.number("rehearse-windows", 1, rehearse.MaxWindows)),
		Draws:   int(p.Form.number("rehearse-draws", 1, rehearse.MaxDraws)),
		Confirm: v.FormValue("confirm") == "yes",
	}
	if p.Form.typed("rehearse-expected") != "" {
		plan.Expected = p.Form.number("rehearse-expected", 1, rehearse.MaxExpected)
	}
	if !p.Form.ok() {
		return a.showRehearsals(v, http.StatusUnprocessableEntity, p)
	}
	err = a.Rehearsals.Start(v.ctx(), v.Param("slug"), p.Version, plan, v.staff.ID)
	switch game.CodeOf(err) {
	case "":
		return v.seeOther("/admin/campaigns/" + url.PathEscape(v.Param("slug")) + "/rehearse")
	case game.CodeStateConflict:
		p.Refused = v.say("rehearse.busy")
		return a.showRehearsals(v, http.StatusConflict, p)
	case game.CodeInvalid:
		p.refuse(v, err)
		return a.showRehearsals(v, http.StatusUnprocessableEntity, p)
	}
	return fmt.Errorf("rehearse %s: %w", v.Param("slug"), err)
}

// refuse says which field is wrong.
func (p *rehearsing) refuse(v *visit, err error) {
	for _, f := range game.FieldsOf(err) {
		_, most, _ := strings.Cut(f.Want, "..")
		switch f.Name {
		case "confirm":
			p.Asked = true
		case "windows":
			p.Refused = v.say("rehearse.too_long", most)
		default:
			p.Refused = v.say("rehearse.too_many", most)
		}
	}
}

func (a *Admin) stopRehearsal(v *visit) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	a.Rehearsals.Stop(c.ID)
	return v.seeOther("/admin/campaigns/" + url.PathEscape(c.Slug) + "/rehearse")
}

func (a *Admin) rehearsed(v *visit, c game.Campaign, versions []game.SavedVersion, kept game.Rehearsal) (rehearsed, error) {
	shown := rehearsed{Kept: kept, Who: a.loginOf(v, kept.By), Zone: zoneOf(c)}
	if err := json.Unmarshal([]byte(kept.Result), &shown.Result); err != nil {
		return shown, fmt.Errorf("read rehearsal %d: %w", kept.ID, err)
	}
	write := func(name, swatch string, f rehearse.Figure, how func(float64) string) rehearsedLine {
		return rehearsedLine{name, swatch, how(f.Got), how(f.Expected), how(f.Low), how(f.High), f.Inside()}
	}
	money := func(x float64) string { return formatMoney(int64(math.Round(x)), shown.Currency) }
	shown.Lines = []rehearsedLine{
		write(v.say("rehearse.completed"), "", shown.Completed, rounded),
		write(v.say("rehearse.share"), "", shown.Share, money),
	}
	saved, err := versionOf(versions, kept.Version)
	if err != nil {
		return shown, err
	}
	lines := newTable(v.lang, c.Cards, &saved.Version).Lines
	add := func(all []rehearse.Drawn, key string) {
		for _, d := range all {
			for _, line := range lines {
				if line.ID == d.Outcome {
					shown.Lines = append(shown.Lines, write(v.say(key, line.Name, count(d.Pieces)), line.Swatch(), d.Figure, rounded))
				}
			}
		}
	}
	add(shown.Drawn, "rehearse.drawn")
	taken := "rehearse.taken"
	if len(shown.Stocks) > 0 && shown.Stocks[0].Pieces > 0 {
		taken = "rehearse.taken_of"
	}
	add(shown.Stocks, taken)
	return shown, nil
}

// Verdict is the result in one sentence.
func (r rehearsed) Verdict() string {
	switch {
	case !r.Whole():
		return "rehearse.verdict_partly"
	case r.Alarm:
		return "rehearse.verdict_alarm"
	case r.Outside() > 0:
		return "rehearse.verdict_outside"
	case r.Failed > 0:
		return "rehearse.verdict_failed"
	}
	return "rehearse.verdict_good"
}

// Half and Slow write how long half, and 99 %, of the draws took at most.
func (r rehearsed) Half() string { return millis(r.P50) }

// Slow is that of 99 %.
func (r rehearsed) Slow() string { return millis(r.P99) }

func millis(d time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'f', 1, 64)
}
