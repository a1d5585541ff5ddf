package manage

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
)

// Rehearsals sends synthetic crowds through versions; rehearse.Service does.
type Rehearsals interface {
	// Start begins one. Codes: invalid, version_unknown, state_conflict.
	Start(ctx context.Context, slug string, number int, p rehearse.Plan, by game.StaffID) error
	Stop(id game.CampaignID)
	Progress(id game.CampaignID) (rehearse.Progress, bool)
}

// maxRehearsals bounds a list of them.
const maxRehearsals = 100

// NewRehearsal says what is rehearsed and by how many; what is absent is as usual.
type NewRehearsal struct {
	Version int  `json:"version"`
	Players *int `json:"players,omitempty"`
	Windows *int `json:"windows,omitempty"`
	Draws   *int `json:"draws,omitempty"`
	// Expected is how many players are assumed to come in reality; 0: the stock is not scaled.
	Expected *int64 `json:"expected,omitempty"`
	Confirm  bool   `json:"confirm,omitempty"` // though a real campaign is open on this server
}

// Rehearsing is how far a rehearsal is.
type Rehearsing struct {
	Version int            `json:"version"`
	Phase   rehearse.Phase `json:"phase"`
	Percent int            `json:"percent"`
}

// Rehearsal is one that was made, beside what was forecast of it.
type Rehearsal struct {
	ID      int64           `json:"id"`
	Version int             `json:"version"`
	At      time.Time       `json:"at"`
	By      game.StaffID    `json:"by"`
	Good    bool            `json:"good"`
	Result  rehearse.Result `json:"result"`
}

func (s *Server) listRehearsals(c *call) error {
	limit, err := c.number("limit", 20, maxRehearsals)
	if err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	kept, err := s.Book.Rehearsals(c.ctx(), of.ID, int(limit))
	if err != nil {
		return err
	}
	list := make([]Rehearsal, len(kept))
	for i, one := range kept {
		list[i] = Rehearsal{ID: one.ID, Version: one.Version, At: one.At, By: one.By}
		if err := json.Unmarshal([]byte(one.Result), &list[i].Result); err != nil {
			return fmt.Errorf("read rehearsal %d: %w", one.ID, err)
		}
		list[i].Good = list[i].Result.Good()
		if list[i].Result.Stocks == nil {
			list[i].Result.Stocks = []rehearse.Drawn{}
		}
	}
	return c.JSON(http.StatusOK, list)
}

// startRehearsal begins one. It goes on when the answer was given.
func (s *Server) startRehearsal(c *call) error {
	var q NewRehearsal
	if err := c.decode(&q); err != nil {
		return err
	}
	plan := rehearse.Defaults()
	set(&plan.Players, q.Players)
	set(&plan.Windows, q.Windows)
	set(&plan.Draws, q.Draws)
	set(&plan.Expected, q.Expected)
	plan.Confirm = q.Confirm
	if err := s.Rehearsals.Start(c.ctx(), c.Param("slug"), q.Version, plan, c.staff.ID); err != nil {
		return err
	}
	return s.rehearsal(c, http.StatusAccepted)
}

func (s *Server) getRehearsal(c *call) error { return s.rehearsal(c, http.StatusOK) }

// rehearsal gives how far the rehearsal that this server knows of is.
func (s *Server) rehearsal(c *call, status int) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	p, ok := s.Rehearsals.Progress(of.ID)
	if !ok {
		return game.Fail(game.CodeNotFound, "no rehearsal is under way here")
	}
	return c.JSON(status, Rehearsing{Version: p.Version, Phase: p.Phase, Percent: p.Percent})
}

// stopRehearsal ends it; one that is over stays as it is.
func (s *Server) stopRehearsal(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	s.Rehearsals.Stop(of.ID)
	return s.rehearsal(c, http.StatusOK)
}
