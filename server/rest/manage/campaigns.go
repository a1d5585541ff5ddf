package manage

import (
	"net/http"
	"slices"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

func (s *Server) getToken(c *call) error {
	open := []game.Scope{}
	for _, scope := range c.token.Scopes {
		if s.opens(c.token, c.staff, scope) == nil {
			open = append(open, scope)
		}
	}
	return c.JSON(http.StatusOK, Token{
		ID: c.token.ID, Name: c.token.Name, Scopes: c.token.Scopes, Open: open,
		Login: c.staff.Login, Role: c.staff.Role, ExpiresAt: c.token.ExpiresAt,
	})
}

// deleteToken revokes the token that asks, so that a program can end its own.
func (s *Server) deleteToken(c *call) error {
	if err := s.Tokens.Revoke(c.ctx(), c.token.ID, c.staff); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// maxCampaigns bounds a page of campaigns.
const maxCampaigns = 500

// listCampaigns lists campaigns, the newest first; after is the slug of the last one of the page before.
func (s *Server) listCampaigns(c *call) error {
	limit, err := c.number("limit", 100, maxCampaigns)
	if err != nil {
		return err
	}
	filter := game.CampaignFilter{Search: strings.TrimSpace(c.QueryParam("search")), State: game.State(c.QueryParam("state")), Limit: int(limit)}
	if filter.State != "" && !slices.Contains(game.States(), filter.State) {
		return game.FailField(game.CodeInvalid, "state", game.ReasonUnknown, "")
	}
	if after := c.QueryParam("after"); after != "" {
		last, err := s.Book.Campaign(c.ctx(), after)
		if game.CodeOf(err) == game.CodeCampaignUnknown {
			return game.FailField(game.CodeInvalid, "after", game.ReasonUnknown, "")
		}
		if err != nil {
			return err
		}
		filter.After = last.Place()
	}
	campaigns, err := s.Book.ListCampaigns(c.ctx(), filter)
	if err != nil {
		return err
	}
	list := make([]Campaign, len(campaigns))
	for i, found := range campaigns {
		list[i] = campaignOf(found.Campaign)
	}
	return c.JSON(http.StatusOK, list)
}

func (s *Server) getCampaign(c *call) error {
	found, err := s.Book.Campaign(c.ctx(), c.Param("slug"))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, campaignOf(found))
}

func (s *Server) postCampaign(c *call) error {
	var q NewCampaign
	if err := c.decode(&q); err != nil {
		return err
	}
	made, err := s.Campaigns.Create(c.ctx(), game.Campaign{
		Slug: q.Slug, Name: q.Name, Rules: q.Rules, TimeZone: q.TimeZone, Theme: q.Theme, Cards: q.Cards, Pool: q.Pool,
	}, q.Version, c.staff.ID)
	if err != nil {
		return err
	}
	// The book stamps it: what is answered is what is kept.
	if made, err = s.Book.Campaign(c.ctx(), made.Slug); err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, campaignOf(made))
}

func campaignOf(c game.Campaign) Campaign {
	return Campaign{
		ID: c.ID, Slug: c.Slug, Name: c.Name, Rules: c.Rules, State: c.State, Revision: c.Revision, TimeZone: c.TimeZone, Theme: c.Theme,
		Cards: c.Cards, Pool: c.Pool, ShakingPaused: c.ShakingPaused, RedemptionPaused: c.RedemptionPaused,
		ShakingNotice: c.ShakingNotice, RedemptionNotice: c.RedemptionNotice,
		OpensAt: c.OpensAt, ClosesAt: c.ClosesAt, CreatedAt: c.CreatedAt,
	}
}

func (s *Server) getFigures(c *call) error {
	found, err := s.Book.Campaign(c.ctx(), c.Param("slug"))
	if err != nil {
		return err
	}
	f, err := s.Book.Figures(c.ctx(), found.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, Figures{
		Players: f.Players, Wins: f.Wins, Issued: notNil(f.Issued), SoldOut: f.SoldOut,
		Taken: notNil(f.Taken), Redemptions: f.Redemptions,
	})
}

func notNil(counts map[game.OutcomeID]int64) map[game.OutcomeID]int64 {
	if counts == nil {
		return map[game.OutcomeID]int64{}
	}
	return counts
}

// putSwitches moves the switches of a campaign. Who pauses says why: it is recorded.
func (s *Server) putSwitches(c *call) error {
	var q Switches
	if err := c.decode(&q); err != nil {
		return err
	}
	if q.Reason = strings.TrimSpace(q.Reason); q.Reason == "" {
		return game.FailField(game.CodeInvalid, "reason", game.ReasonRequired, "")
	}
	to := game.Switches{
		ShakingPaused: q.ShakingPaused, RedemptionPaused: q.RedemptionPaused,
		ShakingNotice: q.ShakingNotice, RedemptionNotice: q.RedemptionNotice,
	}
	if err := s.Campaigns.Switch(c.ctx(), c.Param("slug"), to, c.staff.ID, q.Reason); err != nil {
		return err
	}
	return s.getCampaign(c)
}
