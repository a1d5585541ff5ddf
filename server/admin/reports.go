package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Reports writes what is taken out of a campaign; report.Service does.
type Reports interface {
	// Sheet writes the sheet of a name; mark puts the mark before it that spreadsheets want. Code: not_found.
	Sheet(ctx context.Context, w io.Writer, c game.Campaign, name game.ReportName, mark bool, by game.StaffID) error
	// Pack writes the regulator's pack, a ZIP archive.
	Pack(ctx context.Context, w io.Writer, c game.Campaign, by game.StaffID) error
}

func (a *Admin) registerReports(g *echo.Group) {
	g.GET("/campaigns/:slug/reports", a.staffed(game.Role.MayAudit, a.listReports))
	for _, name := range sheets {
		g.GET("/campaigns/:slug/reports/"+string(name)+".csv", a.staffed(game.Role.MayAudit, a.takeSheet(name)))
	}
	g.GET("/campaigns/:slug/reports/pack.zip", a.staffed(game.Role.MayAudit, a.takePack))
}

// sheets are the reports that are sheets.
var sheets = []game.ReportName{game.ReportRedemptions, game.ReportIssues, game.ReportPayouts}

// reportsPage is the body of the page of reports.
type reportsPage struct {
	Sheets []game.ReportName
	Final  bool // nothing is booked any more
}

func (a *Admin) listReports(v *visit) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	return a.showOK(v, "reports", page{
		Title: v.say("reports.title"), Tab: "reports", Head: a.heading(c), Styles: []string{"support.css"},
		Body: reportsPage{sheets, c.State.Reached(game.StateSealed)},
	})
}

// takeSheet sends a sheet; plain=1 leaves out the mark for spreadsheets.
func (a *Admin) takeSheet(name game.ReportName) handler {
	return func(v *visit) error {
		mark := v.QueryParam("plain") == ""
		return a.take(v, string(name)+".csv", "text/csv; charset=utf-8", func(w io.Writer, c game.Campaign) error {
			return a.Reports.Sheet(v.ctx(), w, c, name, mark, v.staff.ID)
		})
	}
}

func (a *Admin) takePack(v *visit) error {
	return a.take(v, "pack.zip", "application/zip", func(w io.Writer, c game.Campaign) error {
		return a.Reports.Pack(v.ctx(), w, c, v.staff.ID)
	})
}

// take sends a file as it is written. What fails before its first byte is answered as usual; a
// download that has begun can only be broken off, so that nobody takes a part for the whole.
func (a *Admin) take(v *visit, name, kind string, write func(io.Writer, game.Campaign) error) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	out := &download{visit: v, name: c.Slug + "-" + name, kind: kind}
	err = write(out, c)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("write the report %s: %w", name, err)
	if !out.begun {
		return err
	}
	if !errors.Is(v.ctx().Err(), context.Canceled) { // else the reader has hung up
		a.Log.ErrorContext(v.ctx(), "admin: a report broke off", slog.Any("error", err))
	}
	panic(http.ErrAbortHandler)
}

// download is an answer that begins with its first byte.
type download struct {
	visit      *visit
	name, kind string
	begun      bool
}

func (d *download) Write(b []byte) (int, error) {
	if !d.begun {
		d.begun = true
		h := d.visit.Response().Header()
		h.Set(echo.HeaderContentType, d.kind)
		h.Set(echo.HeaderContentDisposition, `attachment; filename="fivefold-`+d.name+`"`)
		h.Set(echo.HeaderCacheControl, "no-store")
		d.visit.Response().WriteHeader(http.StatusOK)
	}
	return d.visit.Response().Write(b)
}
