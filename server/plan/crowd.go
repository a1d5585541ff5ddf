package plan

// moment is what the crowd does in one minute, in players, taps, chances and requests.
type moment struct {
	active   float64 // players that are there
	arriving float64 // of them, those that came in this minute
	taps     float64 // that players make, whether or not a chance is left for them
	draws    float64 // chances spent
	blocks   float64 // blocks of the guarantee that end
	requests float64 // that spend chances
	winning  float64 // requests of which a chance is no miss
	marks    float64 // that they leave
}

// crowd walks all players through the evening.
type crowd struct {
	evening *Evening
	chance  chance
	opens   []int     // see roundAt
	arrive  []float64 // players by minute
	stay    []float64 // share of them that is still there so many minutes later
}

func newCrowd(e *Evening) *crowd {
	return &crowd{evening: e, chance: e.chance(), opens: e.roundAt(), arrive: e.arriving(), stay: e.staying()}
}

func (c *crowd) walk() []moment {
	moments := make([]moment, c.evening.Minutes)
	for came, players := range c.arrive {
		if players == 0 {
			continue
		}
		moments[came].arriving = players
		for i, share := range c.stay[:min(len(c.stay), len(moments)-came)] {
			moments[came+i].active += players * share
		}
		for _, t := range c.evening.Tapping {
			if t.Share > 0 && t.PerSecond > 0 {
				c.play(moments, came, players*t.Share, t.PerSecond)
			}
		}
	}
	return moments
}

// play adds what players do who came in a minute and tap at a rate. One of them is walked
// through their windows; the others do the same, and fewer of them minute by minute.
func (c *crowd) play(moments []moment, came int, players, rate float64) {
	s := newSpender(c.evening, rate)
	perRequest := s.perRequest()
	winning, marks := c.chance.winning(perRequest), s.marks()
	for i, share := range c.stay {
		m := came + i
		if m == len(moments) {
			return
		}
		if c.opens[m] < 0 {
			continue
		}
		there := players * share
		draws, blocks := s.minute(c.opens[m], m, c.chance)
		at := &moments[m]
		at.taps += there * rate * 60
		at.draws += there * draws
		at.blocks += there * blocks
		at.requests += there * draws / perRequest
		at.winning += there * draws / perRequest * winning
		at.marks += there * draws / perRequest * marks
	}
}

// arriving gives how many players arrive in each minute: the curve's area over the minute.
func (e *Evening) arriving() []float64 {
	arriving := make([]float64, e.Minutes)
	area := 0.0
	for i := 1; i < len(e.Arrivals); i++ {
		from, to := e.Arrivals[i-1], e.Arrivals[i]
		slope := (to.Weight - from.Weight) / float64(to.Minute-from.Minute)
		for m := from.Minute; m < to.Minute; m++ {
			arriving[m] = from.Weight + slope*(float64(m-from.Minute)+0.5)
			area += arriving[m]
		}
	}
	for m := range arriving {
		arriving[m] *= float64(e.Players) / area
	}
	return arriving
}

// staying gives the share of players that are still there so many minutes after they came.
func (e *Evening) staying() []float64 {
	longest := 0
	for _, s := range e.Sessions {
		longest = max(longest, s.Minutes)
	}
	stay := make([]float64, longest)
	for _, s := range e.Sessions {
		for m := range s.Minutes {
			stay[m] += s.Share
		}
	}
	return stay
}
