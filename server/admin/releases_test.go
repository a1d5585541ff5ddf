package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestTimetable(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring") // in Shanghai
	b := s.as(t, "designer")
	b.save(url.Values{"stock-5-total": {"1000"}, "stock-5-releases": {"2026-02-10 13:00  300\r\n\r\n2026-02-11T12:00:30 600\r\n2026-02-12 12:00\t1,000\r\n"}})
	saved := s.versions[c.ID][1].Stocks
	want := []game.Release{
		{At: time.Date(2026, 2, 10, 5, 0, 0, 0, time.UTC), Released: 300},
		{At: time.Date(2026, 2, 11, 4, 0, 30, 0, time.UTC), Released: 600},
		{At: time.Date(2026, 2, 12, 4, 0, 0, 0, time.UTC), Released: 1000},
	}
	if diff := cmp.Diff(want, saved[len(saved)-1].Releases); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if page := b.get(editing); !strings.Contains(page.body, "2026-02-11 12:00:30  600\n") {
		t.Error("it is not shown as it was saved")
	}
	// The total alone is changed: the last step releases all, as it did.
	b.save(url.Values{"stock-5-total": {"2000"}})
	if stock := s.versions[c.ID][2].Stocks[len(saved)-1]; stock.Releases[1].Released != 600 || stock.Releases[2].Released != 2000 {
		t.Errorf("%+v", stock)
	}
	// Emptied: all is there from the beginning.
	b.save(url.Values{"stock-5-releases": {" "}})
	if stock := s.versions[c.ID][3].Stocks[len(saved)-1]; len(stock.Releases) != 0 {
		t.Errorf("%+v", stock)
	}
}

func TestTimetableRefused(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	for typed, says := range map[string]string{
		"tomorrow 5": "Line 1",
		"2026-02-10 13:00 300\n2026-02-10 25:00 1000":   "Line 2",
		"2026-02-10 13:00 many":                         "Line 1",
		"2026-02-10 13:00 1001":                         "Line 1",
		"2026-02-10 13:00 300\n\n2026-02-10 13:00 1000": "Line 3",
		"2026-02-10 13:00 300\n2026-02-10 14:00 200":    "Line 2",
		"2026-02-10 13:00 300\n2026-02-10 14:00 999":    "1,000",
	} {
		got := b.submit(editing, editing, url.Values{"stock-5-total": {"1000"}, "stock-5-releases": {typed}})
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.wrong()["stock-5-releases"], says) || !strings.Contains(got.body, strings.TrimSpace(typed)) {
			t.Errorf("%q: %d %v", typed, got.status, got.wrong())
		}
	}
	if len(s.versions[c.ID]) != 1 {
		t.Error("something was saved")
	}
}
