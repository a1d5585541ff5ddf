package plan

import "math"

// spender is one player who spends the chances of one window after the other at a steady rate.
type spender struct {
	rate    float64 // chances a second that the client lets through
	pace    float64 // seconds between requests
	most    float64 // chances of a request
	gather  float64 // seconds for which a player's marks become one
	seconds float64 // of a window
	chances float64 // K
	allowed float64 // chances a second that the round's pace allows; +Inf: it asks for none

	round, window int     // the minute that the round opened in, and the window's place in it
	spent         float64 // of the window
}

func newSpender(e *Evening, taps float64) *spender {
	s := &spender{
		pace: e.Requests.PaceSeconds, most: float64(e.Requests.Taps), gather: e.Requests.MarkSeconds,
		seconds: float64(e.Windows.Seconds), chances: float64(e.Windows.Chances),
		allowed: math.Inf(1), round: -1,
	}
	// A client that may send so many chances every so many seconds spends no more than that.
	s.rate = min(taps, s.most/s.pace)
	if e.Windows.TapsPerSecond > 0 {
		s.allowed = float64(e.Windows.TapsPerSecond)
	}
	return s
}

// perRequest is how many chances a request carries: what gathers over the pace, and one at least.
func (s *spender) perRequest() float64 {
	return min(max(1, min(s.rate, s.allowed)*s.pace), s.most)
}

// marks is how many marks come of a request.
func (s *spender) marks() float64 {
	between := s.perRequest() / min(s.rate, s.allowed) // seconds
	if s.gather <= between {
		return 1
	}
	return between / s.gather
}

// minute spends what may be spent in a minute m of the round that opened in a minute, and gives
// how many chances that were and how many blocks of the guarantee ended with them.
func (s *spender) minute(opened, m int, c chance) (draws, blocks float64) {
	from, to := float64(60*(m-opened)), float64(60*(m-opened+1)) // seconds of the round
	for at := from; at < to; {
		window := int(at / s.seconds)
		if opened != s.round || window != s.window {
			s.round, s.window, s.spent = opened, window, 0
		}
		begins := float64(window) * s.seconds
		until := min(to, begins+s.seconds)
		before := s.spent
		s.spend(until-at, until-begins)
		draws += s.spent - before
		blocks += c.blocks(s.spent) - c.blocks(before)
		at = until
	}
	return draws, blocks
}

// spend lets some seconds pass, up to a second of the window. Index i of a window may be spent
// from (i-1)/allowed on, and K is the last.
func (s *spender) spend(seconds, until float64) {
	paced := 1 + s.allowed*until
	s.spent = max(s.spent, min(s.spent+s.rate*seconds, s.chances, paced))
}
