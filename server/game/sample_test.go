package game_test

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// start is when the first round of the samples opens.
var start = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

// at gives a time by its distance from start.
func at(d time.Duration) time.Time { return start.Add(d) }

// evening is a round of three windows of a minute.
func evening() game.Round {
	return game.Round{
		Number: 1, OpensAt: start, ClosesAt: at(3 * time.Minute),
		WindowSeconds: 60, Chances: 120, TapsPerSecond: 5,
	}
}

func span(window, index, taps int) game.Span {
	return game.Span{Chance: game.Chance{Round: 1, Window: window, Index: index}, Taps: taps}
}

// five is a version of five cards, the last scarce and limited, with a wildcard.
func five() game.Version {
	return game.Version{
		Odds: game.Odds{
			Outcomes: []game.Outcome{
				{ID: "c1", Kind: game.KindCard, Card: 1, Weight: 100_000_000},
				{ID: "c2", Kind: game.KindCard, Card: 2, Weight: 100_000_000},
				{ID: "c3", Kind: game.KindCard, Card: 3, Weight: 100_000_000},
				{ID: "c4", Kind: game.KindCard, Card: 4, Weight: 100_000_000},
				{ID: "c5", Kind: game.KindCard, Card: 5, Weight: 5_000_000, Fallback: "c1"},
				{ID: "wild", Kind: game.KindWildcard, Weight: 1_000_000},
			},
			Miss: 594_000_000,
		},
		Guarantee: &game.Guarantee{Every: 60, Weights: []int64{game.Scale, 0, 0, 0, 0, 0}},
		Rounds:    []game.Round{evening()},
		Stocks: []game.Stock{{Outcome: "c5", Total: 100, Releases: []game.Release{
			{At: start, Released: 40}, {At: at(time.Minute), Released: 100},
		}}},
	}
}

// fields gives the names of the fields that an error is about.
func fields(err error) []string {
	var names []string
	if e, ok := err.(*game.Error); ok {
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}
