package measure

import (
	"cmp"
	"slices"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
)

// quiet gives the cost that a quarter of the turns did not exceed: little else went on in those, and
// it was more than luck.
func quiet(turns []plan.Cost) plan.Cost {
	slices.SortFunc(turns, func(a, b plan.Cost) int { return cmp.Compare(a.CPU, b.CPU) })
	return turns[len(turns)/4]
}

// fit finds what requests, chances, bookings and entries cost from the costs of the kinds of
// measure: new players, reads of me and of the document, requests of one and of many misses, of
// one and of some wins. What is lost in the noise costs nothing.
func fit(of []plan.Cost) plan.Server {
	s := plan.Server{Enter: of[0], Me: of[1], Document: of[2]}
	miss, misses, win, wins := of[3], of[4], of[5], of[6]
	s.Chance.CPU = max(0, (misses.CPU-miss.CPU)/(game.MaxTaps-1))
	s.Request = miss
	s.Request.CPU = max(0, miss.CPU-s.Chance.CPU)
	s.Entry.CPU = max(0, (wins.CPU-win.CPU)/(fewTaps-1)-s.Chance.CPU)
	s.Entry.Out = max(0, (wins.Out-win.Out)/(fewTaps-1))
	s.Booking.CPU = max(0, win.CPU-miss.CPU-s.Entry.CPU)
	s.Booking.Out = max(0, win.Out-miss.Out-s.Entry.Out)
	return s
}
