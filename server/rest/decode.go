package rest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

// decode reads a JSON body. Codes: malformed, too_large, invalid (with the field of a wrong type).
func decode(c echo.Context, into any) error {
	body, err := read(c)
	if err != nil {
		return err
	}
	return parse(body, into)
}

// decodeAny is decode, but takes an empty body, which says nothing, for a good one.
func decodeAny(c echo.Context, into any) error {
	body, err := read(c)
	if err != nil || len(body) == 0 {
		return err
	}
	return parse(body, into)
}

func read(c echo.Context) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	if err != nil {
		return nil, unreadable(err)
	}
	return body, nil
}

func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return game.Fail(game.CodeTooLarge, err.Error())
	}
	return game.Fail(game.CodeMalformed, err.Error())
}

func parse(body []byte, into any) error {
	err := json.Unmarshal(body, into)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return game.FailField(game.CodeInvalid, wrong.Field, game.ReasonFormat, form(wrong.Type))
	}
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	return nil
}

const wholeNumbers = "0, 1, 2 …"

// form shows, in no language, what JSON of a type looks like.
func form(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Map, reflect.Struct:
		return "{…}"
	case reflect.String:
		return `"…"`
	default:
		return wholeNumbers
	}
}

// identity reads the bearer token. Codes: unauthorized, token_expired.
func (s *Server) identity(c echo.Context) (player.Identity, error) {
	token, _ := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	id, err := s.Players.Tokens.Read(token)
	if err != nil {
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
	}
	return id, err
}

// number reads a whole number of the query, 0 where it is absent. Code: invalid.
func number(c echo.Context, name string) (int64, error) {
	text := c.QueryParam(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, game.FailField(game.CodeInvalid, name, game.ReasonFormat, wholeNumbers)
	}
	return n, nil
}
