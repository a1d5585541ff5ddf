package admin

import (
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// timeline draws rounds and releases along a line, from the first opening to the last closing. Its
// unit is a thousandth of the whole.
type timeline struct {
	Blocks   []block
	Releases []float64
	Ticks    []tick
}

// block is a round on the line.
type block struct {
	X, Width float64
	Title    string
}

// tick is a mark of the clock.
type tick struct {
	X     float64
	Label string
}

// steps are those that a clock is read by.
var steps = []time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
}

// maxTicks is how many marks can be read on a phone.
const maxTicks = 5

func newTimeline(l lang, rounds []game.Round, stocks []game.Stock, zone *time.Location) *timeline {
	if len(rounds) == 0 {
		return nil
	}
	from, to := rounds[0].OpensAt, rounds[0].ClosesAt
	for _, r := range rounds { // they may be typed out of order
		from, to = earlier(from, r.OpensAt), later(to, r.ClosesAt)
	}
	whole := to.Sub(from)
	if whole <= 0 || whole > 10*366*24*time.Hour {
		return nil
	}
	at := func(t time.Time) float64 { return 1000 * float64(t.Sub(from)) / float64(whole) }
	line := &timeline{}
	for i, r := range rounds {
		title := fmt.Sprintf("%d · %s – %s", i+1, l.moment(r.OpensAt, zone), l.moment(r.ClosesAt, zone))
		line.Blocks = append(line.Blocks, block{X: at(r.OpensAt), Width: max(2, at(r.ClosesAt)-at(r.OpensAt)), Title: title})
	}
	for _, s := range stocks {
		for _, r := range s.Releases {
			if !r.At.Before(from) && !r.At.After(to) {
				line.Releases = append(line.Releases, at(r.At))
			}
		}
	}
	for _, t := range marks(from, to, zone) {
		line.Ticks = append(line.Ticks, tick{X: at(t), Label: l.mark(t.In(zone), whole)})
	}
	return line
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// marks gives the times at which a clock on the wall shows something round.
func marks(from, to time.Time, zone *time.Location) []time.Time {
	for _, step := range steps {
		if to.Sub(from)/step <= maxTicks {
			return every(from, to, zone, func(day time.Time, n int) time.Time { return day.Add(time.Duration(n) * step) })
		}
	}
	for days := 1; ; days++ {
		if to.Sub(from)/(time.Duration(days)*24*time.Hour) <= maxTicks {
			return every(from, to, zone, func(day time.Time, n int) time.Time { return day.AddDate(0, 0, n*days) })
		}
	}
}

// every counts from the midnight before from.
func every(from, to time.Time, zone *time.Location, nth func(day time.Time, n int) time.Time) []time.Time {
	local := from.In(zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	var all []time.Time
	for n := 0; ; n++ {
		t := nth(day, n)
		if t.After(to) {
			return all
		}
		if !t.Before(from) {
			all = append(all, t)
		}
	}
}

// mark writes a time of a line that is so long.
func (l lang) mark(t time.Time, whole time.Duration) string {
	switch {
	case whole/(12*time.Hour) <= maxTicks:
		return t.Format("15:04")
	case l == chinese:
		return t.Format("1月2日")
	default:
		return t.Format("2 Jan")
	}
}
