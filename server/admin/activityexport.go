package admin

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/sheet"
)

// actRecord is an act as it is exported.
type actRecord struct {
	ID       int64           `json:"id"`
	At       time.Time       `json:"at"`
	By       string          `json:"by"`
	Action   game.Action     `json:"action"`
	Campaign string          `json:"campaign,omitempty"`
	Subject  string          `json:"subject,omitempty"`
	Reason   string          `json:"reason,omitempty"`
	Before   json.RawMessage `json:"before,omitempty"`
	After    json.RawMessage `json:"after,omitempty"`
	Token    game.TokenID    `json:"token,omitempty"`
}

// actFormat is a way to write acts down.
type actFormat struct {
	kind, ending string
	begin        func(w io.Writer) (write func(actRecord) error, end func() error, err error)
}

var writeActsCSV = actFormat{"text/csv; charset=utf-8", "csv", func(w io.Writer) (func(actRecord) error, func() error, error) {
	s, err := sheet.New(w, "id", "at", "by", "action", "campaign", "subject", "reason", "before", "after", "token")
	if err != nil {
		return nil, nil, err
	}
	write := func(r actRecord) error {
		return s.Row(strconv.FormatInt(r.ID, 10), r.At.Format(time.RFC3339), r.By, string(r.Action), r.Campaign,
			r.Subject, r.Reason, string(r.Before), string(r.After), string(r.Token))
	}
	return write, s.Flush, nil
}}

var writeActsJSON = actFormat{"application/jsonl; charset=utf-8", "jsonl", func(w io.Writer) (func(actRecord) error, func() error, error) {
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	return func(r actRecord) error { return lines.Encode(r) }, func() error { return nil }, nil
}}

// actsAtOnce is how many acts an export holds in memory.
const actsAtOnce = 500

// exportActs writes all acts that the query chooses.
func (a *Admin) exportActs(format actFormat) handler {
	return func(v *visit) error {
		f := newForm(v.lang, v.QueryParams())
		filter, err := a.readActFilter(v, f, nil)
		if err != nil {
			return err
		}
		if !f.ok() {
			problem := f.Problems()[0]
			return game.FailField(game.CodeInvalid, problem.ID, game.ReasonFormat, problem.Sentence)
		}
		people, err := a.Activity.People(v.ctx())
		if err != nil {
			return fmt.Errorf("list the staff: %w", err)
		}
		filter.Limit = actsAtOnce
		acts, err := a.Activity.Acts(v.ctx(), filter)
		if err != nil {
			return fmt.Errorf("read acts: %w", err)
		}
		h := v.Response().Header()
		h.Set(echo.HeaderContentType, format.kind)
		h.Set(echo.HeaderContentDisposition, `attachment; filename="fivefold-activity.`+format.ending+`"`)
		v.Response().WriteHeader(http.StatusOK)
		if err := a.streamActs(v, format, people, acts, filter); err != nil {
			// The download has begun: breaking it off is the one way to tell that it is not whole.
			a.Log.ErrorContext(v.ctx(), "admin: an export broke off", slog.Any("error", err))
			panic(http.ErrAbortHandler)
		}
		return nil
	}
}

func (a *Admin) streamActs(v *visit, format actFormat, people []game.Staff, acts []game.Act, filter game.ActFilter) error {
	write, end, err := format.begin(v.Response())
	if err != nil {
		return err
	}
	for len(acts) > 0 {
		names, err := a.actNames(v, people, acts)
		if err != nil {
			return err
		}
		for _, act := range acts {
			if err := write(names.record(act)); err != nil {
				return err
			}
		}
		if len(acts) < filter.Limit {
			break
		}
		filter.Before = acts[len(acts)-1].ID
		if acts, err = a.Activity.Acts(v.ctx(), filter); err != nil {
			return fmt.Errorf("read acts: %w", err)
		}
	}
	return end()
}

// record writes an act for export. The names of a program's columns and values stay the same in
// every language; an act of the system itself has nobody in By.
func (n actNames) record(act game.Act) actRecord {
	r := actRecord{
		ID: act.ID, At: act.At.UTC(), Action: act.Action, Campaign: n.slugs[act.Campaign],
		Subject: act.Subject, Reason: act.Reason, Before: json.RawMessage(act.Before), After: json.RawMessage(act.After), Token: act.Token,
	}
	if act.By != "" {
		r.By = n.who(english, act.By)
	}
	return r
}
