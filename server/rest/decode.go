package rest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

// decode reads a JSON body. Codes: malformed, too_large, invalid (with the field of a wrong type).
func decode(c echo.Context, into any) error {
	body := json.NewDecoder(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	err := body.Decode(into)
	if err == nil {
		if _, err = body.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		return game.Fail(game.CodeMalformed, "there is more after the JSON value")
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return game.FailField(game.CodeInvalid, wrong.Field, game.ReasonFormat, wrong.Type.String())
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return game.Fail(game.CodeTooLarge, err.Error())
	}
	return game.Fail(game.CodeMalformed, err.Error())
}

// identity reads the bearer token. Codes: unauthorized, token_expired.
func (s *Server) identity(c echo.Context) (player.Identity, error) {
	token, ok := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	if !ok {
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
		return player.Identity{}, game.Fail(game.CodeUnauthorized, "there is no bearer token")
	}
	return s.Players.Tokens.Read(token)
}

// number reads a whole number of the query, 0 where it is absent. Code: invalid.
func number(c echo.Context, name string) (int64, error) {
	text := c.QueryParam(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, game.FailField(game.CodeInvalid, name, game.ReasonFormat, "0, 1, 2 …")
	}
	return n, nil
}
