package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// PlanBook is what publications at a time need of the book.
type PlanBook interface {
	PlanPublication(ctx context.Context, p game.Publication, check PlanCheck) (game.Publication, error)
	CancelPublication(ctx context.Context, id game.CampaignID, by game.StaffID) error
	DuePublications(ctx context.Context) ([]game.DuePublication, error)
	FailPublication(ctx context.Context, p game.Publication, why game.Code) error
}

// PlanCheck decides, under the campaign's gate, whether a publication may be planned, and gives when
// it is due.
type PlanCheck = func(c game.Candidate, waiting *game.Publication) (due time.Time, err error)

// Plan orders that a version be published at a time, by the rules that hold then; those that can be
// judged now are. Codes: those of Publish, publication_waits.
func (s *Service) Plan(ctx context.Context, slug string, number int, at time.Time, by game.StaffID) (game.Publication, error) {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return game.Publication{}, err
	}
	p, err := s.Plans.PlanPublication(ctx, game.Publication{Campaign: c.ID, Version: number, At: at, By: by},
		func(c game.Candidate, waiting *game.Publication) (time.Time, error) {
			if err := c.CheckPlan(at, waiting); err != nil {
				return time.Time{}, err
			}
			then := c
			then.Now = at
			if err := s.mayPublish(then); err != nil {
				return time.Time{}, err
			}
			due, _, ok := c.Next.DueAt(at, s.Lead, c.Campaign.State == game.StateDraft)
			if !ok {
				return due, game.Fail(game.CodeStateConflict, "no window is left that the version could govern")
			}
			return due, nil
		})
	if err != nil {
		return p, fmt.Errorf("campaign: plan version %d of %s: %w", number, slug, err)
	}
	return p, nil
}

// CancelPlan takes back the publication of a campaign that waits. Codes: campaign_unknown,
// publication_over.
func (s *Service) CancelPlan(ctx context.Context, slug string, by game.StaffID) error {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return err
	}
	if err := s.Plans.CancelPublication(ctx, c.ID, by); err != nil {
		return fmt.Errorf("campaign: cancel a publication of %s: %w", slug, err)
	}
	return nil
}

// PublishDue publishes what is due. What the rules refuse is marked failed with the reason; where the
// stores are away, it stays due and is tried again.
func (s *Service) PublishDue(ctx context.Context) error {
	due, err := s.Plans.DuePublications(ctx)
	if err != nil {
		return fmt.Errorf("campaign: look for publications that are due: %w", err)
	}
	var failed []error
	for _, p := range due {
		_, _, err := s.Publish(ctx, p.Slug, p.Version, p.By)
		switch code := game.CodeOf(err); {
		case err == nil:
		case code == game.CodeInternal || code == game.CodeUnavailable:
			failed = append(failed, err)
		default:
			failed = append(failed, s.Plans.FailPublication(ctx, p.Publication, code))
		}
	}
	return errors.Join(failed...)
}

// mayPublish is the rule of publication; it runs under the campaign's gate.
func (s *Service) mayPublish(c game.Candidate) error {
	if err := s.fits(c); err != nil {
		return err
	}
	if err := s.favours(c); err != nil {
		return err
	}
	if s.FourEyes {
		return c.CheckConsent()
	}
	return nil
}

// fits says whether the version may follow what is published, in the state that the campaign is in.
func (s *Service) fits(c game.Candidate) error {
	if c.Campaign.Shadow() {
		return game.Fail(game.CodeStateConflict, "a shadow has one version for ever")
	}
	switch c.Campaign.State {
	case game.StateDraft:
		if opens := c.Now.Add(s.Lead); c.Next.Opens().Before(opens) {
			return game.FailField(game.CodeInvalid, "rounds.0.opens_at", game.ReasonOrder, opens.Format(time.RFC3339))
		}
		return nil
	case game.StateScheduled, game.StateOpen:
	default:
		return game.Fail(game.CodeStateConflict, "the campaign is "+string(c.Campaign.State))
	}
	if _, ok := c.Next.EffectiveFrom(c.Now, s.Lead); !ok {
		return game.Fail(game.CodeStateConflict, "no window is left that the version could govern")
	}
	return c.Last().CheckSuccessor(&c.Next.Version)
}

// favours says whether the version may be published in an open campaign: it is in the players' favour, or
// a second person has consented to an exception, which is public from then on. In development anything
// may be tried.
func (s *Service) favours(c game.Candidate) error {
	if c.Campaign.StateAt(c.Now) != game.StateOpen || s.AllowOpen {
		return nil
	}
	against := c.Last().CheckFavour(&c.Next.Version)
	if against == nil || c.CheckConsent() == nil && len(c.Approval.Exception) > 0 {
		return nil
	}
	return against
}
