package admin

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// faults answers the errors and panics of the pages: a page in the reader's language, or a
// problem document for a script. Faults of ours are logged here, once.
func (a *Admin) faults(next echo.HandlerFunc) echo.HandlerFunc {
	quiet := middleware.RecoverConfig{DisableErrorHandler: true, DisableStackAll: true, LogErrorFunc: panicked}
	guarded := middleware.RecoverWithConfig(quiet)(next)
	return func(c echo.Context) error {
		err := guarded(c)
		if err == nil {
			return nil
		}
		err = coded(err)
		status := statusOf(game.CodeOf(err))
		if status >= http.StatusInternalServerError {
			a.Log.ErrorContext(c.Request().Context(), "admin: "+c.Request().Method+" "+c.Path(), slog.Any("error", err))
		}
		if c.Response().Committed {
			return nil
		}
		v := &visit{Context: c, lang: langOf(c)}
		v.staff, _ = c.Get(staffKey).(game.Staff)
		v.retryAfter(err)
		if wantsJSON(c) {
			return v.problem(status, err)
		}
		return a.show(v, status, "fault", page{Title: v.explain(err), Body: fault{status}})
	}
}

// panicked makes an uncoded error of a panic, whatever it was called with.
func panicked(_ echo.Context, err error, stack []byte) error {
	return fmt.Errorf("panic: %v\n%s", err, stack)
}

// fault is the page of an error.
type fault struct{ Status int }

// coded gives Echo's own errors the codes of game.
func coded(err error) error {
	var failed *echo.HTTPError
	if !errors.As(err, &failed) || game.CodeOf(err) != game.CodeInternal {
		return err
	}
	codes := map[int]game.Code{
		http.StatusNotFound:              game.CodeNotFound,
		http.StatusMethodNotAllowed:      game.CodeMethodNotAllowed,
		http.StatusRequestEntityTooLarge: game.CodeTooLarge,
		http.StatusBadRequest:            game.CodeMalformed,
		http.StatusForbidden:             codeStaleForm,
		http.StatusUnsupportedMediaType:  game.CodeMalformed,
	}
	if code, ok := codes[failed.Code]; ok {
		return &game.Error{Code: code, Message: failed.Error()}
	}
	return err
}

// statuses are those of the codes that are no conflict with the state of a campaign.
var statuses = map[game.Code]int{
	game.CodeInternal:         http.StatusInternalServerError,
	game.CodeMalformed:        http.StatusBadRequest,
	game.CodeTooLarge:         http.StatusRequestEntityTooLarge,
	game.CodeInvalid:          http.StatusUnprocessableEntity,
	game.CodeOddsSum:          http.StatusUnprocessableEntity,
	game.CodeWeightInvalid:    http.StatusUnprocessableEntity,
	game.CodeStockInvalid:     http.StatusUnprocessableEntity,
	game.CodeCardUnknown:      http.StatusUnprocessableEntity,
	game.CodeNotFound:         http.StatusNotFound,
	game.CodeCampaignUnknown:  http.StatusNotFound,
	game.CodeVersionUnknown:   http.StatusNotFound,
	game.CodeMethodNotAllowed: http.StatusMethodNotAllowed,
	game.CodeUnauthorized:     http.StatusUnauthorized,
	game.CodeTokenExpired:     http.StatusUnauthorized,
	game.CodeLoginFailed:      http.StatusUnauthorized,
	game.CodeForbidden:        http.StatusForbidden,
	game.CodeFactorNeeded:     http.StatusUnauthorized,
	game.CodeFactorWrong:      http.StatusUnauthorized,
	game.CodeFactorUnset:      http.StatusForbidden,
	codeStaleForm:             http.StatusForbidden,
	game.CodeRateLimited:      http.StatusTooManyRequests,
	game.CodeUnavailable:      http.StatusServiceUnavailable,
	game.CodeBusy:             http.StatusServiceUnavailable,
}

func statusOf(code game.Code) int {
	if status, ok := statuses[code]; ok {
		return status
	}
	return http.StatusConflict
}

// explain gives the sentence for an error; what an uncoded one says stays inside.
func (v *visit) explain(err error) string {
	if told := (correctionRefused{}); errors.As(err, &told) {
		return told.sentence
	}
	if key := "code." + string(game.CodeOf(err)); has(key) {
		return v.say(key)
	}
	return v.say("code." + string(game.CodeInternal))
}

func (v *visit) problem(status int, err error) error {
	p := api.Problem{
		Type: "about:blank", Title: v.explain(err), Status: status, Code: game.CodeOf(err),
		RetryAfterMS: retryAfter(err).Milliseconds(),
	}
	for _, f := range game.FieldsOf(err) {
		if p.Fields == nil {
			p.Fields = map[string]string{}
		}
		p.Fields[f.Name] = v.lang.wrong("text", f.Reason, strings.Split(f.Want, "..")...)
	}
	v.Response().Header().Set(echo.HeaderContentType, api.ProblemType)
	return v.JSON(status, p)
}

func retryAfter(err error) time.Duration {
	var e *game.Error
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

func (v *visit) retryAfter(err error) {
	if wait := retryAfter(err); wait > 0 {
		v.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
}
