package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/report"
)

// rows gives the lines of a sheet.
func rows(t *testing.T, a *archive, s *report.Service, name game.ReportName) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := s.Sheet(t.Context(), &out, a.campaign, name, false, "ann"); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// However many there are, each is there once and few are held at a time.
func TestSheetsByPages(t *testing.T) {
	a, s := newArchive(t)
	a.crowd(2500)
	redemptions := rows(t, a, s, game.ReportRedemptions)
	if len(redemptions) != 2501 {
		t.Errorf("%d redemptions", len(redemptions)-1)
	}
	want := []string{"player00000", "6", "2026-02-10T16:30:00Z", "2026-02-11T00:30:00+08:00"}
	if diff := cmp.Diff(want, redemptions[1]); diff != "" {
		t.Error(diff)
	}
	payouts := rows(t, a, s, game.ReportPayouts)
	if len(payouts) != 5001 {
		t.Errorf("%d payouts", len(payouts)-1)
	}
	shares := [][]string{
		{"player00001", "share", "", "2", "1.66", "CNY", "pending", ""},
		{"player00001", "prize", "3", "", "0.05", "CNY", "sent", ""},
	}
	if diff := cmp.Diff(shares, payouts[3:5]); diff != "" {
		t.Error(diff)
	}
	// A random split has weights, of shares alone.
	a.settlement = &game.Settlement{Campaign: "c-1", Split: game.SplitRandom, Root: strings.Repeat("0f", 32)}
	shares[0][7] = "1202" // 1000, and the last bytes of seed and root
	if diff := cmp.Diff(shares, rows(t, a, s, game.ReportPayouts)[3:5]); diff != "" {
		t.Error(diff)
	}
	seen := map[string]bool{}
	for _, line := range payouts[1:] {
		key := line[0] + line[1]
		if seen[key] {
			t.Fatalf("%s stands twice", key)
		}
		seen[key] = true
	}
	if a.most > 1000 {
		t.Errorf("%d rows in memory at once", a.most)
	}
}

func TestIssues(t *testing.T) {
	a, s := newArchive(t)
	want := [][]string{
		{"1", "1", "c1", "card", "1", "300000000", "", "70", "70", "0", "0", "750000000", "700000000"},
		{"1", "1", "rare", "card", "5", "100000000", "", "30", "20", "6", "4", "250000000", "300000000"},
	}
	if diff := cmp.Diff(want, rows(t, a, s, game.ReportIssues)[1:]); diff != "" {
		t.Error(diff)
	}
	a.issues = nil
	if got := rows(t, a, s, game.ReportIssues); len(got) != 1 {
		t.Errorf("of nothing: %v", got)
	}
}

func TestSheetIsRecorded(t *testing.T) {
	a, s := newArchive(t)
	var out bytes.Buffer
	if err := s.Sheet(t.Context(), &out, a.campaign, game.ReportPayouts, true, "ann"); err != nil || !strings.HasPrefix(out.String(), "\ufeffplayer,") {
		t.Errorf("%v, %q", err, out.String())
	}
	want := []game.Act{{By: "ann", Action: game.ActionReportTaken, Campaign: "c-1", Subject: "payouts"}}
	if diff := cmp.Diff(want, a.acts); diff != "" {
		t.Error(diff)
	}
	if err := s.Sheet(t.Context(), &out, a.campaign, "people", true, "ann"); game.CodeOf(err) != game.CodeNotFound || len(a.acts) != 1 {
		t.Errorf("no such sheet: %v", err)
	}
}
