package admin

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Shadows makes campaigns on which drafts are played.
type Shadows interface {
	// PlayDraft makes one of a version. Codes: campaign_unknown, version_unknown, state_conflict.
	PlayDraft(ctx context.Context, slug string, number int, by game.StaffID) (game.Campaign, error)
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
