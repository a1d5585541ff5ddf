package campaign

import (
	"context"
	"fmt"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// ApprovalBook is what Approvals needs of the book.
type ApprovalBook interface {
	Campaign(ctx context.Context, slug string) (game.Campaign, error)
	AskApproval(ctx context.Context, a game.Approval) (game.Approval, error)
	DecideApproval(ctx context.Context, id game.CampaignID, request int64, d game.Decision) (game.Approval, error)
}

// Approvals lets a second person look at a version before it is published.
type Approvals struct{ Book ApprovalBook }

// Ask asks for approval of the newest version. exception is the public reason for a change that is not
// in the players' favour, in both languages; empty: none is asked for.
// Codes: campaign_unknown, version_unknown, version_conflict, state_conflict, approval_over, invalid.
func (s *Approvals) Ask(ctx context.Context, slug string, number int, comment string, exception game.Text, by game.StaffID) (game.Approval, error) {
	a := game.Approval{Version: number, By: by, Comment: strings.TrimSpace(comment)}
	for language, reason := range exception {
		if reason = strings.TrimSpace(reason); reason != "" {
			if a.Exception == nil {
				a.Exception = game.Text{}
			}
			a.Exception[language] = reason
		}
	}
	if err := a.Check(); err != nil {
		return a, err
	}
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return a, err
	}
	a.Campaign = c.ID
	a, err = s.Book.AskApproval(ctx, a)
	if err != nil {
		return a, fmt.Errorf("campaign: ask for approval of version %d of %s: %w", number, slug, err)
	}
	return a, nil
}

// Decide answers a request for approval.
// Codes: campaign_unknown, not_found, approval_own, approval_over, invalid.
func (s *Approvals) Decide(ctx context.Context, slug string, request int64, d game.Decision) (game.Approval, error) {
	d.Comment = strings.TrimSpace(d.Comment)
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return game.Approval{}, err
	}
	a, err := s.Book.DecideApproval(ctx, c.ID, request, d)
	if err != nil {
		return a, fmt.Errorf("campaign: decide on request %d of %s: %w", request, slug, err)
	}
	return a, nil
}
