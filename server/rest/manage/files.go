package manage

import (
	"context"
	"io"
	"net/http"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// Files carries campaigns as YAML files; campaign.Service does.
type Files interface {
	Export(ctx context.Context, slug string, number int) ([]byte, error)
	Import(ctx context.Context, d campaign.Draft, trial bool, by game.StaffID) (campaign.Imported, error)
}

// fileType is the media type of a campaign's file.
const fileType = "application/yaml"

// getFile gives a campaign and a version of it, the newest where none is asked for, as a file.
func (s *Server) getFile(c *call) error {
	number, err := c.number("version", 0, 1<<31-1)
	if err != nil {
		return err
	}
	file, err := s.Files.Export(c.ctx(), c.Param("slug"), int(number))
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, fileType, file)
}

// postFile brings in what a file describes; with ?trial=true it says only what would be done.
func (s *Server) postFile(c *call) error {
	text, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	if err != nil {
		return game.Fail(game.CodeTooLarge, err.Error())
	}
	now, err := s.Book.Now(c.ctx())
	if err != nil {
		return err
	}
	draft, err := campaign.ReadDraft(text, now)
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	trial := c.QueryParam("trial") == "true"
	done, err := s.Files.Import(c.ctx(), draft, trial, c.staff.ID)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if done.Created && !trial {
		status = http.StatusCreated
	}
	changed := done.Changed
	if changed == nil {
		changed = []string{}
	}
	return c.JSON(status, Imported{Slug: done.Campaign.Slug, Created: done.Created, Changed: changed, Version: done.Version})
}
