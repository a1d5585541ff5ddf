package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// copying is the body of the page that makes a draft of a campaign or a template.
type copying struct {
	Form     *form
	From     campaign.Draft
	Template string // "": a campaign is copied
	Action   string
	Zone     *time.Location
	Look     string // the theme, by its name in the reader's language
}

// Length says how long the campaign takes, in days or else in minutes.
func (c copying) Length() string {
	d := c.From.Version.Closes().Sub(c.From.Version.Opens())
	if d >= 48*time.Hour {
		return c.Form.lang.say("copy.days", count(int64((d+12*time.Hour)/(24*time.Hour))))
	}
	return c.Form.lang.say("copy.minutes", count(int64(d/time.Minute)))
}

// source reads what the address asks to copy.
func (a *Admin) source(v *visit) (copying, time.Time, error) {
	p := copying{Template: v.Param("template"), Action: v.Request().URL.Path}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return p, now, fmt.Errorf("read the clock: %w", err)
	}
	if p.Template != "" {
		p.From, err = a.Templates.Read(p.Template, now)
	} else if p.From, err = a.Editor.CopyOf(v.ctx(), v.Param("slug")); err != nil {
		err = fmt.Errorf("copy %s: %w", v.Param("slug"), err)
	}
	p.Zone = zoneOf(p.From.Campaign)
	return p, now, err
}

func (a *Admin) copyPage(v *visit) error {
	p, now, err := a.source(v)
	if err != nil {
		return err
	}
	p.Form = newForm(v.lang, url.Values{})
	slug, err := a.Editor.FreeSlug(v.ctx(), p.From.Campaign.Slug)
	if err != nil {
		return fmt.Errorf("find a free address: %w", err)
	}
	p.Form.set("slug", slug)
	p.Form.setBoth("name", p.From.Campaign.Name)
	first := p.From.Version.Opens()
	if p.Template != "" {
		y, m, d := now.In(p.Zone).Date()
		first = time.Date(y, m, d, 20, 0, 0, 0, p.Zone)
	}
	p.Form.set("opens-at", nextOpening(first, now, p.Zone).Format(datetimeLocal))
	return a.showCopying(v, http.StatusOK, p)
}

// nextOpening proposes the same time of the day, tomorrow or on a later day that the original had. A
// template has no time of its own: it gets the evening, when people are at home.
func nextOpening(first, now time.Time, zone *time.Location) time.Time {
	was, local := first.In(zone), now.In(zone)
	next := time.Date(local.Year(), local.Month(), local.Day()+1, was.Hour(), was.Minute(), was.Second(), 0, zone)
	if was.After(next) {
		return was
	}
	return next
}

func (a *Admin) showCopying(v *visit, status int, p copying) error {
	title := v.say("copy.title", p.From.Campaign.Name.In(string(v.lang)))
	if p.Template != "" {
		title = v.say("copy.title_template", p.From.Campaign.Name.In(string(v.lang)))
	}
	p.Look = creation{themes: a.Themes, lang: v.lang}.Themes()[p.From.Campaign.Theme]
	return a.show(v, status, "copy", page{Title: title, Styles: []string{"studio.css"}, Scripts: []string{"form.js"}, Body: p})
}

// copyCampaign makes the draft.
func (a *Admin) copyCampaign(v *visit) error {
	p, _, err := a.source(v)
	if err != nil {
		return err
	}
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	p.Form = newForm(v.lang, values)
	p.Form.zone = p.Zone
	p.Form.require("name-zh", "name-en", "slug")
	to := campaign.Copying{
		Slug: strings.ToLower(p.Form.typed("slug")), Name: p.Form.both("name"), OpensAt: p.Form.time("opens-at"),
	}
	if !p.Form.ok() {
		return a.showCopying(v, http.StatusUnprocessableEntity, p)
	}
	made, err := a.Editor.Copy(v.ctx(), p.From, to, v.staff.ID)
	if err != nil {
		if !p.Form.refuseBy(err, nil) {
			return fmt.Errorf("copy %s: %w", p.From.Campaign.Slug, err)
		}
		return a.showCopying(v, statusOf(game.CodeOf(err)), p)
	}
	return v.seeOther(pathOf(made)+"/edit", "done", "copied")
}

// Scarcest names the card that comes most seldom, with its odds.
func (c copying) Scarcest() string {
	least, name := int64(game.Scale), ""
	for _, out := range c.From.Version.Odds.Outcomes {
		i := slices.IndexFunc(c.From.Campaign.Cards, func(card game.Card) bool { return card.Position == out.Card })
		if out.Kind == game.KindCard && i >= 0 && out.Weight < least {
			least, name = out.Weight, c.From.Campaign.Cards[i].Name.In(string(c.Form.lang))
		}
	}
	return name + " " + formatPercent(least) + " %"
}
