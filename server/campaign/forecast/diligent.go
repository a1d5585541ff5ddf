package forecast

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Rare is the chance to finish below which hardly anybody does: one player in a million.
const Rare = 1e-6

// Diligent gives how many windows a day a player plays who comes as often as is usually assumed, and
// how many draws that is in all, when they spend every chance of them.
func Diligent(v *game.Version) (windows int, draws int64) {
	windows = Defaults().Windows
	day, today := "", 0
	for _, r := range v.Rounds {
		for w := 1; w <= r.Windows(); w++ {
			if at := r.WindowOpens(w).Format(time.DateOnly); at != day {
				day, today = at, 0
			}
			if today++; today <= windows {
				draws += int64(r.Chances)
			}
		}
	}
	return windows, draws
}
