package rest

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

func (s *Server) getSettlement(c echo.Context) error {
	r, err := s.Campaigns.Find(c.Param("slug"))
	if err != nil {
		return err
	}
	if r.State != game.StateSettled { // whose snapshot has the seed of the order too
		return game.Fail(game.CodeNotSettled, "the campaign is "+string(r.State))
	}
	settled, ok, err := s.Reader.Settlement(c.Request().Context(), r.ID)
	if err != nil {
		return err
	}
	if !ok {
		return game.Fail(game.CodeNotSettled, "the campaign has no settlement")
	}
	reply := api.Settlement{
		Pool: pool(r.Pool), Split: settled.Split, Redemptions: settled.Shares.Redemptions, Share: settled.Shares.Share,
		Leftover: settled.Shares.Leftover, Overflow: settled.Shares.Overflow,
		SettledAt: settled.SettledAt, OrderRule: redeem.OrderRule,
	}
	if settled.Root != "" {
		reply.Random = &api.RandomSplit{
			RootRule: redeem.RootRule, Root: settled.Root,
			WeightRule: redeem.WeightRule, Weights: settled.Weights, ShareRule: redeem.ShareRule,
		}
	}
	for _, commitment := range r.Commitments {
		if commitment.Round == 0 {
			reply.OrderSeed = commitment.Seed
		}
	}
	return c.JSON(http.StatusOK, reply)
}
