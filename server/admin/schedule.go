package admin

import (
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// The inputs of a schedule: opens-at, closes-at, rounds, window-seconds, chances and
// taps-per-second. The time between is cut into equal rounds, one after the other.

// maxRounds keeps a slip of the finger from making a million rounds; a daily campaign of a year
// fits.
const maxRounds = 400

const datetimeLocal = "2006-01-02T15:04:05"

// showSchedule writes equal rounds into a form.
func showSchedule(f *form, rounds []game.Round) {
	first, last := rounds[0], rounds[len(rounds)-1]
	f.set("opens-at", first.OpensAt.In(f.zone).Format(datetimeLocal))
	f.set("closes-at", last.ClosesAt.In(f.zone).Format(datetimeLocal))
	f.set("rounds", fmt.Sprint(len(rounds)))
	f.set("window-seconds", fmt.Sprint(first.WindowSeconds))
	f.set("chances", fmt.Sprint(first.Chances))
	f.set("taps-per-second", fmt.Sprint(first.TapsPerSecond))
}

// evenRounds says whether rounds are such as the schedule's inputs can tell.
func evenRounds(rounds []game.Round) bool {
	for i, r := range rounds {
		r.Number, r.OpensAt, r.ClosesAt = 1, rounds[0].OpensAt, rounds[0].OpensAt.Add(r.ClosesAt.Sub(r.OpensAt))
		if !r.Equal(rounds[0]) || i > 0 && !rounds[i].OpensAt.Equal(rounds[i-1].ClosesAt) {
			return false
		}
	}
	return len(rounds) > 0
}

func readSchedule(f *form) []game.Round {
	opens, closes := f.time("opens-at"), f.time("closes-at")
	n := f.number("rounds", 1, maxRounds)
	r := game.Round{
		WindowSeconds: int(f.number("window-seconds", 1, 7*24*3600)),
		Chances:       int(f.number("chances", 1, game.MaxChances)),
		TapsPerSecond: int(f.number("taps-per-second", 0, 1000)),
	}
	if !f.ok() {
		return nil
	}
	length := closes.Sub(opens) / time.Duration(n)
	if length%time.Second != 0 {
		f.refuse("rounds", f.lang.say("wrong.rounds-uneven"))
		return nil
	}
	rounds := make([]game.Round, n)
	for i := range rounds {
		rounds[i] = r
		rounds[i].Number = i + 1
		rounds[i].OpensAt = opens.Add(time.Duration(i) * length).UTC()
		rounds[i].ClosesAt = rounds[i].OpensAt.Add(length)
	}
	return rounds
}
