package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Activity reads what the staff did.
type Activity interface {
	// Acts gives the acts that a filter lets through, the newest first.
	Acts(ctx context.Context, f game.ActFilter) ([]game.Act, error)
	// People lists all of the staff by login.
	People(ctx context.Context) ([]game.Staff, error)
	// Slugs gives the slugs of campaigns; one that is not there is left out.
	Slugs(ctx context.Context, ids []game.CampaignID) (map[game.CampaignID]string, error)
}

func (a *Admin) registerActivity(g *echo.Group) {
	g.GET("/activity", a.staffed(anybody, a.listActs))
	g.GET("/activity.csv", a.staffed(anybody, a.exportActs(writeActsCSV)))
	g.GET("/activity.jsonl", a.staffed(anybody, a.exportActs(writeActsJSON)))
	g.GET("/campaigns/:slug/activity", a.staffed(anybody, a.listActsOfCampaign))
}

// actsOnPage is how many acts a page shows.
const actsOnPage = 50

// Names of the inputs that choose acts, which are also those of the query.
const (
	actBy       = "act-by"
	actCampaign = "act-campaign"
	actAction   = "act-action"
	actDay      = "act-day"
	actBefore   = "before"
)

// activityPage is the body of the page of activity.
type activityPage struct {
	Form     *form
	Path     string // of the page itself
	People   []game.Staff
	Actions  []game.Action
	Lines    []actLine
	Zone     *time.Location
	ZoneName string
	All      bool // acts that belong to no campaign are among them
	Chosen   bool // by some filter
	Older    string
	Newest   string // "": this is it
	CSV      string
	JSON     string
}

// actLine is an act as the page shows it.
type actLine struct {
	game.Act
	Who     string // login
	Program string // name of the token by which it was done; "": of none
	Slug    string // of the campaign
	Changes []fieldChange
}

// Link is the address of the version that the act is about, beside the one before it; "": of none.
func (l actLine) Link() string {
	number, err := strconv.Atoi(l.Subject)
	if err != nil || l.Slug == "" || !slices.Contains(ofVersions, l.Action) {
		return ""
	}
	return fmt.Sprintf("/admin/campaigns/%s/versions/%d", url.PathEscape(l.Slug), number)
}

// ofVersions are the acts whose subject is the number of a version.
var ofVersions = []game.Action{
	game.ActionVersionSaved, game.ActionVersionPublished, game.ActionApprovalAsked, game.ActionApprovalGiven, game.ActionApprovalDeclined,
	game.ActionApprovalVoided, game.ActionVersionPlanned, game.ActionPlanCancelled, game.ActionPlanFailed, game.ActionRehearsed,
}

// Folded says that the changes are too many to be shown unasked.
func (l actLine) Folded() bool { return len(l.Changes) > 6 }

func (a *Admin) listActs(v *visit) error { return a.showActs(v, nil) }

func (a *Admin) listActsOfCampaign(v *visit) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	c.State = c.StateAt(now)
	return a.showActs(v, &c)
}

func (a *Admin) showActs(v *visit, of *game.Campaign) error {
	values := url.Values{}
	for _, name := range []string{actBy, actCampaign, actAction, actDay} {
		if value := v.QueryParam(name); value != "" {
			values.Set(name, value)
		}
	}
	p := activityPage{
		Form: newForm(v.lang, values), Path: v.Request().URL.Path, Actions: knownActions(v.lang),
		Zone: time.UTC, ZoneName: "UTC", All: v.staff.Role.MayAudit(), Chosen: len(values) > 0,
	}
	if of != nil {
		p.Zone, p.ZoneName, p.All = zoneOf(*of), of.TimeZone, true
	}
	filter, err := a.readActFilter(v, p.Form, of)
	if err != nil {
		return err
	}
	if p.People, err = a.Activity.People(v.ctx()); err != nil {
		return fmt.Errorf("list the staff: %w", err)
	}
	status := http.StatusUnprocessableEntity
	if p.Form.ok() {
		status = http.StatusOK
		if err := a.fillActs(v, &p, filter); err != nil {
			return err
		}
	}
	p.link(values, filter, of)
	shown := page{Title: v.say("activity.title"), Styles: []string{"activity.css"}, Body: p}
	if of != nil {
		shown.Tab, shown.Head = "activity", a.heading(*of)
	}
	return a.show(v, status, "activity", shown)
}

// fillActs reads one act more than are shown: it tells whether there are older ones.
func (a *Admin) fillActs(v *visit, p *activityPage, filter game.ActFilter) error {
	filter.Limit = actsOnPage + 1
	acts, err := a.Activity.Acts(v.ctx(), filter)
	if err != nil {
		return fmt.Errorf("read acts: %w", err)
	}
	if len(acts) > actsOnPage {
		acts = acts[:actsOnPage]
		p.Older = strconv.FormatInt(acts[actsOnPage-1].ID, 10)
	}
	names, err := a.actNames(v, p.People, acts)
	if err != nil {
		return err
	}
	for _, act := range acts {
		p.Lines = append(p.Lines, actLine{
			Act: act, Who: names.who(v.lang, act.By), Program: names.tokens[act.Token], Slug: names.slugs[act.Campaign],
			Changes: changesOf(v.lang, p.Zone, act, names.who),
		})
	}
	return nil
}

// link makes the addresses of what stands beside this page.
func (p *activityPage) link(values url.Values, filter game.ActFilter, of *game.Campaign) {
	at := func(path string, values url.Values) string {
		if len(values) == 0 {
			return path
		}
		return path + "?" + values.Encode()
	}
	if filter.Before > 0 {
		p.Newest = at(p.Path, values)
	}
	if p.Older != "" {
		older := url.Values{actBefore: {p.Older}}
		for name, value := range values {
			older[name] = value
		}
		p.Older = at(p.Path, older)
	}
	if of != nil {
		values.Set(actCampaign, of.Slug)
	}
	p.CSV, p.JSON = at("/admin/activity.csv", values), at("/admin/activity.jsonl", values)
}

// readActFilter reads what a query chooses. Days are those of the campaign's zone, or of UTC.
func (a *Admin) readActFilter(v *visit, f *form, of *game.Campaign) (game.ActFilter, error) {
	filter := game.ActFilter{
		By: game.StaffID(f.typed(actBy)), Action: game.Action(f.typed(actAction)), InSome: !v.staff.Role.MayAudit(),
	}
	filter.Before, _ = strconv.ParseInt(v.QueryParam(actBefore), 10, 64)
	if slug := f.typed(actCampaign); slug != "" && of == nil {
		c, err := a.Book.Campaign(v.ctx(), slug)
		switch {
		case game.CodeOf(err) == game.CodeCampaignUnknown:
			f.refuse(actCampaign, v.say("code."+string(game.CodeCampaignUnknown)))
		case err != nil:
			return filter, fmt.Errorf("read campaign %s: %w", slug, err)
		default:
			of = &c
		}
	}
	zone := time.UTC
	if of != nil {
		filter.Campaign, zone = of.ID, zoneOf(*of)
	}
	if typed := f.typed(actDay); typed != "" {
		day, err := time.ParseInLocation(time.DateOnly, typed, zone)
		if err != nil {
			f.expect(actDay, "day", game.ReasonFormat, "2026-02-16")
			return filter, nil
		}
		filter.From, filter.Until = day, day.AddDate(0, 0, 1)
	}
	return filter, nil
}

// actNames are what ids in acts are shown as.
type actNames struct {
	logins map[game.StaffID]string
	slugs  map[game.CampaignID]string
	tokens map[game.TokenID]string
}

func (a *Admin) actNames(v *visit, people []game.Staff, acts []game.Act) (actNames, error) {
	names := actNames{logins: make(map[game.StaffID]string, len(people)), tokens: map[game.TokenID]string{}}
	for _, person := range people {
		names.logins[person.ID] = person.Login
	}
	var ids []game.CampaignID
	for _, act := range acts {
		if act.Campaign != "" && !slices.Contains(ids, act.Campaign) {
			ids = append(ids, act.Campaign)
		}
	}
	var err error
	if names.slugs, err = a.Activity.Slugs(v.ctx(), ids); err != nil {
		return names, fmt.Errorf("read slugs: %w", err)
	}
	if !slices.ContainsFunc(acts, func(act game.Act) bool { return act.Token != "" }) {
		return names, nil
	}
	tokens, err := a.Tokens.List(v.ctx(), "")
	if err != nil {
		return names, fmt.Errorf("list tokens: %w", err)
	}
	for _, token := range tokens {
		names.tokens[token.ID] = token.Name
	}
	return names, nil
}

// who names a person; nobody is the system itself, or the one at its command line.
func (n actNames) who(l lang, id game.StaffID) string {
	if id == "" {
		return l.say("activity.system")
	}
	if login := n.logins[id]; login != "" {
		return login
	}
	return string(id)
}

// knownActions lists the actions that have a name, by their names.
func knownActions(l lang) []game.Action {
	var all []game.Action
	for key := range sentences {
		if name, ok := strings.CutPrefix(key, "action."); ok {
			all = append(all, game.Action(name))
		}
	}
	slices.SortFunc(all, func(a, b game.Action) int {
		return strings.Compare(l.say("action."+string(a)), l.say("action."+string(b)))
	})
	return all
}
