package admin

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// versionLine is a version as the list shows it.
type versionLine struct {
	game.SavedVersion
	By, PublishedBy string // logins
	Table           *oddsTable
	From            time.Time // it governs the windows that open from then on
	Standing        standing
}

// standing is where a version is in the succession of versions.
type standing string

const (
	standingDraft   standing = "draft"   // not published
	standingComing  standing = "coming"  // governs from a window that has not opened
	standingGoverns standing = "governs" // governs the windows that open now
	standingPast    standing = "past"    // replaced, or the campaign is over
)

// stand tells the standings of all lines at now. Of two versions the one that was published later
// governs, wherever both would.
func stand(lines []versionLine, state game.State, now time.Time) {
	replaced := time.Time{} // the earliest window that a version published later governs
	slices.SortFunc(lines, func(a, b versionLine) int {
		return cmp.Or(b.PublishedAt.Compare(a.PublishedAt), b.Number-a.Number)
	})
	for i := range lines {
		l := &lines[i]
		switch {
		case l.PublishedAt.IsZero():
			l.Standing = standingDraft
			continue
		case l.From.IsZero() || !replaced.IsZero() && !l.From.Before(replaced) || state.Reached(game.StateClosed):
			l.Standing = standingPast
			continue
		case l.From.After(now):
			l.Standing = standingComing
		case !replaced.IsZero() && !replaced.After(now):
			l.Standing = standingPast
		default:
			l.Standing = standingGoverns
		}
		replaced = l.From
	}
	slices.SortFunc(lines, func(a, b versionLine) int { return b.Number - a.Number })
}

// versionList is the body of the page of versions.
type versionList struct {
	Lines    []versionLine // the newest first
	Vouchers bool          // there are vouchers, which have codes
}

func (a *Admin) listVersions(v *visit) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	list := versionList{Vouchers: len(vouchersOf(v.lang, versions)) > 0}
	people := make([]game.StaffID, 0, 2*len(versions))
	for _, saved := range versions {
		people = append(people, saved.SavedBy, saved.PublishedBy)
	}
	a.askLogins(v, people...)
	for _, saved := range versions {
		list.Lines = append(list.Lines, a.versionLine(v, c, saved))
	}
	stand(list.Lines, c.State, now)
	return a.showOK(v, "versions", page{Title: v.say("versions.title"), Tab: "versions", Head: a.heading(c), Body: list})
}

func (a *Admin) versionLine(v *visit, c game.Campaign, saved game.SavedVersion) versionLine {
	line := a.bareLine(saved)
	line.By = a.loginOf(v, saved.SavedBy)
	line.Table = newTable(v.lang, c.Cards, &line.SavedVersion.Version)
	if !saved.PublishedAt.IsZero() {
		line.PublishedBy = a.loginOf(v, saved.PublishedBy)
	}
	return line
}

// bareLine is a line with what its standing depends on alone, for which nobody has to be asked.
func (a *Admin) bareLine(saved game.SavedVersion) versionLine {
	line := versionLine{SavedVersion: saved}
	if !saved.PublishedAt.IsZero() {
		line.From, _ = saved.EffectiveFrom(saved.PublishedAt, a.Lead)
	}
	return line
}

// publication is the body of the page that asks whether to publish.
type publication struct {
	Line    versionLine
	Changes []change
	Before  *game.SavedVersion // published last; nil: none was
	From    time.Time          // from when it would govern, were it published now
	Never   bool               // no window is left for it
	Refused string             // why it was not published
	Details []string
	Codes   bool // it was for want of codes

	Warnings []string // what the rules of the field ask for and no check can see
}

// change is an outcome's odds and stock, as they are and as they would be.
type change struct {
	Name, Swatch          string
	Before, After         int64
	StockBefore, StockNow int64 // 0: no limit
}

// Same says that nothing changes.
func (c change) Same() bool { return c.Before == c.After && c.StockBefore == c.StockNow }

func (a *Admin) confirmPublish(v *visit) error { return a.showPublication(v, nil) }

func (a *Admin) showPublication(v *visit, refused error) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(v.Param("number"))
	next, err := versionOf(versions, number)
	if err != nil {
		return err
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	p := publication{Line: a.versionLine(v, c, *next)}
	if published := game.Published(versions); len(published) > 0 {
		p.Before = published[len(published)-1]
	}
	from, ok := next.EffectiveFrom(now, a.Lead)
	p.From, p.Never = from, !ok
	if p.Warnings, err = a.warn(v, c, &next.Version); err != nil {
		return err
	}
	p.compare(v.lang, c, next)
	status := http.StatusOK
	if refused != nil {
		status = statusOf(game.CodeOf(refused))
		p.explain(v, c, refused)
	}
	return a.show(v, status, "publish", page{
		Title: v.say("publish.title", strconv.Itoa(number)), Tab: "versions", Head: a.heading(c), Body: p,
	})
}

// compare sets the odds of the version that was published last beside the next one's.
func (p *publication) compare(l lang, c game.Campaign, next *game.SavedVersion) {
	before := &game.Version{}
	if p.Before != nil {
		before = &p.Before.Version
	}
	for _, line := range newTable(l, c.Cards, &next.Version).Lines {
		old, had := before.Odds.Find(line.ID)
		if !line.known && !had {
			continue
		}
		stock, _ := before.Stock(line.ID)
		p.Changes = append(p.Changes, change{
			Name: line.Name, Swatch: line.Swatch(), Before: old.Weight, After: line.Weight,
			StockBefore: stock.Total, StockNow: line.Stock.Total,
		})
	}
	p.Changes = append(p.Changes, change{Name: l.say("outcome.miss"), Swatch: "miss", Before: before.Odds.Miss, After: next.Odds.Miss})
}

// explain writes why a version was not published. There is nothing to type on this page, so
// fields are told in a list.
func (p *publication) explain(v *visit, c game.Campaign, refused error) {
	f := newForm(v.lang, url.Values{})
	f.zone, f.currency = zoneOf(c), c.Pool.Currency
	p.Line.Table.name(f)
	p.Line.Table.stand()
	if said, rest := explainCodes(v.lang, &p.Line.Version, refused); rest == nil {
		p.Refused, p.Details, p.Codes = v.say("publish.refused"), said, true
		return
	}
	if !f.refuseBy(refused, p.Line.Table) {
		p.Refused = v.explain(refused)
		return
	}
	p.Refused = v.say("publish.refused")
	if code := game.CodeOf(refused); code == game.CodeExceptionNeeded || code == game.CodeApprovalNeeded {
		p.Refused = v.explain(refused)
	}
	for _, problem := range f.Problems() {
		if problem.Label != "" {
			problem.Sentence = problem.Label + v.say("colon") + problem.Sentence
		}
		p.Details = append(p.Details, problem.Sentence)
	}
}

// publish makes the version take effect.
func (a *Admin) publish(v *visit) error {
	number, err := v.version()
	if err != nil {
		return err
	}
	saved, _, err := a.Campaigns.Publish(v.ctx(), v.Param("slug"), number, v.staff.ID)
	if status := statusOf(game.CodeOf(err)); err != nil && (status >= 500 || status == http.StatusNotFound) {
		return fmt.Errorf("publish version %d of %s: %w", number, v.Param("slug"), err)
	}
	if err != nil {
		return a.showPublication(v, err)
	}
	return v.seeOther("/admin/campaigns/"+url.PathEscape(v.Param("slug"))+"/versions", "done", "published", "n", strconv.Itoa(saved.Number))
}
