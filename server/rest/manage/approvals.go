package manage

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Approvals lets a second person look at a version before it is published; campaign.Approvals does.
type Approvals interface {
	Ask(ctx context.Context, slug string, number int, comment string, exception game.Text, by game.StaffID) (game.Approval, error)
	Decide(ctx context.Context, slug string, request int64, d game.Decision) (game.Approval, error)
}

// Plans publishes versions at a time; campaign.Service does.
type Plans interface {
	Plan(ctx context.Context, slug string, number int, at time.Time, by game.StaffID) (game.Publication, error)
	CancelPlan(ctx context.Context, slug string, by game.StaffID) error
}

// Reviews is what is read of approvals and plans.
type Reviews interface {
	Approvals(ctx context.Context, id game.CampaignID) ([]game.Approval, error)
	// AwaitingApproval gives the requests that somebody may answer.
	AwaitingApproval(ctx context.Context, by game.StaffID, limit int) ([]game.AwaitedApproval, error)
	Publications(ctx context.Context, id game.CampaignID) ([]game.Publication, error)
}

func (s *Server) listApprovals(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	approvals, err := s.Reviews.Approvals(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	list := make([]Approval, len(approvals))
	for i, a := range approvals {
		list[i] = approvalOf(a)
	}
	return c.JSON(http.StatusOK, list)
}

func (s *Server) askApproval(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	var q NewApproval
	if err := c.decode(&q); err != nil {
		return err
	}
	a, err := s.Approvals.Ask(c.ctx(), c.Param("slug"), number, q.Comment, q.Exception, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, approvalOf(a))
}

// decideApproval answers a request. A token counts as its maker, so nobody gets around the second person by one.
func (s *Server) decideApproval(c *call) error {
	request, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return game.FailField(game.CodeNotFound, "id", game.ReasonUnknown, "")
	}
	var q Decision
	if err := c.decode(&q); err != nil {
		return err
	}
	a, err := s.Approvals.Decide(c.ctx(), c.Param("slug"), request, game.Decision{
		By: c.staff.ID, Give: q.Give, Exception: q.Exception, Comment: q.Comment,
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, approvalOf(a))
}

func (s *Server) listPlans(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	plans, err := s.Reviews.Publications(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	list := make([]Plan, len(plans))
	for i, p := range plans {
		list[i] = planOf(p)
	}
	return c.JSON(http.StatusOK, list)
}

func (s *Server) plan(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	var q NewPlan
	if err := c.decode(&q); err != nil {
		return err
	}
	p, err := s.Plans.Plan(c.ctx(), c.Param("slug"), number, q.At, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, planOf(p))
}

func (s *Server) cancelPlan(c *call) error {
	if err := s.Plans.CancelPlan(c.ctx(), c.Param("slug"), c.staff.ID); err != nil {
		return err
	}
	return s.listPlans(c)
}

func approvalOf(a game.Approval) Approval {
	return Approval{
		ID: a.ID, Version: a.Version, By: a.By, At: a.At, Comment: a.Comment, Exception: a.Exception, State: a.State,
		DecidedBy: a.DecidedBy, DecidedAt: timeOrNil(a.DecidedAt), Answer: a.Answer,
	}
}

func planOf(p game.Publication) Plan {
	return Plan{Version: p.Version, At: p.At, Due: p.Due, By: p.By, State: p.State, Failure: p.Failure, EndedAt: timeOrNil(p.EndedAt)}
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
