package draw

import (
	"context"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// bonus checks a span of bonus chances, and gives how many of them the player has, as far as that had to be
// known: what every player has needs no look at the book, so that misses go on without it. due says that
// their time has come; at is the time of the snapshot.
// Codes: chance_unknown, beyond_chances, invalid, unavailable.
func (s *Service) bonus(ctx context.Context, run *game.Running, round game.Round, q Request, due bool, at time.Time) (int, error) {
	if due {
		if err := s.fresh(round, q.Span, at); err != nil {
			return 0, err
		}
	}
	rule := run.Bonus(round, s.Lead)
	granted := 0
	if rule.Grants > 0 && q.Span.Index >= 1 && q.Span.Last() >= rule.EachRound {
		ctx, cancel := context.WithTimeout(ctx, bookTime)
		defer cancel()
		var err error
		granted, err = s.entries.Granted(ctx, run.ID, q.ID.Player, round.Number)
		if err != nil && q.Span.Last() > rule.EachRound {
			return 0, err
		}
	}
	has := rule.Granted(granted)
	return has, round.CheckBonus(q.Span, rule, has)
}

// usedBonus gives the highest bonus chance of the round that is known to be used.
func (s *Service) usedBonus(result *Result, run *game.Running, q Request) int {
	used := q.Span.Index + result.Counted - 1
	if result.Counted == 0 {
		used = max(used, s.marks.BonusOf(run.ID, q.ID.Player, q.Span.Round))
	}
	for _, e := range result.Entries {
		used = max(used, e.Chance.Index)
	}
	return used
}
