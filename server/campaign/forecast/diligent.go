package forecast

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Rare is the chance to finish below which hardly anybody does: one player in a million.
const Rare = 1e-6

// Diligence is how much a player plays of some rounds who comes as often as is usually assumed, to the
// first windows of each day, and spends every chance of them.
type Diligence struct {
	Windows int   // a day
	Draws   int64 // of all windows that they play
	Rounds  int   // in which these are
}

// Diligent reckons it for rounds.
func Diligent(rounds []game.Round) Diligence { return diligent(rounds, Defaults().Windows) }

// Spent is what that comes to by a version, with the bonus of each round.
func (d Diligence) Spent(v *game.Version) Spent {
	return Spent{Windows: d.Draws, Bonus: int64(d.Rounds) * int64(v.BonusRule().EachRound)}
}

// All is how many draws that is.
func (s Spent) All() int64 { return s.Windows + s.Bonus }

// diligent goes from day to day: a round may have a window every second.
func diligent(rounds []game.Round, perDay int) Diligence {
	d := Diligence{Windows: perDay}
	var today time.Time
	left := perDay
	for _, r := range rounds {
		length := time.Duration(r.WindowSeconds) * time.Second
		plays := 0 // windows of the round
		for w, windows := 1, r.Windows(); w <= windows; {
			at := r.WindowOpens(w)
			if begins := at.Truncate(day); !begins.Equal(today) {
				today, left = begins, perDay
			}
			rest := today.Add(day).Sub(at) // of the day
			n := min(int((rest+length-1)/length), windows-w+1)
			plays += min(n, left)
			left -= min(n, left)
			w += n
		}
		d.Draws += int64(plays) * int64(r.Chances)
		if plays > 0 {
			d.Rounds++
		}
	}
	return d
}
