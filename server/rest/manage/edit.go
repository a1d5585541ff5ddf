package manage

import (
	"context"
	"net/http"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// Editor changes and copies campaigns; campaign.Service does.
type Editor interface {
	// Edit changes what a designer writes of a campaign. Codes: invalid, change_refused, and
	// version_conflict where revision is not the campaign's any more.
	Edit(ctx context.Context, slug string, next game.Campaign, revision int, by game.StaffID) (game.Campaign, error)
	CopyOf(ctx context.Context, slug string) (campaign.Draft, error)
	Copy(ctx context.Context, from campaign.Draft, to campaign.Copying, by game.StaffID) (game.Campaign, error)
}

// patchCampaign changes what is named of a campaign. What is not named is that of the revision that
// the program names, or nothing is saved: so nobody's change is written over unseen.
func (s *Server) patchCampaign(c *call) error {
	var q Changes
	if err := c.decode(&q); err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	edited, err := s.Editor.Edit(c.ctx(), of.Slug, q.in(of), q.Revision, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, campaignOf(edited))
}

func (s *Server) copyCampaign(c *call) error {
	return s.copy(c, func() (campaign.Draft, error) { return s.Editor.CopyOf(c.ctx(), c.Param("slug")) })
}

func (s *Server) copyTemplate(c *call) error {
	return s.copy(c, func() (campaign.Draft, error) {
		now, err := s.Book.Now(c.ctx())
		if err != nil {
			return campaign.Draft{}, err
		}
		return s.Templates.Read(c.Param("template"), now)
	})
}

// copy makes a draft of what is read.
func (s *Server) copy(c *call, read func() (campaign.Draft, error)) error {
	var q NewCopy
	if err := c.decode(&q); err != nil {
		return err
	}
	if q.OpensAt.IsZero() {
		return game.FailField(game.CodeInvalid, "opens_at", game.ReasonRequired, "")
	}
	from, err := read()
	if err != nil {
		return err
	}
	if q.Name == nil {
		q.Name = from.Campaign.Name
	}
	made, err := s.Editor.Copy(c.ctx(), from, campaign.Copying{Slug: q.Slug, Name: q.Name, OpensAt: q.OpensAt}, c.staff.ID)
	if err != nil {
		return err
	}
	// The book stamps it: what is answered is what is kept.
	if made, err = s.Book.Campaign(c.ctx(), made.Slug); err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, campaignOf(made))
}

func (s *Server) listTemplates(c *call) error {
	now, err := s.Book.Now(c.ctx())
	if err != nil {
		return err
	}
	templates, err := s.Templates.List(now)
	if err != nil {
		return err
	}
	list := make([]Template, len(templates))
	for i, t := range templates {
		list[i] = Template{Template: t.Slug, Name: t.Name}
	}
	return c.JSON(http.StatusOK, list)
}
