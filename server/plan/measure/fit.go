package measure

import (
	"slices"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
)

// fit finds what requests, chances, bookings and entries cost from a turn of the kinds of measure:
// new players, reads of me and of the document, requests of one and of many misses, of one and of
// some wins. Of what is small beside the noise it may find less than nothing.
func fit(of []plan.Cost) plan.Server {
	s := plan.Server{Enter: of[0], Me: of[1], Document: of[2]}
	miss, misses, win, wins := of[3], of[4], of[5], of[6]
	s.Request, s.Chance.CPU = miss, (misses.CPU-miss.CPU)/(game.MaxTaps-1)
	s.Request.CPU -= s.Chance.CPU
	s.Entry.CPU = (wins.CPU-win.CPU)/(fewTaps-1) - s.Chance.CPU
	s.Entry.Out = (wins.Out - win.Out) / (fewTaps - 1)
	s.Booking.CPU = win.CPU - miss.CPU - s.Entry.CPU
	s.Booking.Out = win.Out - miss.Out - s.Entry.Out
	return s
}

// median gives of each cost the one that half of the others do not exceed, and no less than nothing.
func median(fits []plan.Server) plan.Server {
	middle := func(of func(*plan.Server) *float64) float64 {
		all := make([]float64, len(fits))
		for i := range fits {
			all[i] = *of(&fits[i])
		}
		slices.Sort(all)
		return max(0, all[len(all)/2])
	}
	var s plan.Server
	for _, cost := range []func(*plan.Server) *plan.Cost{
		func(s *plan.Server) *plan.Cost { return &s.Request },
		func(s *plan.Server) *plan.Cost { return &s.Chance },
		func(s *plan.Server) *plan.Cost { return &s.Booking },
		func(s *plan.Server) *plan.Cost { return &s.Entry },
		func(s *plan.Server) *plan.Cost { return &s.Me },
		func(s *plan.Server) *plan.Cost { return &s.Document },
		func(s *plan.Server) *plan.Cost { return &s.Enter },
	} {
		*cost(&s) = plan.Cost{
			CPU: middle(func(s *plan.Server) *float64 { return &cost(s).CPU }),
			In:  middle(func(s *plan.Server) *float64 { return &cost(s).In }),
			Out: middle(func(s *plan.Server) *float64 { return &cost(s).Out }),
		}
	}
	return s
}
