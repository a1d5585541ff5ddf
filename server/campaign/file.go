package campaign

import (
	"fmt"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// MaxFile bounds a campaign file, in bytes: a gala of some thousand rounds fits in it.
const MaxFile = 1 << 20

// File is a campaign as a YAML file. Its times are absolute, as they are written out, or relative
// to a beginning, as in the sample campaigns.
type File struct {
	Slug      string          `yaml:"slug"`
	Name      game.Text       `yaml:"name"`
	Rules     game.Text       `yaml:"rules"`
	TimeZone  string          `yaml:"time_zone"`
	Theme     string          `yaml:"theme,omitempty"` // "": the default
	Cards     []game.Card     `yaml:"cards"`
	Pool      game.Pool       `yaml:"pool"`
	Schedule  *Schedule       `yaml:"schedule,omitempty"` // or Rounds
	Rounds    []game.Round    `yaml:"rounds,omitempty"`
	Odds      game.Odds       `yaml:"odds"`
	Guarantee *game.Guarantee `yaml:"guarantee,omitempty"`
	Bonus     *game.Bonus     `yaml:"bonus,omitempty"`
	Stocks    []FileStock     `yaml:"stocks,omitempty"`
	Comment   string          `yaml:"comment,omitempty"` // on the version

	Codes map[game.OutcomeID][]string `yaml:"codes,omitempty"` // of vouchers; read, and never written out
}

// Schedule makes rounds of equal length, one after the other.
type Schedule struct {
	OpensAfter    time.Duration `yaml:"opens_after"`
	Rounds        int           `yaml:"rounds"`
	RoundLength   time.Duration `yaml:"round_length"`
	WindowSeconds int           `yaml:"window_seconds"`
	Chances       int           `yaml:"chances"`
	TapsPerSecond int           `yaml:"taps_per_second"`
}

// FileStock is a stock as a file has it.
type FileStock struct {
	Outcome  game.OutcomeID `yaml:"outcome"`
	Total    int64          `yaml:"total"`
	Releases []FileRelease  `yaml:"releases,omitempty"`
}

// FileRelease is a step of a timetable, at a time or so long after the opening.
type FileRelease struct {
	At       *time.Time     `yaml:"at,omitempty"`
	After    *time.Duration `yaml:"after,omitempty"`
	Released int64          `yaml:"released"`
}

// Draft is what a file describes: a campaign and a version of it.
type Draft struct {
	Campaign game.Campaign
	Version  game.Version
	Comment  string
	Codes    map[game.OutcomeID][]string // of vouchers, to be added to those that are there

	lines lines
}

// ReadFile reads a campaign file; times that are relative are so to begin.
func ReadFile(b []byte, begin time.Time) (game.Campaign, game.Version, error) {
	d, err := ReadDraft(b, begin)
	return d.Campaign, d.Version, err
}

// ReadDraft reads a campaign file; times that are relative are so to begin. A key that it does not
// know is an error, so that a slip of the pen is not read as silence. Its errors are *FileError.
func ReadDraft(b []byte, begin time.Time) (Draft, error) {
	f, at, err := decode(b)
	d := Draft{Comment: f.Comment, Codes: f.Codes, lines: at}
	if err != nil {
		return d, err
	}
	d.Campaign = game.Campaign{
		Slug: f.Slug, Name: f.Name, Rules: f.Rules, TimeZone: f.TimeZone, Theme: f.Theme, Cards: f.Cards, Pool: f.Pool,
	}
	d.Version = game.Version{Odds: f.Odds, Guarantee: f.Guarantee, Bonus: f.Bonus}
	var wrong []game.Field
	switch {
	case f.Schedule == nil:
		for _, r := range f.Rounds {
			r.OpensAt, r.ClosesAt = r.OpensAt.UTC(), r.ClosesAt.UTC()
			d.Version.Rounds = append(d.Version.Rounds, r)
		}
	case f.Rounds != nil:
		wrong = append(wrong, game.Field{Name: "rounds", Reason: game.ReasonEither, Want: "schedule"})
	case f.Schedule.Rounds < 0 || f.Schedule.Rounds > maxRounds:
		wrong = append(wrong, game.Field{Name: "schedule.rounds", Reason: game.ReasonRange, Want: fmt.Sprintf("1..%d", maxRounds)})
	default:
		d.Version.Rounds = f.Schedule.rounds(begin.UTC().Truncate(time.Second).Add(f.Schedule.OpensAfter))
	}
	wrong = append(wrong, d.stock(f.Stocks)...)
	for outcome, list := range f.Codes {
		_, err := game.NewCodes(list, nil)
		for _, field := range game.FieldsOf(err) {
			field.Name = "codes." + string(outcome) + strings.TrimPrefix(field.Name, "codes")
			wrong = append(wrong, field)
		}
	}
	if wrong != nil {
		return d, d.Locate(&game.Error{Code: game.CodeInvalid, Fields: wrong})
	}
	return d, nil
}

// maxRounds keeps a slip of the finger from making a billion rounds.
const maxRounds = 10_000

func (s Schedule) rounds(opens time.Time) []game.Round {
	rounds := make([]game.Round, 0, s.Rounds)
	for i := range s.Rounds {
		at := opens.Add(time.Duration(i) * s.RoundLength)
		rounds = append(rounds, game.Round{
			Number: i + 1, OpensAt: at, ClosesAt: at.Add(s.RoundLength),
			WindowSeconds: s.WindowSeconds, Chances: s.Chances, TapsPerSecond: s.TapsPerSecond,
		})
	}
	return rounds
}

// stock takes over the stocks of a file.
func (d *Draft) stock(stocks []FileStock) (wrong []game.Field) {
	for i, s := range stocks {
		stock := game.Stock{Outcome: s.Outcome, Total: s.Total}
		for j, r := range s.Releases {
			release := game.Release{Released: r.Released}
			name := fmt.Sprintf("stocks.%d.releases.%d", i, j)
			switch {
			case r.At != nil && r.After != nil:
				wrong = append(wrong, game.Field{Name: name + ".at", Reason: game.ReasonEither, Want: "after"})
			case r.At != nil:
				release.At = r.At.UTC()
			case r.After == nil:
				wrong = append(wrong, game.Field{Name: name + ".at", Reason: game.ReasonRequired})
			case len(d.Version.Rounds) > 0: // without rounds that is said
				release.At = d.Version.Opens().Add(*r.After)
			}
			stock.Releases = append(stock.Releases, release)
		}
		d.Version.Stocks = append(d.Version.Stocks, stock)
	}
	return wrong
}
