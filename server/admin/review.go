package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// Approvals lets a second person look at a version before it is published; campaign.Approvals does.
type Approvals interface {
	// Ask asks for approval. Codes: version_conflict, state_conflict, approval_over, invalid.
	Ask(ctx context.Context, slug string, number int, comment string, exception game.Text, by game.StaffID) (game.Approval, error)
	// Decide answers a request. Codes: not_found, approval_own, approval_over, invalid.
	Decide(ctx context.Context, slug string, request int64, d game.Decision) (game.Approval, error)
}

// Plans publishes versions at a time; campaign.Service does.
type Plans interface {
	// Plan orders a publication. Codes: those of Publish, publication_waits.
	Plan(ctx context.Context, slug string, number int, at time.Time, by game.StaffID) (game.Publication, error)
	// CancelPlan takes the one that waits back. Code: publication_over.
	CancelPlan(ctx context.Context, slug string, by game.StaffID) error
}

// Reviews is what the pages of versions read of approvals and plans.
type Reviews interface {
	Approvals(ctx context.Context, id game.CampaignID) ([]game.Approval, error)
	// AwaitingApproval gives the requests that somebody may answer.
	AwaitingApproval(ctx context.Context, by game.StaffID, limit int) ([]game.AwaitedApproval, error)
	Publications(ctx context.Context, id game.CampaignID) ([]game.Publication, error)
}

func (a *Admin) registerReview(g *echo.Group) {
	g.GET("/campaigns/:slug/versions/:number", a.staffed(anybody, a.review))
	g.POST("/campaigns/:slug/versions/:number/approval", a.staffed(game.Role.MayEdit, a.askApproval))
	g.POST("/campaigns/:slug/versions/:number/decision", a.staffed(game.Role.MayPublish, a.decideApproval))
	g.POST("/campaigns/:slug/versions/:number/restore", a.staffed(game.Role.MayEdit, a.restore))
	g.POST("/campaigns/:slug/versions/:number/plan", a.staffed(game.Role.MayPublish, a.plan))
	g.POST("/campaigns/:slug/versions/:number/cancel", a.staffed(game.Role.MayPublish, a.cancelPlan))
}

// reviewPage is the body of a version's own page.
type reviewPage struct {
	Form      *form
	Line      versionLine
	Newest    bool
	Against   *game.SavedVersion // that it is compared with; nil: it is the first
	Others    []int              // numbers to compare it with
	Changes   []difference
	Effect    *effect
	Favour    bool // in the players' favour
	Open      bool // the campaign is open, so that favour counts
	Approvals []approvalLine
	Ask       bool // approval may be asked for
	Approved  bool
	Decide    *approvalLine
	Plan      *game.Publication // that waits
	Failed    *game.Publication // the last one of this version, if it failed
	FourEyes  bool
}

// approvalLine is a request with the logins of those concerned.
type approvalLine struct {
	game.Approval
	Asked, Decided string
}

func (a *Admin) review(v *visit) error {
	return a.showReview(v, http.StatusOK, newForm(v.lang, url.Values{}))
}

func (a *Admin) showReview(v *visit, status int, f *form) error {
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
	p := reviewPage{Form: f, Line: a.versionLine(v, c, *next), Newest: number == len(versions), FourEyes: a.FourEyes}
	lines := make([]versionLine, len(versions))
	for i := range versions {
		lines[i] = a.bareLine(versions[i])
	}
	stand(lines, c.State, now)
	for _, l := range lines {
		if l.Number == number {
			p.Line.Standing = l.Standing
		} else {
			p.Others = append(p.Others, l.Number)
		}
	}
	p.Open = c.StateAt(now) == game.StateOpen
	if err := p.compareWith(v, c, versions, next); err != nil {
		return err
	}
	if err := a.readApprovals(v, c, &p); err != nil {
		return err
	}
	return a.show(v, status, "review", page{
		Title: v.say("versions.version", strconv.Itoa(number)), Tab: "versions", Head: a.heading(c), Styles: []string{"review.css"},
		Scripts: []string{"form.js"}, Body: p,
	})
}

// compareWith sets the version beside the one that the address names, or beside the one that was
// published last before it, or the one before it.
func (p *reviewPage) compareWith(v *visit, c game.Campaign, versions []game.SavedVersion, next *game.SavedVersion) error {
	if asked, err := strconv.Atoi(v.QueryParam("against")); err == nil {
		if p.Against, err = versionOf(versions, asked); err != nil {
			return err
		}
	} else {
		for _, other := range game.Published(versions) {
			if other.Number != next.Number && (next.PublishedAt.IsZero() || other.PublishedAt.Before(next.PublishedAt)) {
				p.Against = other
			}
		}
		if p.Against == nil && next.Number > 1 {
			p.Against = &versions[next.Number-2]
		}
	}
	var before *game.Version
	if p.Against != nil {
		before = &p.Against.Version
		p.Changes = differ(v.lang, c, before, &next.Version)
		p.Favour = before.CheckFavour(&next.Version) == nil
	}
	var err error
	p.Effect, err = effectOf(v.ctx(), before, &next.Version)
	return err
}

func (a *Admin) readApprovals(v *visit, c game.Campaign, p *reviewPage) error {
	approvals, err := a.Reviews.Approvals(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("read the approvals of %s: %w", c.Slug, err)
	}
	people := make([]game.StaffID, 0, 2*len(approvals))
	for _, request := range approvals {
		people = append(people, request.By, request.DecidedBy)
	}
	a.askLogins(v, people...)
	live := false
	for _, request := range approvals {
		live = live || request.Live()
		if request.Version != p.Line.Number {
			continue
		}
		line := approvalLine{Approval: request, Asked: a.loginOf(v, request.By)}
		if request.DecidedBy != "" {
			line.Decided = a.loginOf(v, request.DecidedBy)
		}
		p.Approvals = append(p.Approvals, line)
		p.Approved = p.Approved || request.State == game.ApprovalGiven
		if request.State == game.ApprovalAsked && request.CheckJudge(v.staff.ID) == nil && v.staff.Role.MayPublish() {
			p.Decide = &line
		}
	}
	p.Ask = p.Newest && !live && p.Line.PublishedAt.IsZero() && v.staff.Role.MayEdit() && !c.State.Reached(game.StateClosed)
	plans, err := a.Reviews.Publications(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("read the publications of %s: %w", c.Slug, err)
	}
	for i := range plans {
		if plans[i].Version != p.Line.Number {
			continue
		}
		switch plans[i].State {
		case game.PublicationWaits:
			p.Plan = &plans[i]
		case game.PublicationFailed:
			if p.Failed == nil {
				p.Failed = &plans[i]
			}
		}
	}
	return nil
}

// warn gives what the rules of the field ask for and the system cannot see to by itself.
func (a *Admin) warn(v *visit, c game.Campaign, version *game.Version) ([]string, error) {
	e, err := effectOf(v.ctx(), nil, version)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, w := range campaign.Warnings(c, e.Rare) {
		all = append(all, v.say("warning."+string(w), e.After))
	}
	return all, nil
}

// waitingFor gives the requests that somebody may answer, for the list of campaigns.
func (a *Admin) waitingFor(v *visit) ([]awaited, error) {
	if !v.staff.Role.MayPublish() {
		return nil, nil
	}
	requests, err := a.Reviews.AwaitingApproval(v.ctx(), v.staff.ID, waitingShown)
	if err != nil {
		return nil, fmt.Errorf("read what waits for approval: %w", err)
	}
	people := make([]game.StaffID, len(requests))
	for i, request := range requests {
		people[i] = request.By
	}
	a.askLogins(v, people...)
	all := make([]awaited, len(requests))
	for i, request := range requests {
		all[i] = awaited{request, a.loginOf(v, request.By)}
	}
	return all, nil
}

// waitingShown is how many requests the list of campaigns shows.
const waitingShown = 20

// awaited is a request with the login of who asks.
type awaited struct {
	game.AwaitedApproval
	Asked string
}

// version reads the number in the address of a change. Code: version_unknown.
func (v *visit) version() (int, error) {
	number, err := strconv.Atoi(v.Param("number"))
	if err != nil {
		return 0, game.Fail(game.CodeVersionUnknown, "no version "+v.Param("number"))
	}
	return number, nil
}

// reviewed goes back to the version's page, or shows it once more with what was typed and why it
// was refused.
func (a *Admin) reviewed(v *visit, number int, f *form, err error, done string) error {
	if status := statusOf(game.CodeOf(err)); err != nil && (status >= 500 || status == http.StatusNotFound) {
		return err
	}
	if err != nil {
		for _, field := range game.FieldsOf(err) {
			switch field.Name {
			case "comment", "exception.en", "exception.zh", "exception", "at":
				id := map[string]string{"exception.en": "exception-en", "exception.zh": "exception-zh", "at": "plan-at"}[field.Name]
				if id == "" {
					id = "review-" + field.Name
				}
				f.expect(id, map[string]string{"at": "time"}[field.Name], field.Reason, field.Want)
			}
		}
		if f.ok() {
			f.loose = append(f.loose, v.explain(err))
		}
		return a.showReview(v, statusOf(game.CodeOf(err)), f)
	}
	return v.seeOther("/admin/campaigns/"+url.PathEscape(v.Param("slug"))+"/versions/"+strconv.Itoa(number), "done", done, "n", strconv.Itoa(number))
}

func (v *visit) form() (*form, error) {
	values, err := v.FormParams()
	if err != nil {
		return nil, game.Fail(game.CodeMalformed, err.Error())
	}
	return newForm(v.lang, values), nil
}

func (a *Admin) askApproval(v *visit) error {
	number, err := v.version()
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	_, err = a.Approvals.Ask(v.ctx(), v.Param("slug"), number, f.typed("review-comment"), f.both("exception"), v.staff.ID)
	return a.reviewed(v, number, f, err, "approval_asked")
}

func (a *Admin) decideApproval(v *visit) error {
	number, err := v.version()
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	request, err := strconv.ParseInt(f.typed("request"), 10, 64)
	if err != nil {
		return game.FailField(game.CodeInvalid, "request", game.ReasonUnknown, "")
	}
	d := game.Decision{
		By: v.staff.ID, Give: f.typed("decision") == "give", Exception: f.values.Has("review-exception"), Comment: f.typed("review-comment"),
	}
	_, err = a.Approvals.Decide(v.ctx(), v.Param("slug"), request, d)
	done := "approval_declined"
	if d.Give {
		done = "approval_given"
	}
	return a.reviewed(v, number, f, err, done)
}

// restore saves what an older version says as the newest one, which then goes the way of any other.
func (a *Admin) restore(v *visit) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	number, err := v.version()
	if err != nil {
		return err
	}
	old, err := versionOf(versions, number)
	if err != nil {
		return err
	}
	comment := v.say("review.restores", strconv.Itoa(number))
	saved, err := a.Campaigns.SaveVersion(v.ctx(), c.Slug, old.Version, comment, versions[len(versions)-1].Number, v.staff.ID)
	return a.reviewed(v, max(saved.Number, 1), newForm(v.lang, url.Values{}), err, "restored")
}

func (a *Admin) plan(v *visit) error {
	number, err := v.version()
	if err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	f.zone = zoneOf(c)
	at := f.time("plan-at")
	if !f.ok() {
		return a.showReview(v, http.StatusUnprocessableEntity, f)
	}
	_, err = a.Plans.Plan(v.ctx(), c.Slug, number, at, v.staff.ID)
	return a.reviewed(v, number, f, err, "planned")
}

func (a *Admin) cancelPlan(v *visit) error {
	number, err := v.version()
	if err != nil {
		return err
	}
	err = a.Plans.CancelPlan(v.ctx(), v.Param("slug"), v.staff.ID)
	return a.reviewed(v, number, newForm(v.lang, url.Values{}), err, "plan_cancelled")
}
