package live

import (
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/game"
)

// Redis lets tests look behind, and break what is there.
func (l *Live) Redis() redis.UniversalClient { return l.redis }

// PlayerKey is the key of a player's album and marks.
func (l *Live) PlayerKey(id game.CampaignID, p game.PlayerID) string { return l.playerKey(id, p) }

// Shorten lets albums and leases run out while a test waits.
func (l *Live) Shorten(album, lease time.Duration) { l.times.album, l.times.lease = album, lease }

// MaxLimits is how many limits a Limiter keeps.
const MaxLimits = maxLimits

// Len is how many limits there are.
func (l *Limiter) Len() int { return len(l.limits) }
