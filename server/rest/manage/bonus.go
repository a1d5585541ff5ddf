package manage

import (
	"net/http"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// NewBonus asks for bonus chances of a round for a player, beside those that every player has.
type NewBonus struct {
	Round   int    `json:"round"`
	Chances int    `json:"chances"`
	Reason  string `json:"reason"`
}

// BonusGranted is what a player has then of the round, with those that every player has.
type BonusGranted struct {
	Round   int `json:"round"`
	Granted int `json:"granted"`
}

// grantBonus gives a player bonus chances for what they did at a host app. The key makes it safe to
// ask again: it is granted once.
func (s *Server) grantBonus(c *call) error {
	var q NewBonus
	if err := c.decode(&q); err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	granted, err := s.Support.GrantBonus(c.ctx(), game.BonusGrant{
		Campaign: of.ID, Player: game.PlayerID(c.Param("player")), Round: q.Round, Chances: q.Chances, Reason: q.Reason,
		Key: game.OperationKey(c.Request().Header.Get(api.HeaderIdempotencyKey)), By: c.staff.ID,
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, BonusGranted{Round: granted.Round, Granted: granted.Granted})
}
