package report

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/sheet"
)

// Book is what reports read of the book.
type Book interface {
	Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
	Commitments(ctx context.Context, id game.CampaignID) ([]game.Commitment, error)
	Settlement(ctx context.Context, id game.CampaignID) (game.Settlement, bool, error)
	Figures(ctx context.Context, id game.CampaignID) (game.Figures, error)
	Issues(ctx context.Context, id game.CampaignID) ([]game.Issue, error)
	RedemptionsAfter(ctx context.Context, id game.CampaignID, after game.PlayerID, limit int) ([]game.Redemption, error)
	PayoutsAfter(ctx context.Context, id game.CampaignID, after game.PlayerID, n int64, limit int) ([]game.Payout, error)
	CorrectionsAfter(ctx context.Context, id game.CampaignID, after int64, limit int) ([]game.Correction, error)
	Note(ctx context.Context, a game.Act, after any) error
}

// Keys derives keys from the installation's secret.
type Keys interface {
	Derive(purpose string) ([]byte, error)
}

// Weigher gives the function that weighs redemptions in a random split, by the seed of round 0 and
// their root.
type Weigher = func(seed [32]byte, id game.CampaignID, root [32]byte) func(game.PlayerID) uint32

// Service writes reports.
type Service struct {
	Book    Book
	Keys    Keys
	Weigher Weigher
	Lead    time.Duration // L, see game.Governing
}

// page is how many rows are held in memory at once.
const page = 1000

// Sheet writes the sheet of a name; mark puts the mark before it by which spreadsheets know UTF-8.
// That it was taken out is recorded. Code: not_found.
func (s *Service) Sheet(ctx context.Context, w io.Writer, c game.Campaign, name game.ReportName, mark bool, by game.StaffID) error {
	write, ok := map[game.ReportName]func(context.Context, *table) error{
		game.ReportRedemptions: s.redemptions,
		game.ReportIssues:      s.issues,
		game.ReportPayouts:     s.payouts,
	}[name]
	if !ok {
		return game.Fail(game.CodeNotFound, "no report "+string(name))
	}
	if err := s.note(ctx, c, name, by); err != nil {
		return err
	}
	return write(ctx, &table{out: w, campaign: c, mark: mark, name: func(p game.PlayerID) string { return string(p) }})
}

func (s *Service) note(ctx context.Context, c game.Campaign, name game.ReportName, by game.StaffID) error {
	act := game.Act{By: by, Action: game.ActionReportTaken, Campaign: c.ID, Subject: string(name)}
	if err := s.Book.Note(ctx, act, nil); err != nil {
		return fmt.Errorf("report: note it: %w", err)
	}
	return nil
}

// table is where a sheet goes, and how it names players.
type table struct {
	out      io.Writer
	campaign game.Campaign
	mark     bool
	name     func(game.PlayerID) string
	sheet    *sheet.Writer
}

func (t *table) begin(columns ...string) error {
	begin := sheet.Plain
	if t.mark {
		begin = sheet.New
	}
	var err error
	t.sheet, err = begin(t.out, columns...)
	return err
}

// times writes a time twice: in UTC, and as clocks in the campaign's zone showed it.
func (t *table) times(at time.Time) (utc, local string) {
	if at.IsZero() {
		return "", ""
	}
	zone, err := time.LoadLocation(t.campaign.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return at.UTC().Format(time.RFC3339Nano), at.In(zone).Format(time.RFC3339Nano)
}
