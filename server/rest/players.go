package rest

import (
	"encoding/hex"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

func (s *Server) postPlayer(c echo.Context) error {
	ctx := c.Request().Context()
	if err := s.limit(c, "players:"+c.RealIP(), s.PlayersPerMinute); err != nil {
		return err
	}
	var q api.NewPlayer
	if err := decode(c, &q); err != nil {
		return err
	}
	p, token, made, err := s.Players.Enter(ctx, player.Entrant(q))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if made {
		status = http.StatusCreated
	}
	return c.JSON(status, api.Player{
		Player: string(p.ID), Token: token, ClientSeed: hex.EncodeToString(p.ClientSeed[:]),
	})
}

// limit refuses what comes more often than perMinute. Code: rate_limited.
func (s *Server) limit(c echo.Context, key string, perMinute int) error {
	ok, again, err := s.Limits.Allow(c.Request().Context(), key, perMinute, time.Minute)
	if err != nil {
		return err
	}
	if !ok {
		return &game.Error{Code: game.CodeRateLimited, RetryAfter: again}
	}
	return nil
}
