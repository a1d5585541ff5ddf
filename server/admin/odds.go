package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// oddsPage is the body of the odds editor.
type oddsPage struct {
	Form     *form
	Table    *oddsTable
	Base     *game.SavedVersion // what the editor began with
	After    int                // the newest version that whoever edits has seen
	Theirs   *theirs            // what somebody else has saved meanwhile
	Rounds   []game.Round
	Schedule bool // the rounds may still be changed
	Forecast *foretold
}

// theirs is a version that was saved while somebody typed.
type theirs struct {
	*game.SavedVersion
	By string
}

// compare sets the other version's odds and stocks beside the inputs where they differ.
func (t theirs) compare(f *form, table *oddsTable) {
	for _, l := range table.Lines {
		out, _ := t.Odds.Find(l.ID)
		if mine, reason := parsePercent(f.Value("odds-" + l.Key)); reason != "" || mine != out.Weight {
			f.beside["odds-"+l.Key] = f.lang.say("odds.theirs", strconv.Itoa(t.Number), formatPercent(out.Weight)+" %")
		}
		other := f.lang.say("odds.unlimited")
		stock, limited := t.Stock(l.ID)
		if limited {
			other = count(stock.Total)
		}
		typed := f.typed("stock-" + l.Key + "-total")
		if mine, _ := parseFixed(typed, 0, game.MaxStock); mine != stock.Total || limited != (typed != "") {
			f.beside["stock-"+l.Key+"-total"] = f.lang.say("odds.theirs", strconv.Itoa(t.Number), other)
		}
	}
	compareBonus(f, t.SavedVersion)
}

// editOdds shows the newest version for editing, or the one that ?from= names.
func (a *Admin) editOdds(v *visit) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	from := len(versions)
	if asked := v.QueryParam("from"); asked != "" {
		if from, err = strconv.Atoi(asked); err != nil {
			from = 0
		}
	}
	base, err := versionOf(versions, from)
	if err != nil {
		return err
	}
	p := oddsPage{Form: newForm(v.lang, url.Values{}), Base: base, After: versions[len(versions)-1].Number}
	p.begin(v, c)
	p.Table.show(p.Form)
	if p.Schedule {
		showSchedule(p.Form, base.Rounds)
	}
	showCrowd(p.Form)
	if p.Forecast, err = foretell(v, question{c, p.Form, base.Version}); err != nil {
		return err
	}
	return a.showOdds(v, http.StatusOK, c, p)
}

// begin lays out the form of the base version.
func (p *oddsPage) begin(v *visit, c game.Campaign) {
	p.Form.zone, p.Form.currency = zoneOf(c), c.Pool.Currency
	p.Table = newTable(v.lang, c.Cards, &p.Base.Version)
	p.Table.Locks = true
	p.Table.addPrizes(p.Form)
	p.Schedule = c.State == game.StateDraft && evenRounds(p.Base.Rounds)
	p.Rounds = p.Base.Rounds
}

// oddsScripts are the scripts of an odds table, each of which uses those before it.
var oddsScripts = []string{"form.js", "percent.js", "balance.js", "odds.js", "releases.js", "forecast.js"}

func (a *Admin) showOdds(v *visit, status int, c game.Campaign, p oddsPage) error {
	p.Table.name(p.Form)
	nameCrowd(p.Form)
	return a.show(v, status, "odds", page{
		Title: v.say("odds.title"), Tab: "odds", Head: a.heading(c), Styles: []string{"odds.css", "forecast.css"}, Scripts: oddsScripts, Body: p,
	})
}

// postedOdds gives what stands in the editor, not read yet.
func (a *Admin) postedOdds(v *visit) (c game.Campaign, p oddsPage, err error) {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return c, p, err
	}
	values, err := v.FormParams()
	if err != nil {
		return c, p, game.Fail(game.CodeMalformed, err.Error())
	}
	from, _ := strconv.Atoi(values.Get("from"))
	base, err := versionOf(versions, from)
	if err != nil {
		return c, p, err
	}
	p = oddsPage{Form: newForm(v.lang, values), Base: base}
	p.After, _ = strconv.Atoi(values.Get("after"))
	p.begin(v, c)
	return c, p, nil
}

// typedOdds reads what stands in the editor.
func (a *Admin) typedOdds(v *visit) (c game.Campaign, p oddsPage, version game.Version, err error) {
	if c, p, err = a.postedOdds(v); err != nil {
		return c, p, version, err
	}
	version = p.Table.read(p.Form)
	if p.Schedule {
		version.Rounds = readSchedule(p.Form)
	}
	return c, p, version, nil
}

// saveOdds saves what was typed as a new version, where no other button was pressed.
func (a *Admin) saveOdds(v *visit) error {
	switch act := v.FormValue("act"); act {
	case "":
	case "play":
		return a.playTyped(v)
	default:
		return a.arrange(v, act)
	}
	c, p, version, err := a.typedOdds(v)
	if err != nil {
		return err
	}
	comment := p.Form.typed("comment")
	if len(comment) > maxComment {
		p.Form.expect("comment", "text", game.ReasonRange, fmt.Sprintf("0..%d", maxComment))
	}
	if !p.Form.ok() {
		return a.showOdds(v, http.StatusUnprocessableEntity, c, p)
	}
	saved, err := a.Campaigns.SaveVersion(v.ctx(), c.Slug, version, comment, p.After, v.staff.ID)
	switch {
	case game.CodeOf(err) == game.CodeVersionConflict:
		return a.showConflict(v, c, p)
	case err != nil && p.Form.refuseBy(err, p.Table):
		return a.showOdds(v, statusOf(game.CodeOf(err)), c, p)
	case err != nil:
		return fmt.Errorf("save a version of %s: %w", c.Slug, err)
	}
	return v.seeOther(pathOf(c)+"/versions", "done", "saved", "n", strconv.Itoa(saved.Number))
}

// maxComment bounds a comment, in bytes.
const maxComment = 1000

// showConflict shows what was typed once more, with what somebody else has saved meanwhile beside
// it. Saving again is then a decision.
func (a *Admin) showConflict(v *visit, c game.Campaign, p oddsPage) error {
	versions, err := a.Book.Versions(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("read the versions of %s: %w", c.Slug, err)
	}
	newest := &versions[len(versions)-1]
	p.Theirs = &theirs{SavedVersion: newest, By: a.loginOf(v, newest.SavedBy)}
	p.Theirs.compare(p.Form, p.Table)
	p.After = newest.Number
	return a.showOdds(v, http.StatusConflict, c, p)
}

// versionsOf reads the campaign of the address and its versions, of which it has one or more.
func (a *Admin) versionsOf(v *visit) (game.Campaign, []game.SavedVersion, error) {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return c, nil, fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	versions, err := a.Book.Versions(v.ctx(), c.ID)
	if err != nil {
		return c, nil, fmt.Errorf("read the versions of %s: %w", c.Slug, err)
	}
	if len(versions) == 0 {
		return c, nil, game.Fail(game.CodeVersionUnknown, "the campaign has no version")
	}
	return c, versions, nil
}

func versionOf(versions []game.SavedVersion, number int) (*game.SavedVersion, error) {
	for i := range versions {
		if versions[i].Number == number {
			return &versions[i], nil
		}
	}
	return nil, game.Fail(game.CodeVersionUnknown, fmt.Sprintf("no version %d", number))
}

func pathOf(c game.Campaign) string { return "/admin/campaigns/" + url.PathEscape(c.Slug) }
