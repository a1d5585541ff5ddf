package rest

import (
	"context"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// bonus gives a player's bonus chances of the round that is open; nil where nobody can have any. What a
// store that is away knows is left out: spending a chance again gives the same answer, and one that was
// granted shows later.
func (s *Server) bonus(ctx context.Context, r *game.Running, p game.PlayerID, a game.Album) *api.BonusChances {
	now := s.Campaigns.Now()
	round, open := r.Latest().RoundAt(now)
	if !open || r.ClosedAt != nil {
		return nil
	}
	rule := r.Bonus(round, s.Lead)
	if rule == (game.Bonus{}) {
		return nil
	}
	granted := 0
	if rule.Grants > 0 {
		if n, err := s.Reader.Granted(ctx, r.ID, p, round.Number); err == nil {
			granted = n
		}
	}
	bonus := api.BonusChances{Round: round.Number, Granted: rule.Granted(granted)}
	if next, ok := round.NextBonus(now, s.usedBonus(ctx, r, p, a, round.Number), bonus.Granted); ok {
		n := nextOf(next)
		bonus.Next = &n
	}
	return &bonus
}

// usedBonus gives the highest bonus chance of a round that is known to be used: booked, marked in Redis,
// or still on its way there.
func (s *Server) usedBonus(ctx context.Context, r *game.Running, p game.PlayerID, a game.Album, round int) int {
	used := s.Pending.BonusOf(r.ID, p, round)
	if mark, err := s.Marks.BonusMarkOf(ctx, r.ID, p, round); err == nil {
		used = max(used, mark)
	}
	if a.Last.Round == round { // else nothing of the round is booked
		if booked, err := s.Reader.BonusBooked(ctx, r.ID, p, round); err == nil {
			used = max(used, booked)
		}
	}
	return used
}
