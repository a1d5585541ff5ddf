package support

import (
	"context"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Grants keeps grants of bonus chances; lead is that of game.Governing.
type Grants interface {
	GrantBonus(ctx context.Context, g game.BonusGrant, lead time.Duration) (game.BonusGranted, error)
}

// GrantBonus gives a player bonus chances of a round, once for the grant's key.
// Codes: invalid, campaign_unknown, not_found (the player), key_reused, and those of game.BonusGrant.Admit.
func (s *Service) GrantBonus(ctx context.Context, g game.BonusGrant) (game.BonusGranted, error) {
	if err := g.Key.Check(); err != nil {
		return game.BonusGranted{}, err
	}
	if err := g.Check(); err != nil {
		return game.BonusGranted{}, err
	}
	granted, err := s.Grants.GrantBonus(ctx, g, s.Lead)
	if err != nil {
		return granted, fmt.Errorf("support: grant bonus chances: %w", err)
	}
	return granted, nil
}
