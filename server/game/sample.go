package game

import "time"

// Sample is what the figures of a campaign were at a time.
type Sample struct {
	At          time.Time
	Players     int64
	Wins        int64
	Redemptions int64
	Draws       *int64 // nil: they could not be counted then
	Taken       map[OutcomeID]int64
}

// maxSamples is about how many samples a campaign gets, however long it is.
const maxSamples = 3000

// SampleEvery gives how long a campaign's samples are apart: a minute, or whole minutes so that
// there are not too many.
func (c Campaign) SampleEvery() time.Duration {
	each := c.ClosesAt.Sub(c.OpensAt) / maxSamples
	return max(time.Minute, (each + time.Minute - 1).Truncate(time.Minute))
}

// SampleAt gives the time of the sample that is due at now, and whether one is: while the campaign
// is open, and once more when it has closed.
func (c Campaign) SampleAt(now time.Time) (time.Time, bool) {
	at := now.Truncate(c.SampleEvery())
	switch c.StateAt(now) {
	case StateOpen:
		return at, true
	case StateClosed, StateSealed:
		return c.ClosesAt.Add(time.Minute).Truncate(time.Minute), now.After(c.ClosesAt.Add(time.Minute))
	default:
		return at, false
	}
}
