package live

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/game"
)

// Mark notes the highest chances that players have used; a mark only moves forward. The two
// latest rounds of a player and campaign are kept, bonus chances apart from those of the windows. Best effort. Code: unavailable.
func (l *Live) Mark(ctx context.Context, marks []game.Mark) error {
	keys, values := make([]string, len(marks)), make([]any, len(marks))
	for i, m := range marks {
		c := m.Chance
		keys[i] = l.playerKey(m.Campaign, m.Player)
		values[i] = strconv.Itoa(c.Round) + "," + strconv.Itoa(c.Window) + "," + strconv.Itoa(c.Index)
	}
	calls := l.group(keys, values, seconds(l.times.mark))
	return unavailable("mark chances", l.runAll(ctx, markScript, calls))
}

// MarkOf gives the highest chance of a round's windows that the player is known to have used, and
// whether there is one. Code: unavailable.
func (l *Live) MarkOf(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (game.Chance, bool, error) {
	return l.markOf(ctx, "m", id, p, round)
}

// BonusMarkOf gives the highest bonus chance of a round that the player is known to have used; 0: none.
// Code: unavailable.
func (l *Live) BonusMarkOf(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error) {
	c, _, err := l.markOf(ctx, "b", id, p, round)
	return c.Index, err
}

func (l *Live) markOf(ctx context.Context, field string, id game.CampaignID, p game.PlayerID, round int) (game.Chance, bool, error) {
	text, err := l.redis.HGet(ctx, l.playerKey(id, p), field).Result()
	if errors.Is(err, redis.Nil) {
		return game.Chance{}, false, nil
	}
	if err != nil {
		return game.Chance{}, false, unavailable("read mark", err)
	}
	for mark := range strings.SplitSeq(text, ";") {
		if n, ok := numbers(mark); ok && len(n) == 3 && n[0] == int64(round) {
			return game.Chance{Round: round, Window: int(n[1]), Index: int(n[2])}, true, nil
		}
	}
	return game.Chance{}, false, nil
}
