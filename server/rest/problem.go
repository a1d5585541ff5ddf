package rest

import (
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Statuses gives the HTTP status of every code.
var Statuses = map[game.Code]int{
	game.CodeInternal: http.StatusInternalServerError,

	game.CodeMalformed:        http.StatusBadRequest,
	game.CodeTooLarge:         http.StatusRequestEntityTooLarge,
	game.CodeInvalid:          http.StatusUnprocessableEntity,
	game.CodeNotFound:         http.StatusNotFound,
	game.CodeMethodNotAllowed: http.StatusMethodNotAllowed,

	game.CodeUnauthorized:    http.StatusUnauthorized,
	game.CodeTokenExpired:    http.StatusUnauthorized,
	game.CodeForbidden:       http.StatusForbidden,
	game.CodeLoginFailed:     http.StatusUnauthorized,
	game.CodeIdentityRefused: http.StatusUnprocessableEntity,

	game.CodeFactorNeeded: http.StatusUnauthorized,
	game.CodeFactorWrong:  http.StatusUnauthorized,
	game.CodeFactorUnset:  http.StatusForbidden,
	game.CodeLastOwner:    http.StatusConflict,

	game.CodeRateLimited: http.StatusTooManyRequests,
	game.CodeUnavailable: http.StatusServiceUnavailable,
	game.CodeOverloaded:  http.StatusTooManyRequests,
	game.CodeBusy:        http.StatusConflict,

	game.CodeCampaignUnknown:  http.StatusNotFound,
	game.CodeCampaignNotOpen:  http.StatusConflict,
	game.CodeCampaignClosed:   http.StatusConflict,
	game.CodeCampaignSealed:   http.StatusConflict,
	game.CodeNotSettled:       http.StatusConflict,
	game.CodeShakingPaused:    http.StatusConflict,
	game.CodeRedemptionPaused: http.StatusConflict,
	game.CodeStateConflict:    http.StatusConflict,
	game.CodeSlugTaken:        http.StatusConflict,

	game.CodeChanceUnknown: http.StatusUnprocessableEntity,
	game.CodeBeyondChances: http.StatusUnprocessableEntity,
	game.CodeTooEarly:      http.StatusConflict,
	game.CodeWindowOver:    http.StatusConflict,
	game.CodeTicketInvalid: http.StatusUnprocessableEntity,

	game.CodeSetIncomplete:   http.StatusConflict,
	game.CodeCardUnknown:     http.StatusUnprocessableEntity,
	game.CodeAlreadyRedeemed: http.StatusConflict,
	game.CodeKeyReused:       http.StatusUnprocessableEntity,

	game.CodeOddsSum:         http.StatusUnprocessableEntity,
	game.CodeWeightInvalid:   http.StatusUnprocessableEntity,
	game.CodeStockInvalid:    http.StatusUnprocessableEntity,
	game.CodeVersionUnknown:  http.StatusNotFound,
	game.CodeVersionConflict: http.StatusConflict,
	game.CodeChangeRefused:   http.StatusConflict,

	game.CodeApprovalNeeded:   http.StatusConflict,
	game.CodeApprovalOwn:      http.StatusConflict,
	game.CodeApprovalOver:     http.StatusConflict,
	game.CodeExceptionNeeded:  http.StatusConflict,
	game.CodePublicationWaits: http.StatusConflict,
	game.CodePublicationOver:  http.StatusConflict,
}

// ProblemHandler answers an error: log once, here, what is ours; tell the player a sentence.
func ProblemHandler(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		e := coded(err)
		status := Statuses[e.Code]
		if status >= http.StatusInternalServerError {
			log.Error("request failed", "method", c.Request().Method, "path", c.Path(), "code", e.Code, "err", err)
		}
		if e.RetryAfter > 0 {
			c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
		}
		body, _ := json.Marshal(problem(e, status, language(c.Request())))
		_ = c.Blob(status, api.ProblemType, body)
	}
}

func problem(e *game.Error, status int, lang string) api.Problem {
	p := api.Problem{
		Type: "about:blank", Status: status, Code: e.Code,
		Title:        Sentence(e.Code).In(lang),
		RetryAfterMS: e.RetryAfter.Milliseconds(),
		Ticket:       e.Ticket,
	}
	if e.Code == game.CodeMalformed {
		p.Detail = e.Message // of the reader of what was sent, to whoever wrote what sends it
	}
	if len(e.Fields) > 0 {
		p.Fields = map[string]string{}
		for _, f := range e.Fields {
			p.Fields[f.Name] = Explain(f, lang)
		}
	}
	return p
}

// coded gives the *game.Error of an error, Echo's own included.
func coded(err error) *game.Error {
	var e *game.Error
	if errors.As(err, &e) {
		return e
	}
	var h *echo.HTTPError
	if errors.As(err, &h) {
		switch h.Code {
		case http.StatusNotFound:
			return game.Fail(game.CodeNotFound, "no such page")
		case http.StatusMethodNotAllowed:
			return game.Fail(game.CodeMethodNotAllowed, "")
		case http.StatusRequestEntityTooLarge:
			return game.Fail(game.CodeTooLarge, "")
		}
	}
	return game.Fail(game.CodeInternal, "")
}

// language gives "zh" or "en", by the first of them in Accept-Language.
func language(r *http.Request) string {
	for _, part := range strings.Split(r.Header.Get("Accept-Language"), ",") {
		tag := strings.ToLower(strings.TrimSpace(part))
		if strings.HasPrefix(tag, "zh") {
			return "zh"
		}
		if strings.HasPrefix(tag, "en") {
			return "en"
		}
	}
	return "en"
}
