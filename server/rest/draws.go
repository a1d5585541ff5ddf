package rest

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

func (s *Server) postDraw(c echo.Context) error {
	who, err := s.identity(c)
	if err != nil {
		return err
	}
	q, err := readDraw(c)
	if err != nil {
		return err
	}
	result, err := s.Draws.Draw(c.Request().Context(), draw.Request{
		Slug: c.Param("slug"),
		ID:   pick.Identity{Player: who.Player, ClientSeed: who.ClientSeed},
		Span: game.Span{
			Chance: game.Chance{Round: q.Round, Window: q.Window, Index: q.Index},
			Taps:   q.Taps,
		},
		Ticket: q.Ticket,
	})
	if err != nil {
		return err
	}
	if result.SampledOut > 0 {
		hold(c.Request().Context())
	}
	reply, err := s.drawn(result)
	if err != nil {
		return err
	}
	if len(reply.Outcomes) == 0 && reply.Album == nil {
		return writeMisses(c, &reply)
	}
	return c.JSON(http.StatusOK, reply)
}

func (s *Server) drawn(result draw.Result) (api.Drawn, error) {
	reply := api.Drawn{
		Counted: result.Counted, Outcomes: []api.Outcome{}, Code: result.Code,
		PaceMS: int(result.Pace / time.Millisecond), SampledOut: result.SampledOut,
	}
	for _, e := range result.Entries {
		receipt, err := s.Receipts.Sign(e)
		if err != nil {
			return reply, err
		}
		reply.Outcomes = append(reply.Outcomes, api.Outcome{
			Index: e.Chance.Index, N: e.N, Kind: e.Kind, Card: e.Card, Serial: e.Serial, Receipt: receipt,
		})
	}
	if result.Album != nil {
		a := albumOf(*result.Album)
		reply.Album = &a
	}
	if result.Next != nil {
		reply.Next, reply.Remaining = nextOf(*result.Next), result.Next.Remaining
	}
	return reply, nil
}
