package manage

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Reports writes what is taken out of a campaign; report.Service does.
type Reports interface {
	Sheet(ctx context.Context, w io.Writer, c game.Campaign, name game.ReportName, mark bool, by game.StaffID) error
	Pack(ctx context.Context, w io.Writer, c game.Campaign, by game.StaffID) error
}

// getReport sends a report as it is written. One that cannot be finished is broken off, so that
// nobody takes a part for the whole.
func (s *Server) getReport(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	name, ending, _ := strings.Cut(c.Param("report"), ".")
	out := &download{response: c.Response()}
	switch {
	case name == string(game.ReportPack) && ending == "zip":
		out.kind = "application/zip"
		err = s.Reports.Pack(c.ctx(), out, of, c.staff.ID)
	case ending == "csv":
		out.kind = "text/csv; charset=utf-8"
		err = s.Reports.Sheet(c.ctx(), out, of, game.ReportName(name), false, c.staff.ID)
	default:
		err = game.Fail(game.CodeNotFound, "no report "+c.Param("report"))
	}
	if err != nil && out.begun {
		panic(http.ErrAbortHandler)
	}
	return err
}

// download is an answer that begins with its first byte.
type download struct {
	response *echo.Response
	kind     string
	begun    bool
}

func (d *download) Write(b []byte) (int, error) {
	if !d.begun {
		d.begun = true
		d.response.Header().Set(echo.HeaderContentType, d.kind)
		d.response.WriteHeader(http.StatusOK)
	}
	return d.response.Write(b)
}
