package admin

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// Editor is the use case of editing, copying and carrying campaigns.
type Editor interface {
	// Edit changes what a designer writes of a campaign. Codes: invalid, change_refused, and
	// version_conflict where revision is not the campaign's any more.
	Edit(ctx context.Context, slug string, next game.Campaign, revision int, by game.StaffID) (game.Campaign, error)
	// CopyOf gives what a copy of a campaign begins with; FreeSlug an address that is free.
	CopyOf(ctx context.Context, slug string) (campaign.Draft, error)
	FreeSlug(ctx context.Context, after string) (string, error)
	Copy(ctx context.Context, from campaign.Draft, to campaign.Copying, by game.StaffID) (game.Campaign, error)
	Import(ctx context.Context, d campaign.Draft, trial bool, by game.StaffID) (campaign.Imported, error)
	Export(ctx context.Context, slug string, number int) ([]byte, error)
}

// Previews gives the slug under which the real game shows a campaign, in a theme, to whoever has it.
type Previews interface {
	Address(slug, theme string, now time.Time) string
}

func (a *Admin) registerEditing(g *echo.Group) {
	g.GET("/campaigns/:slug/edit", a.staffed(anybody, a.editCampaign))
	g.POST("/campaigns/:slug/edit", a.staffed(game.Role.MayEdit, a.saveCampaign))
	g.GET("/campaigns/:slug/copy", a.staffed(game.Role.MayEdit, a.copyPage))
	g.POST("/campaigns/:slug/copy", a.staffed(game.Role.MayEdit, a.copyCampaign))
	g.GET("/templates/:template", a.staffed(game.Role.MayEdit, a.copyPage))
	g.POST("/templates/:template", a.staffed(game.Role.MayEdit, a.copyCampaign))
	g.GET("/campaigns/:slug/file", a.staffed(anybody, a.exportCampaign))
	g.GET("/import", a.staffed(game.Role.MayEdit, a.importPage))
	g.POST("/import", a.staffed(game.Role.MayEdit, a.importCampaign))
}

// editing is the body of the page that edits a campaign.
type editing struct {
	creation
	Revision int    // of the campaign that the editor began with
	Base     string // what the form held then
	Theirs   *otherEdit
	Phone    *phone
}

// phone shows the real game of a campaign beside what is edited.
type phone struct {
	Src    string
	Themes map[string]string // theme -> address in it
}

// Dressed gives the addresses for the page's script, as theme=address pairs.
func (p phone) Dressed() string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(p.Themes)) {
		pairs = append(pairs, name+"="+p.Themes[name])
	}
	return strings.Join(pairs, " ")
}

// phoneOf gives the phone of a campaign, or nil where there is nothing to be seen.
func (a *Admin) phoneOf(v *visit, c game.Campaign) *phone {
	now, err := a.Book.Now(v.ctx())
	if a.Previews == nil || err != nil {
		return nil
	}
	p := &phone{Themes: map[string]string{}}
	for _, t := range a.Themes {
		p.Themes[t.Name] = "/play/" + a.Previews.Address(c.Slug, t.Name, now) + "?lang=" + string(v.lang)
	}
	p.Src = p.Themes[c.Theme]
	return p
}

// otherEdit is a change that somebody made while somebody else typed.
type otherEdit struct {
	By     string
	At     time.Time
	Clash  bool // both changed the same
	Merged bool // something of theirs was taken over
}

func (a *Admin) editCampaign(v *visit) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	f := campaignForm(v.lang, c)
	return a.showEditing(v, http.StatusOK, c, editing{
		creation: creation{Form: f}, Revision: c.Revision, Base: f.values.Encode(),
	})
}

// campaignForm holds a campaign as it is.
func campaignForm(l lang, c game.Campaign) *form {
	f := newForm(l, url.Values{})
	showCampaign(f, c)
	return f
}

func (a *Admin) showEditing(v *visit, status int, c game.Campaign, p editing) error {
	p.Zones, p.themes, p.lang = zones, a.Themes, v.lang
	p.Locked = c.State != game.StateDraft
	p.Sealed = c.State.Reached(game.StateSealed)
	p.Phone = a.phoneOf(v, c)
	return a.show(v, status, "edit", page{
		Title: v.say("edit.title"), Tab: "campaign", Head: a.heading(c),
		Styles: []string{"studio.css"}, Scripts: []string{"form.js", "phone.js"}, Body: p,
	})
}

// saveCampaign saves what was typed.
func (a *Admin) saveCampaign(v *visit) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	f := newForm(v.lang, values)
	f.set("slug", c.Slug)
	p := editing{creation: creation{Form: f}, Base: f.typed("base")}
	p.Revision, _ = strconv.Atoi(f.typed("revision"))
	next := readCampaign(f)
	if !f.ok() {
		return a.showEditing(v, http.StatusUnprocessableEntity, c, p)
	}
	_, err = a.Editor.Edit(v.ctx(), c.Slug, next, p.Revision, v.staff.ID)
	switch {
	case game.CodeOf(err) == game.CodeVersionConflict:
		return a.showClash(v, next, p)
	case err != nil && f.refuseBy(err, nil):
		return a.showEditing(v, statusOf(game.CodeOf(err)), c, p)
	case err != nil:
		return fmt.Errorf("edit %s: %w", c.Slug, err)
	}
	return v.seeOther(pathOf(c)+"/edit", "done", "edited")
}

// showClash shows what was typed once more with what somebody else has saved meanwhile: where only
// they changed something it is taken over, where both did theirs stands beside. Saving again is then a
// decision, and nothing of either is lost.
func (a *Admin) showClash(v *visit, mine game.Campaign, p editing) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	p.Theirs = a.lastEdit(v, c)
	base, err := url.ParseQuery(p.Base)
	if err != nil {
		base = url.Values{}
	}
	mine.Slug = c.Slug
	typed, theirs := campaignForm(v.lang, mine), campaignForm(v.lang, c)
	for id := range theirs.values {
		was, is, other := base.Get(id), typed.Value(id), theirs.Value(id)
		switch {
		case other == is || other == was && base.Has(id):
		case is == was && base.Has(id):
			p.Theirs.Merged = true
			p.Form.set(id, other)
			p.Form.beside[id] = v.say("edit.taken", p.Theirs.By)
		default:
			p.Theirs.Clash = true
			switch {
			case other == "":
				other = v.say("edit.empty")
			case id == "pool-split":
				other = v.lang.split(game.Split(other))
			}
			p.Form.beside[id] = v.say("edit.theirs", p.Theirs.By, other)
		}
	}
	p.Revision, p.Base = c.Revision, theirs.values.Encode()
	return a.showEditing(v, http.StatusConflict, c, p)
}

// lastEdit says who edited a campaign last, and when.
func (a *Admin) lastEdit(v *visit, c game.Campaign) *otherEdit {
	last := &otherEdit{By: v.say("edit.somebody")}
	acts, err := a.Activity.Acts(v.ctx(), game.ActFilter{Campaign: c.ID, Action: game.ActionCampaignEdited, Limit: 1})
	if err == nil && len(acts) == 1 { // else the page is of use without the name
		last.By, last.At = a.loginOf(v, acts[0].By), acts[0].At
	}
	return last
}
