package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Shadows makes campaigns on which drafts are played.
type Shadows interface {
	// PlayDraft makes one of a version. Codes: campaign_unknown, version_unknown, state_conflict.
	PlayDraft(ctx context.Context, slug string, number int, by game.StaffID) (game.Campaign, error)
	// PlayUnsaved makes one of what is not saved. Codes: those of game.Version.Check, state_conflict.
	PlayUnsaved(ctx context.Context, slug string, v game.Version, by game.StaffID) (game.Campaign, error)
}

func (a *Admin) registerShadows(g *echo.Group) {
	g.POST("/campaigns/:slug/versions/:number/play", a.staffed(game.Role.MayEdit, a.playDraft))
}

// playDraft makes a shadow of a version and goes there.
func (a *Admin) playDraft(v *visit) error {
	number, err := strconv.Atoi(v.Param("number"))
	if err != nil || number < 1 {
		return game.Fail(game.CodeVersionUnknown, "no version "+v.Param("number"))
	}
	shadow, err := a.Shadows.PlayDraft(v.ctx(), v.Param("slug"), number, v.staff.ID)
	if err != nil {
		return fmt.Errorf("play version %d of %s: %w", number, v.Param("slug"), err)
	}
	return v.seeOther("/play/" + url.PathEscape(shadow.Slug))
}

// playTyped makes a shadow of what stands in the editor, which is not saved by it, and goes there.
func (a *Admin) playTyped(v *visit) error {
	c, p, version, err := a.typedOdds(v)
	if err != nil {
		return err
	}
	if !p.Form.ok() {
		return a.showOdds(v, http.StatusUnprocessableEntity, c, p)
	}
	shadow, err := a.Shadows.PlayUnsaved(v.ctx(), c.Slug, version, v.staff.ID)
	switch {
	case err != nil && p.Form.refuseBy(err, p.Table):
		return a.showOdds(v, statusOf(game.CodeOf(err)), c, p)
	case err != nil:
		return fmt.Errorf("play what is typed of %s: %w", c.Slug, err)
	}
	return v.seeOther("/play/" + url.PathEscape(shadow.Slug))
}
