package manage_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// board keeps approvals, plans, files and people in a test's memory.
type board struct {
	*memory
	approval *game.Approval
	plan     *game.Publication
}

func (b *board) AskApproval(_ context.Context, a game.Approval) (game.Approval, error) {
	if a.Version > len(b.versions) {
		return a, game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	v := b.versions[a.Version-1]
	if err := v.CheckAsk(len(b.versions), b.approval); err != nil {
		return a, err
	}
	a.ID, a.State, a.SavedBy, a.At = 3, game.ApprovalAsked, v.SavedBy, now
	b.approval = &a
	return a, nil
}

func (b *board) DecideApproval(_ context.Context, _ game.CampaignID, request int64, d game.Decision) (game.Approval, error) {
	if b.approval == nil || b.approval.ID != request {
		return game.Approval{}, game.Fail(game.CodeNotFound, "")
	}
	err := b.approval.Decide(d, now)
	return *b.approval, err
}

func (b *board) Approvals(context.Context, game.CampaignID) ([]game.Approval, error) {
	if b.approval == nil {
		return nil, nil
	}
	return []game.Approval{*b.approval}, nil
}

func (b *board) AwaitingApproval(_ context.Context, by game.StaffID, _ int) ([]game.AwaitedApproval, error) {
	if b.approval == nil || b.approval.By == by {
		return nil, nil
	}
	return []game.AwaitedApproval{{Approval: *b.approval, Slug: "spring", Name: game.Text{"en": "Five"}}}, nil
}

func (b *board) InviteAgain(_ context.Context, id, _ game.StaffID) (staff.Invitation, error) {
	switch {
	case id != b.staff.ID:
		return staff.Invitation{}, game.Fail(game.CodeNotFound, "")
	case !b.staff.DisabledAt.IsZero():
		return staff.Invitation{}, game.Fail(game.CodeStateConflict, "")
	}
	return staff.Invitation{Person: b.staff, Token: "again", EndsAt: now}, nil
}

func (b *board) ResetFactor(_ context.Context, id, _ game.StaffID) error {
	if id != b.staff.ID {
		return game.Fail(game.CodeNotFound, "")
	}
	return nil
}

func (b *board) Publications(context.Context, game.CampaignID) ([]game.Publication, error) {
	if b.plan == nil {
		return nil, nil
	}
	return []game.Publication{*b.plan}, nil
}

func (b *board) Plan(ctx context.Context, slug string, number int, at time.Time, by game.StaffID) (game.Publication, error) {
	if _, err := b.Campaign(ctx, slug); err != nil {
		return game.Publication{}, err
	}
	if number > len(b.versions) {
		return game.Publication{}, game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	c := game.Candidate{Next: &b.versions[number-1], Now: now}
	if err := c.CheckPlan(at, b.plan); err != nil {
		return game.Publication{}, err
	}
	b.plan = &game.Publication{Version: number, At: at, Due: at, By: by, State: game.PublicationWaits}
	return *b.plan, nil
}

func (b *board) CancelPlan(ctx context.Context, slug string, by game.StaffID) error {
	if _, err := b.Campaign(ctx, slug); err != nil {
		return err
	}
	if b.plan == nil {
		return game.Fail(game.CodePublicationOver, "")
	}
	return b.plan.Cancel(by, now)
}

func (b *board) Export(ctx context.Context, slug string, number int) ([]byte, error) {
	c, err := b.Campaign(ctx, slug)
	if err == nil && number > len(b.versions) {
		err = game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	return []byte("slug: " + c.Slug + "\n"), err
}

func (b *board) Import(_ context.Context, d campaign.Draft, trial bool, _ game.StaffID) (campaign.Imported, error) {
	return campaign.Imported{Campaign: d.Campaign, Created: !trial, Version: 1}, nil
}

func (b *board) People(context.Context) ([]game.Staff, error) { return []game.Staff{b.staff}, nil }

func (b *board) Invite(_ context.Context, login string, role game.Role, _ game.StaffID) (staff.Invitation, error) {
	if login == "" {
		return staff.Invitation{}, game.FailField(game.CodeInvalid, "login", game.ReasonRequired, "")
	}
	return staff.Invitation{Person: game.Staff{ID: "s9", Login: login, Role: role}, Token: "once", EndsAt: now}, nil
}

func (b *board) SetRole(_ context.Context, id game.StaffID, role game.Role, _ game.StaffID) error {
	if id != b.staff.ID {
		return game.Fail(game.CodeNotFound, "")
	}
	if id == b.staff.ID && role != game.RoleOwner {
		return game.CheckReign([]game.Staff{{ID: id, Role: game.RoleOwner, PasswordHash: "x"}}, id)
	}
	b.staff.Role = role
	return nil
}

func (b *board) SetDisabled(_ context.Context, _ game.StaffID, disabled bool, _ game.StaffID) error {
	if disabled {
		b.staff.DisabledAt = now
	}
	return nil
}

// A designer's program asks, and a publisher's answers; neither does both.
func TestApprovalByProgram(t *testing.T) {
	s := newSite(t)
	s.create() // by s1
	const ask = "/campaigns/spring/versions/1/approval"
	s.want(s.send(http.MethodPost, ask, `{"exception": {"en": "why"}}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPost, ask, `{"comment": "please"}`), http.StatusCreated, "")
	s.want(s.send(http.MethodPost, ask, `{}`), http.StatusConflict, game.CodeApprovalOver)
	s.want(s.send(http.MethodPost, "/campaigns/spring/versions/9/approval", `{}`), http.StatusNotFound, game.CodeVersionUnknown)
	s.want(s.send(http.MethodPost, "/campaigns/spring/approvals/3/decision", `{"give": true}`), http.StatusConflict, game.CodeApprovalOwn)
	s.want(s.send(http.MethodPost, "/campaigns/spring/approvals/x/decision", `{"give": true}`), http.StatusNotFound, game.CodeNotFound)
	s.staff.ID = "s2"
	s.want(s.send(http.MethodPost, "/campaigns/spring/approvals/3/decision", `{"give": false}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPost, "/campaigns/spring/approvals/3/decision", `{"give": true}`), http.StatusOK, "")
	if a := s.send(http.MethodGet, "/campaigns/spring/versions/1/review", ""); a.body["approved"] != true || a.body["in_favour"] != true {
		t.Errorf("%s", a.text)
	}
	if a := s.send(http.MethodGet, "/approvals", ""); !strings.Contains(a.text, `"slug":"spring"`) {
		t.Errorf("%s", a.text)
	}
	if a := s.send(http.MethodGet, "/campaigns/spring/approvals", ""); !strings.Contains(a.text, `"state":"given"`) {
		t.Errorf("%s", a.text)
	}
}

func TestPlanByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	const plan = "/campaigns/spring/versions/1/plan"
	s.want(s.send(http.MethodDelete, "/campaigns/spring/plans", ""), http.StatusConflict, game.CodePublicationOver)
	s.want(s.send(http.MethodPost, plan, `{"at": "2020-01-01T00:00:00Z"}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPost, plan, `{"at": "2026-02-16T11:00:00Z"}`), http.StatusCreated, "")
	s.want(s.send(http.MethodPost, plan, `{"at": "2026-02-16T11:00:00Z"}`), http.StatusConflict, game.CodePublicationWaits)
	if a := s.send(http.MethodDelete, "/campaigns/spring/plans", ""); !strings.Contains(a.text, `"state":"cancelled"`) {
		t.Errorf("%s", a.text)
	}
}

func TestFilesByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	if a := s.send(http.MethodGet, "/campaigns/spring/file", ""); a.text != "slug: spring\n" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodGet, "/campaigns/spring/file?version=9", ""), http.StatusNotFound, game.CodeVersionUnknown)
	for text, want := range map[string]string{"slug: [": "line 1", "slug: spring\npool: 7\n": "line 2", "slugg: spring\n": "slugg"} {
		a := s.send(http.MethodPost, "/files", text)
		s.want(a, http.StatusBadRequest, game.CodeMalformed)
		if detail, _ := a.body["detail"].(string); !strings.Contains(detail, want) {
			t.Errorf("%q: %s", text, a.text)
		}
	}
	s.want(s.send(http.MethodPost, "/files", strings.Repeat("#", 2<<20+1)), http.StatusRequestEntityTooLarge, game.CodeTooLarge)
	s.want(s.send(http.MethodPost, "/files?trial=true", "slug: autumn\n"), http.StatusOK, "")
	s.want(s.send(http.MethodPost, "/files", "slug: autumn\n"), http.StatusCreated, "")
}

func TestPeopleByProgram(t *testing.T) {
	s := newSite(t)
	if a := s.send(http.MethodPost, "/staff", `{"login": "bo", "role": "viewer"}`); a.status != http.StatusCreated || a.body["token"] != "once" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/staff", `{"login": "", "role": "viewer"}`), http.StatusUnprocessableEntity, game.CodeInvalid)
	s.want(s.send(http.MethodPut, "/staff/nobody", `{"role": "viewer", "disabled": false}`), http.StatusNotFound, game.CodeNotFound)
	s.want(s.send(http.MethodPut, "/staff/s1", `{"role": "viewer", "disabled": false}`), http.StatusConflict, game.CodeLastOwner)
	if a := s.send(http.MethodPost, "/staff/s1/invitation", ""); a.status != http.StatusCreated || a.body["token"] != "again" {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/staff/nobody/invitation", ""), http.StatusNotFound, game.CodeNotFound)
	s.want(s.send(http.MethodDelete, "/staff/s1/factor", ""), http.StatusOK, "")
	s.want(s.send(http.MethodDelete, "/staff/nobody/factor", ""), http.StatusNotFound, game.CodeNotFound)
	if a := s.send(http.MethodPut, "/staff/s1", `{"role": "owner", "disabled": true}`); !strings.Contains(a.text, `"disabled":true`) {
		t.Errorf("%s", a.text)
	}
	s.want(s.send(http.MethodPost, "/staff/s1/invitation", ""), http.StatusConflict, game.CodeStateConflict)
}
