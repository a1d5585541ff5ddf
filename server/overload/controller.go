package overload

import "time"

// Kind is what a request is to be spared for.
type Kind int

// The kinds, in the order in which they are refused.
const (
	Read Kind = iota
	Draw
	Redemption
)

const (
	// target is a wait before work begins that a player cannot feel.
	target = 10 * time.Millisecond
	// most bounds the strain: clients are never asked to wait more than most times the pace.
	most = 16.0
	// rise and fall are how the strain follows: quickly up, slowly down, so that a crowd that was
	// asked to wait does not come back all at once.
	rise, fall = 1.25, 0.97

	readsFrom, readsUntil = 2.0, 6.0 // strain at which reads begin to be refused, and at which all are
	drawsFrom, drawsUntil = 6.0, 16.0
)

// next gives the strain after a look at which requests had waited that long.
func next(strain float64, waited time.Duration) float64 {
	if waited > target {
		return min(most, strain*rise)
	}
	return max(1, strain*fall)
}

// refused gives the share of a kind's requests that is refused under a strain.
func refused(kind Kind, strain float64) float64 {
	from, until := most, most
	switch kind {
	case Read:
		from, until = readsFrom, readsUntil
	case Draw:
		from, until = drawsFrom, drawsUntil
	case Redemption:
		return 0
	}
	return max(0, min(1, (strain-from)/(until-from)))
}
