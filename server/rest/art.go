package rest

import (
	"context"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Art finds a campaign's own picture by its hash. Code: not_found.
type Art interface {
	Art(ctx context.Context, hash string) (game.Art, error)
}

// Pictures serves the pictures of campaigns. Their addresses are made of what is in them, so they
// may be kept for ever.
func Pictures(e *echo.Echo, art Art) {
	serve := func(c echo.Context) error {
		name := c.Param("name")
		found, err := art.Art(c.Request().Context(), strings.TrimSuffix(name, path.Ext(name)))
		if err != nil {
			return err
		}
		if game.ArtPath+name != found.Address() {
			return game.Fail(game.CodeNotFound, "there is no such picture")
		}
		h := c.Response().Header()
		h.Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
		h.Set(echo.HeaderXContentTypeOptions, "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'")
		return c.Blob(http.StatusOK, found.MediaType, found.Content)
	}
	e.GET(game.ArtPath+":name", serve)
	e.HEAD(game.ArtPath+":name", serve)
}
