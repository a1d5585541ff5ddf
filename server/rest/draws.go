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
	var next api.Next
	reply := misses(&result, &next)
	if len(result.Entries) == 0 && result.Album == nil {
		return writeMisses(c, &reply)
	}
	if err := s.addWins(&reply, &result); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, reply)
}

// misses gives the answer to a draw but for what was won; room is where the next chance goes.
func misses(result *draw.Result, room *api.Next) api.Drawn {
	reply := api.Drawn{
		Counted: result.Counted, Code: result.Code,
		PaceMS: int(result.Pace / time.Millisecond), SampledOut: result.SampledOut,
	}
	if result.Next != nil {
		*room = nextOf(*result.Next)
		reply.Next, reply.Remaining = room, result.Next.Remaining
	}
	return reply
}

// addWins adds what was won.
func (s *Server) addWins(reply *api.Drawn, result *draw.Result) error {
	reply.Outcomes = make([]api.Outcome, 0, len(result.Entries))
	for _, e := range result.Entries {
		receipt, err := s.Receipts.Sign(e)
		if err != nil {
			return err
		}
		o := api.Outcome{
			Index: e.Chance.Index, N: e.N, Kind: e.Kind, Card: e.Card, Serial: e.Serial,
			Amount: e.Amount, Code: e.Code, Receipt: receipt,
		}
		if e.Kind.Prize() {
			o.Outcome = e.Outcome
		}
		reply.Outcomes = append(reply.Outcomes, o)
	}
	if result.Album != nil {
		a := albumOf(*result.Album)
		reply.Album = &a
	}
	return nil
}
