package load

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Plan describes a crowd. Times count from the beginning of the run.
type Plan struct {
	Players  int           // who come and stay
	Arrive   time.Duration // how long it takes until all are there
	Ramp     bool          // they come ever faster; else evenly
	Duration time.Duration // how long they play
	Drain    time.Duration // how long after that a request that was put off is still asked again

	TapsPerSecond  float64 // of one player
	TapsPerRequest int     // gathered before they are sent

	Repeat float64 // share of draws and redemptions that are asked again
	Look   float64 // share of wins that are followed by a look at the album

	Spike Spike
	Keep  bool // keeps what is needed to compute every draw again
}

// Spike is a time in which more people shake: they have come with the others, and wait until then.
type Spike struct {
	At     time.Duration
	Factor float64 // how many times as many people shake
	Lasts  time.Duration
}

// maxPeople bounds a crowd to what one machine can hold.
const maxPeople = 5_000_000

// Check says what of the plan cannot be.
func (p Plan) Check() error {
	var wrong []error
	must := func(ok bool, what string) {
		if !ok {
			wrong = append(wrong, errors.New(what))
		}
	}
	must(p.Players >= 1 && p.Players <= maxPeople, fmt.Sprintf("players: must be within 1..%d", maxPeople))
	must(p.Arrive >= 0, "arrive: must not be negative")
	must(p.Duration > 0, "duration: must be more than 0")
	must(p.Drain >= 0, "drain: must not be negative")
	must(p.TapsPerSecond > 0 && p.TapsPerSecond <= 1000, "taps-per-second: must be more than 0 and at most 1000")
	must(p.TapsPerRequest >= 1 && p.TapsPerRequest <= game.MaxTaps, fmt.Sprintf("taps-per-request: must be within 1..%d", game.MaxTaps))
	must(p.Repeat >= 0 && p.Repeat <= 1, "repeat: must be within 0%..100%")
	must(p.Look >= 0 && p.Look <= 1, "look: must be within 0%..100%")
	if s := p.Spike; s != (Spike{}) {
		must(s.Factor >= 1, "spike: the factor must be 1 or more")
		must(s.At >= 0 && s.Lasts > 0, "spike: it must begin at 0s or later, and last")
		must(float64(p.Players)*s.Factor <= maxPeople, fmt.Sprintf("spike: at most %d people", maxPeople))
	}
	return errors.Join(wrong...)
}

// People gives how many there are, those of the spike included.
func (p Plan) People() int { return p.Players + p.waiting() }

func (p Plan) waiting() int {
	if p.Spike.Factor <= 1 {
		return 0
	}
	return int(math.Round(float64(p.Players) * (p.Spike.Factor - 1)))
}

// Arrival gives when a person comes; those who wait for the spike come beside the others.
func (p Plan) Arrival(number int) time.Duration {
	share := (float64(number) + .5) / float64(p.Players)
	if number >= p.Players {
		share = (float64(number-p.Players) + .5) / float64(p.waiting())
	}
	if p.Ramp { // the number there grows with the square of time
		share = math.Sqrt(share)
	}
	return time.Duration(share * float64(p.Arrive))
}

// Shakes gives the time in which a person shakes.
func (p Plan) Shakes(number int) (from, to time.Duration) {
	if number < p.Players {
		return 0, p.Duration
	}
	return p.Spike.At, min(p.Spike.At+p.Spike.Lasts, p.Duration)
}

// Batch gives how long a player takes for the taps of a request.
func (p Plan) Batch() time.Duration {
	return time.Duration(float64(p.TapsPerRequest) / p.TapsPerSecond * float64(time.Second))
}
