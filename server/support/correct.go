package support

import (
	"context"
	"fmt"

	"github.com/fivefold/fivefold/server/game"
)

// Corrections is what corrections need of the book; see there for the codes.
type Corrections interface {
	Propose(ctx context.Context, c game.Correction) (game.Correction, error)
	Consent(ctx context.Context, campaign game.CampaignID, id int64, by game.StaffID, fourEyes bool) (game.Correction, game.Album, error)
	Decline(ctx context.Context, campaign game.CampaignID, id int64, by game.StaffID, answer string) (game.Correction, error)
	Corrections(ctx context.Context, f game.CorrectionFilter) ([]game.Correction, error)
}

// Albums lets Redis follow.
type Albums interface{ Follow(a game.Album) }

// CorrectionsPage is how many corrections a list shows.
const CorrectionsPage = 50

// Propose asks for a correction of a player's book, which somebody else has to consent to.
// Codes: invalid, card_unknown, not_found (the player, or the entry to reverse),
// campaign_not_open, campaign_sealed.
func (s *Service) Propose(ctx context.Context, c game.Correction) (game.Correction, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	_, known, err := s.Book.Player(ctx, c.Player)
	if err != nil {
		return c, fmt.Errorf("support: read a player: %w", err)
	}
	album, err := s.Book.Album(ctx, c.Campaign, c.Player)
	if err != nil {
		return c, fmt.Errorf("support: read an album: %w", err)
	}
	if !known && album.N == 0 { // a grant would make somebody who is nobody
		return c, game.FailField(game.CodeNotFound, "player", game.ReasonUnknown, "")
	}
	if c, err = s.Corrections.Propose(ctx, c); err != nil {
		return c, fmt.Errorf("support: propose: %w", err)
	}
	return c, nil
}

// Consent books a correction, and Redis follows. Codes: not_found, state_conflict, forbidden,
// campaign_sealed, invalid (the album has changed since it was proposed).
func (s *Service) Consent(ctx context.Context, c game.Campaign, id int64, by game.StaffID) (game.Correction, error) {
	made, album, err := s.Corrections.Consent(ctx, c.ID, id, by, s.FourEyes)
	if err != nil {
		return made, fmt.Errorf("support: consent: %w", err)
	}
	s.Albums.Follow(album)
	return made, nil
}

// Decline ends a correction that waits, for a reason. Codes: invalid, not_found, state_conflict.
func (s *Service) Decline(ctx context.Context, c game.Campaign, id int64, by game.StaffID, answer string) (game.Correction, error) {
	if err := game.CheckAnswer(answer); err != nil {
		return game.Correction{}, err
	}
	made, err := s.Corrections.Decline(ctx, c.ID, id, by, answer)
	if err != nil {
		return made, fmt.Errorf("support: decline: %w", err)
	}
	return made, nil
}

// Waiting gives the corrections of a campaign that wait for somebody, the newest first.
func (s *Service) Waiting(ctx context.Context, c game.Campaign) ([]game.Correction, error) {
	return s.list(ctx, game.CorrectionFilter{Campaign: c.ID, State: game.CorrectionProposed})
}

// Of gives the corrections of a player, the newest first.
func (s *Service) Of(ctx context.Context, c game.Campaign, id game.PlayerID) ([]game.Correction, error) {
	return s.list(ctx, game.CorrectionFilter{Campaign: c.ID, Player: id})
}

func (s *Service) list(ctx context.Context, f game.CorrectionFilter) ([]game.Correction, error) {
	f.Limit = CorrectionsPage
	found, err := s.Corrections.Corrections(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("support: list corrections: %w", err)
	}
	return found, nil
}

// MayConsent says whether somebody's consent to a correction counts.
func (s *Service) MayConsent(c game.Correction, by game.StaffID) bool {
	return c.Decidable(by, s.FourEyes, true) == nil
}
