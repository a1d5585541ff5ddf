package forecast_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// The chances of somebody who plays the first windows of each day are those that a walk through all
// windows counts.
func TestDrawsOfADailyPlayer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rounds []game.Round
		at := opens
		for n := range rapid.IntRange(1, 5).Draw(t, "rounds") {
			at = at.Add(time.Duration(rapid.IntRange(0, 100_000).Draw(t, "pause")) * time.Second)
			seconds := rapid.IntRange(1, 20_000).Draw(t, "window")
			r := game.Round{Number: n + 1, OpensAt: at, WindowSeconds: seconds, Chances: rapid.IntRange(1, 9).Draw(t, "chances")}
			at = at.Add(time.Duration(seconds*rapid.IntRange(1, 200).Draw(t, "windows")) * time.Second)
			r.ClosesAt = at
			rounds = append(rounds, r)
		}
		perDay := rapid.IntRange(1, 40).Draw(t, "plays")
		want, today, played := int64(0), map[string]int{}, map[int]bool{}
		for _, r := range rounds {
			for w := range r.Windows() {
				day := r.WindowOpens(w + 1).Format(time.DateOnly)
				if today[day]++; today[day] <= perDay {
					want += int64(r.Chances)
					played[r.Number] = true
				}
			}
		}
		if got := forecast.DiligentBy(rounds, perDay); got.Draws != want || got.Rounds != len(played) {
			t.Errorf("%+v, want %d chances in %d rounds", got, want, len(played))
		}
	})
}

// A campaign of a century with a window a second has three billion of them: they are not walked.
func TestDrawsOfManyWindows(t *testing.T) {
	century := []game.Round{{Number: 1, OpensAt: opens, ClosesAt: opens.Add(36_525 * 24 * time.Hour), WindowSeconds: 1, Chances: 2}}
	if got := forecast.DiligentBy(century, 3); got.Draws != 36_526*3*2 || got.Rounds != 1 {
		t.Errorf("%+v", got)
	}
}
