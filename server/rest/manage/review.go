package manage

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Review is what a second person looks at before they approve of a version.
type Review struct {
	Version  int                    `json:"version"`
	Against  int                    `json:"against,omitempty"` // absent: it is the first
	InFavour bool                   `json:"in_favour"`
	Worse    map[string]game.Reason `json:"worse"` // fields in which it is not, and why
	Draws    int64                  `json:"draws"` // of a diligent player
	Finishes float64                `json:"finishes"`
	Before   *float64               `json:"finished_before,omitempty"`
	Warnings []campaign.Warning     `json:"warnings"`
	Approved bool                   `json:"approved"`
}

// Restored says after which version an older one is saved once more.
type Restored struct {
	After   int    `json:"after"`
	Comment string `json:"comment,omitempty"`
}

// Waiting is a request for approval that the token's maker may answer.
type Waiting struct {
	Approval Approval  `json:"approval"`
	Slug     string    `json:"slug"`
	Name     game.Text `json:"name"`
}

// maxWaiting bounds a list of requests.
const maxWaiting = 100

func (s *Server) getReview(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	asked, err := c.number("against", 0, 1<<31-1)
	if err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	versions, err := s.Book.Versions(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	if number > len(versions) || int(asked) > len(versions) {
		return game.FailField(game.CodeVersionUnknown, "number", game.ReasonUnknown, "")
	}
	approvals, err := s.Reviews.Approvals(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	next := &versions[number-1]
	answer := Review{Version: number, InFavour: true, Worse: map[string]game.Reason{}}
	for _, a := range approvals {
		answer.Approved = answer.Approved || a.Version == number && (a.State == game.ApprovalGiven || a.State == game.ApprovalUsed)
	}
	plays := forecast.Diligent(next.Rounds)
	answer.Draws = plays.Spent(&next.Version).All()
	if before := compared(versions, next, int(asked)); before != nil {
		answer.Against = before.Number
		against := before.CheckFavour(&next.Version)
		answer.InFavour = against == nil
		for _, f := range game.FieldsOf(against) {
			answer.Worse[f.Name] = f.Reason
		}
		was, err := finishes(c.ctx(), &before.Version, plays)
		if err != nil {
			return err
		}
		answer.Before = &was
	}
	if answer.Finishes, err = finishes(c.ctx(), &next.Version, plays); err != nil {
		return err
	}
	answer.Warnings = campaign.Warnings(of, answer.Finishes < forecast.Rare)
	return c.JSON(http.StatusOK, answer)
}

// compared gives the version of a number, or the one that was published last before another, or the
// one before it; nil: it is the first.
func compared(versions []game.SavedVersion, next *game.SavedVersion, asked int) *game.SavedVersion {
	if asked > 0 {
		return &versions[asked-1]
	}
	var found *game.SavedVersion
	for _, other := range game.Published(versions) {
		if other.Number != next.Number && (next.PublishedAt.IsZero() || other.PublishedAt.Before(next.PublishedAt)) {
			found = other
		}
	}
	if found == nil && next.Number > 1 {
		found = &versions[next.Number-2]
	}
	return found
}

func finishes(ctx context.Context, v *game.Version, plays forecast.Diligence) (float64, error) {
	ctx, cancel := context.WithTimeout(ctx, forecastTime)
	defer cancel()
	out, err := forecast.OddsOf(ctx, v.Odds, v.Guarantee, []forecast.Spent{plays.Spent(v)})
	if err != nil {
		return 0, err
	}
	return out.By[0].Finished, nil
}

// restore saves what an older version says as the newest one, which then goes the way of any other.
func (s *Server) restore(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	var q Restored
	if err := c.decode(&q); err != nil {
		return err
	}
	versions, err := s.versions(c)
	if err != nil {
		return err
	}
	if number > len(versions) {
		return game.FailField(game.CodeVersionUnknown, "number", game.ReasonUnknown, "")
	}
	if strings.TrimSpace(q.Comment) == "" {
		q.Comment = fmt.Sprintf("Restores version %d.", number)
	}
	saved, err := s.Campaigns.SaveVersion(c.ctx(), c.Param("slug"), versions[number-1].Version, q.Comment, q.After, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, s.whole(&saved))
}

// listWaiting lists what waits for the consent of the token's maker, in all campaigns.
func (s *Server) listWaiting(c *call) error {
	waiting, err := s.Reviews.AwaitingApproval(c.ctx(), c.staff.ID, maxWaiting)
	if err != nil {
		return err
	}
	list := make([]Waiting, len(waiting))
	for i, w := range waiting {
		list[i] = Waiting{Approval: approvalOf(w.Approval), Slug: w.Slug, Name: w.Name}
	}
	return c.JSON(http.StatusOK, list)
}
