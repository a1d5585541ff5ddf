package campaign

import (
	"bytes"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/game"
)

// File is a campaign as a YAML file, with its times relative to a beginning.
type File struct {
	Slug      string          `yaml:"slug"`
	Name      game.Text       `yaml:"name"`
	Rules     game.Text       `yaml:"rules"`
	TimeZone  string          `yaml:"time_zone"`
	Theme     string          `yaml:"theme"` // "": the default
	Cards     []game.Card     `yaml:"cards"`
	Pool      game.Pool       `yaml:"pool"`
	Schedule  Schedule        `yaml:"schedule"`
	Odds      game.Odds       `yaml:"odds"`
	Guarantee *game.Guarantee `yaml:"guarantee"`
	Stocks    []FileStock     `yaml:"stocks"`
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

// FileStock is a stock with its timetable relative to the opening.
type FileStock struct {
	Outcome  game.OutcomeID `yaml:"outcome"`
	Total    int64          `yaml:"total"`
	Releases []struct {
		After    time.Duration `yaml:"after"`
		Released int64         `yaml:"released"`
	} `yaml:"releases"`
}

// ReadFile reads a campaign file whose times are relative to begin. A key that it does not know
// is an error, so that a slip of the pen is not read as silence.
func ReadFile(b []byte, begin time.Time) (game.Campaign, game.Version, error) {
	var f File
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	decoder.KnownFields(true)
	if err := decoder.Decode(&f); err != nil {
		return game.Campaign{}, game.Version{}, fmt.Errorf("campaign: read a file: %w", err)
	}
	opens := begin.UTC().Truncate(time.Second).Add(f.Schedule.OpensAfter)
	c := game.Campaign{
		Slug: f.Slug, Name: f.Name, Rules: f.Rules, TimeZone: f.TimeZone, Theme: f.Theme, Cards: f.Cards, Pool: f.Pool,
	}
	v := game.Version{Odds: f.Odds, Guarantee: f.Guarantee, Rounds: f.Schedule.rounds(opens)}
	for _, s := range f.Stocks {
		stock := game.Stock{Outcome: s.Outcome, Total: s.Total}
		for _, r := range s.Releases {
			stock.Releases = append(stock.Releases, game.Release{At: opens.Add(r.After), Released: r.Released})
		}
		v.Stocks = append(v.Stocks, stock)
	}
	return c, v, nil
}

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
