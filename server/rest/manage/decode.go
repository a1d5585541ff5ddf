package manage

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// maxBody bounds a request, in bytes: a campaign with many rounds and rules in two languages fits.
const maxBody = 2 << 20

// decode reads a JSON body. A name that is not known is refused: what a program meant to change
// must not be passed over in silence. Codes: malformed, too_large, invalid (with the field).
func (c *call) decode(into any) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return game.Fail(game.CodeTooLarge, err.Error())
	}
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(into)
	if err == nil && decoder.More() {
		return game.Fail(game.CodeMalformed, "more than one value")
	}
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return game.FailField(game.CodeInvalid, wrong.Field, game.ReasonFormat, wrong.Type.String())
	}
	if err == nil {
		return nil
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name, _ = strconv.Unquote(name)
		return game.FailField(game.CodeInvalid, name, game.ReasonUnknown, "")
	}
	return game.Fail(game.CodeMalformed, err.Error())
}

// number reads a whole number of the query, otherwise where it is absent. Code: invalid.
func (c *call) number(name string, otherwise, most int64) (int64, error) {
	text := c.QueryParam(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || n > most {
		return 0, game.FailField(game.CodeInvalid, name, game.ReasonRange, "1.."+strconv.FormatInt(most, 10))
	}
	return n, nil
}

// time reads a time of the query; zero: it is absent. Code: invalid.
func (c *call) time(name string) (time.Time, error) {
	text := c.QueryParam(name)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, game.FailField(game.CodeInvalid, name, game.ReasonFormat, "2026-02-16T12:00:00Z")
	}
	return t, nil
}

// version reads the number of a version in the path. Code: version_unknown.
func (c *call) version() (int, error) {
	n, err := strconv.Atoi(c.Param("number"))
	if err != nil || n < 1 {
		return 0, game.FailField(game.CodeVersionUnknown, "number", game.ReasonUnknown, "")
	}
	return n, nil
}
