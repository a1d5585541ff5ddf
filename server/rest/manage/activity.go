package manage

import (
	"encoding/json"
	"net/http"

	"github.com/fivefold/fivefold/server/game"
)

// maxActs bounds a page of acts.
const maxActs = 500

// listActs lists what the staff did, the newest first.
func (s *Server) listActs(c *call) error { return s.acts(c, game.CampaignID(c.QueryParam("campaign"))) }

// listActsOfCampaign lists what was done to a campaign, which all of the staff may read.
func (s *Server) listActsOfCampaign(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	return s.acts(c, of.ID)
}

func (s *Server) acts(c *call, of game.CampaignID) error {
	filter := game.ActFilter{Campaign: of, By: game.StaffID(c.QueryParam("by")), Action: game.Action(c.QueryParam("action"))}
	var err error
	if filter.From, err = c.time("from"); err != nil {
		return err
	}
	if filter.Until, err = c.time("until"); err != nil {
		return err
	}
	if filter.Before, err = c.number("before", 0, 1<<53); err != nil {
		return err
	}
	limit, err := c.number("limit", 100, maxActs)
	if err != nil {
		return err
	}
	filter.Limit = int(limit)
	acts, err := s.Book.Acts(c.ctx(), filter)
	if err != nil {
		return err
	}
	list := make([]Act, len(acts))
	for i, a := range acts {
		list[i] = Act{
			ID: a.ID, At: a.At, By: a.By, Token: a.Token, Action: a.Action, Campaign: a.Campaign, Subject: a.Subject,
			Before: json.RawMessage(a.Before), After: json.RawMessage(a.After), Reason: a.Reason,
		}
	}
	return c.JSON(http.StatusOK, list)
}
