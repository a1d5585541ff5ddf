package admin_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/game"
)

// clerk writes reports that say what they were asked for.
type clerk struct{ m *memory }

func reportsOf(m *memory) admin.Reports { return clerk{m} }

func (c clerk) Sheet(_ context.Context, w io.Writer, of game.Campaign, name game.ReportName, mark bool, _ game.StaffID) error {
	if c.m.bookErr != nil {
		return c.m.bookErr
	}
	_, err := fmt.Fprintf(w, "%s of %s, marked %t", name, of.Slug, mark)
	return err
}

func (c clerk) Pack(_ context.Context, w io.Writer, _ game.Campaign, _ game.StaffID) error {
	_, _ = io.WriteString(w, "PK and a part of the rest")
	return c.m.packErr
}

func TestReportsAreTaken(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "auditor")
	const path = "/admin/campaigns/spring/reports"
	page := b.get(path)
	for _, name := range []string{"redemptions", "issues", "payouts"} {
		if !strings.Contains(page.body, path+"/"+name+".csv") {
			t.Errorf("the page does not lead to %s", name)
		}
		got := b.get(path + "/" + name + ".csv")
		if got.body != name+" of spring, marked true" || got.header.Get("Content-Type") != "text/csv; charset=utf-8" ||
			got.header.Get("Content-Disposition") != `attachment; filename="fivefold-spring-`+name+`.csv"` {
			t.Errorf("%s: %q, %v", name, got.body, got.header)
		}
	}
	if got := b.get(path + "/payouts.csv?plain=1"); got.body != "payouts of spring, marked false" {
		t.Errorf("plain: %q", got.body)
	}
	if got := b.get(path + "/people.csv"); got.status != http.StatusNotFound {
		t.Errorf("no such report: %d", got.status)
	}
	for _, login := range []string{"designer", "viewer"} {
		if got := s.as(t, login).get(path + "/payouts.csv"); got.status != http.StatusForbidden {
			t.Errorf("%s: %d", login, got.status)
		}
	}
}

// A report that cannot be finished is no report: the browser is told by a download that fails.
func TestReportThatBreaksOff(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	s.packErr = errors.New("the book went away")
	b := s.as(t, "owner")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/admin/campaigns/spring/reports/pack.zip", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := b.http.Do(r)
	if err == nil {
		defer response.Body.Close()
		_, err = io.ReadAll(response.Body)
	}
	if err == nil {
		t.Error("a part of a pack came as if it were whole")
	}
}

func TestReportThatDoesNotBegin(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	s.bookErr = game.Fail(game.CodeUnavailable, "away")
	if got := b.get("/admin/campaigns/spring/reports/payouts.csv"); got.status != http.StatusServiceUnavailable || got.header.Get("Content-Disposition") != "" {
		t.Errorf("before the first byte: %d %v", got.status, got.header)
	}
}
