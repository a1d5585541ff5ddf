package campaign

import (
	"context"
	"fmt"

	"github.com/fivefold/fivefold/server/game"
)

// Edit changes what a designer writes of a campaign besides its versions: texts, cards, look, zone
// and pool. revision is the one that the editor began with; when somebody has changed the campaign
// since, the code is version_conflict and nothing is saved.
// Codes: campaign_unknown, invalid, change_refused, version_conflict.
func (s *Service) Edit(ctx context.Context, slug string, next game.Campaign, revision int, by game.StaffID) (game.Campaign, error) {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return c, err
	}
	return s.edit(ctx, c, game.Edit{Campaign: next, Revision: revision, By: by})
}

func (s *Service) edit(ctx context.Context, c game.Campaign, e game.Edit) (game.Campaign, error) {
	if e.Campaign.Theme == "" {
		e.Campaign.Theme = game.DefaultTheme
	}
	e.Campaign.Slug = c.Slug
	if err := s.check(e.Campaign); err != nil {
		return c, err
	}
	edited, err := s.Book.EditCampaign(ctx, c.ID, e)
	if err != nil {
		return c, fmt.Errorf("campaign: edit %s: %w", c.Slug, err)
	}
	if edited.State != game.StateDraft {
		s.Announce(ctx)
	}
	return edited, nil
}
