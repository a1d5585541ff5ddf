package rest

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// redemptionsPerMinute is more than a person can want and less than a loop would try.
const redemptionsPerMinute = 30

func (s *Server) postRedemption(c echo.Context) error {
	who, err := s.identity(c)
	if err != nil {
		return err
	}
	if err := s.limit(c, "redemption:"+string(who.Player), redemptionsPerMinute); err != nil {
		return err
	}
	var q api.Redeem
	if err := decodeAny(c, &q); err != nil {
		return err
	}
	key := game.OperationKey(c.Request().Header.Get(api.HeaderIdempotencyKey))
	done, err := s.Redeem.Redeem(c.Request().Context(), c.Param("slug"), who.Player, key, q.Wildcards)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if done.Made {
		status = http.StatusCreated
	}
	return c.JSON(status, api.Redeemed{
		Redemption: *redemptionOf(done.Redemption), Album: albumOf(done.Album), Completed: done.Completed,
	})
}
