package manage

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Shadows makes campaigns on which drafts are played; campaign.Service does.
type Shadows interface {
	// PlayDraft makes one of a version. Codes: campaign_unknown, version_unknown, state_conflict.
	PlayDraft(ctx context.Context, slug string, number int, by game.StaffID) (game.Campaign, error)
	// PlayUnsaved makes one of what is not saved. Codes: those of game.Version.Check, state_conflict.
	PlayUnsaved(ctx context.Context, slug string, v game.Version, by game.StaffID) (game.Campaign, error)
}

// Previews gives the slug under which the real game shows a campaign, in a theme, to whoever has it.
type Previews interface {
	Address(slug, theme string, now time.Time) string
}

// Theme is what a campaign looks like.
type Theme struct {
	Theme string    `json:"theme"`
	Name  game.Text `json:"name"`
}

// Preview is where a campaign can be looked at, and not played.
type Preview struct {
	Address string `json:"address"` // on this server, for whoever has it
}

// Unsaved is a version to be played and not saved.
type Unsaved struct {
	Version game.Version `json:"version"`
}

// Playground is where a version is played on a shadow, until it is removed.
type Playground struct {
	Slug      string    `json:"slug"` // for the players' API
	Address   string    `json:"address"`
	ExpiresAt time.Time `json:"expires_at"`
}

func (s *Server) listThemes(c *call) error { return c.JSON(http.StatusOK, s.Themes) }

// getPreview gives the address under which the real game shows a campaign.
func (s *Server) getPreview(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	theme := of.Theme
	if asked := c.QueryParam("theme"); asked != "" {
		theme = asked
		if !slices.ContainsFunc(s.Themes, func(t Theme) bool { return t.Theme == theme }) {
			return game.FailField(game.CodeInvalid, "theme", game.ReasonUnknown, "")
		}
	}
	now, err := s.Book.Now(c.ctx())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, Preview{Address: playAddress + s.Previews.Address(of.Slug, theme, now)})
}

// playAddress is before the slug of what is played.
const playAddress = "/play/"

// playDraft makes a shadow of a version, on which nothing that is won is real.
func (s *Server) playDraft(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	shadow, err := s.Shadows.PlayDraft(c.ctx(), c.Param("slug"), number, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, playgroundOf(shadow))
}

// playUnsaved does so with a version of the program's own.
func (s *Server) playUnsaved(c *call) error {
	var q Unsaved
	if err := c.decode(&q); err != nil {
		return err
	}
	shadow, err := s.Shadows.PlayUnsaved(c.ctx(), c.Param("slug"), q.Version, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, playgroundOf(shadow))
}

func playgroundOf(shadow game.Campaign) Playground {
	return Playground{Slug: shadow.Slug, Address: playAddress + shadow.Slug, ExpiresAt: *shadow.ExpiresAt}
}
