package forecast

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

const day = 24 * time.Hour

// slot is the part of a day in which each active player plays one window. A window in its middle
// stands for those that are played.
type slot struct {
	opens   time.Time // of that window
	round   int       // its round
	first   int       // the rounds of the slot's first and last windows
	last    int
	chances int
	perDay  int     // windows of its day
	at      float64 // its beginning and its length, in days from the opening
	length  float64
}

// windows gives how many windows fall to slot i of n for somebody who plays so many on a day.
func (s slot) windows(perDay, i, n int) int {
	perDay = min(perDay, s.perDay)
	return (i+1)*perDay/n - i*perDay/n
}

// bonuses gives in how many rounds new to them somebody plays who plays so many of the slot's windows and
// played before in round was last. Each round has its bonus once. is is the round they played in last now.
func (s slot) bonuses(windows, was int) (rounds, is int) {
	first, last := s.first, s.last
	switch windows {
	case 0:
		return 0, was
	case 1:
		first, last = s.round, s.round
	}
	rounds = min(windows, last-first+1)
	if first == was {
		rounds = min(windows, last-first)
	}
	return rounds, last
}

// days gives how many days a version has, the last perhaps not a whole one.
func days(v *game.Version) int {
	return int((v.Closes().Sub(v.Opens()) + day - 1) / day)
}

// calendar gives the slots of each of the first days of a version: as many as an active player
// plays windows, or as the day has. A day may have none.
func calendar(v *game.Version, count, windows int) [][]slot {
	slots := make([][]slot, count)
	for d := range slots {
		begin := dayBegins(v, d)
		total := 0
		for _, r := range v.Rounds {
			first, end := windowsWithin(r, begin)
			total += end - first
		}
		n := min(windows, total)
		for i := range n {
			slots[d] = append(slots[d], slotOf(v, begin, total, i, n))
		}
	}
	return slots
}

// slotOf gives slot i of the n that a day's windows make.
func slotOf(v *game.Version, begin time.Time, total, i, n int) slot {
	round, window := windowOf(v, begin, (2*i+1)*total/(2*n))
	first, w := windowOf(v, begin, i*total/n)
	opens := first.WindowOpens(w)
	last, w := windowOf(v, begin, (i+1)*total/n-1)
	return slot{
		opens: round.WindowOpens(window), chances: round.Chances, perDay: total,
		round: round.Number, first: first.Number, last: last.Number,
		at: inDays(opens.Sub(v.Opens())), length: inDays(last.WindowOpens(w + 1).Sub(opens)),
	}
}

func inDays(d time.Duration) float64 { return float64(d) / float64(day) }

func dayBegins(v *game.Version, d int) time.Time { return v.Opens().Add(time.Duration(d) * day) }

// windowsWithin gives the windows first+1..end that open within a day of begin.
func windowsWithin(r game.Round, begin time.Time) (first, end int) {
	length := time.Duration(r.WindowSeconds) * time.Second
	before := func(t time.Time) int {
		return min(r.Windows(), max(0, int((t.Sub(r.OpensAt)+length-1)/length)))
	}
	return before(begin), before(begin.Add(day))
}

// windowOf gives the window of a day that has so many before it.
func windowOf(v *game.Version, begin time.Time, k int) (game.Round, int) {
	for _, r := range v.Rounds {
		first, end := windowsWithin(r, begin)
		if k < end-first {
			return r, first + k + 1
		}
		k -= end - first
	}
	panic("forecast: the day has fewer windows") // calendar has counted them
}
