package load

import (
	"math/rand/v2"
	"time"

	"github.com/fivefold/fivefold/server/api"
)

// What the tests look at from inside.
var (
	FaultOf = faultOf
	Differs = differs
	Misses  = misses
)

const CodeLost = codeLost

// NewStageAt is the stage of a document whose time is exact.
func NewStageAt(d *api.Campaign, now time.Duration) *Stage { return NewStage(d, now, now, nil) }

// GameTime gives the game time at a time of the run.
func (s *Stage) GameTime(now time.Duration) time.Time { return s.gameTime(now) }

// Step lets a player who is due ask, at a time; false: they ask for nothing.
func (p *Player) Step(plan *Plan, stage *Stage, now time.Duration, rnd *rand.Rand) (Ask, bool) {
	return p.next(&moment{plan: plan, stage: stage, now: now, rnd: rnd})
}

// Take gives a player an answer, and what they find wrong with it.
func (p *Player) Take(ask Ask, a *Answer, plan *Plan, stage *Stage, now time.Duration, rnd *rand.Rand) string {
	return p.take(ask, a, &moment{plan: plan, stage: stage, now: now, rnd: rnd})
}

// Recorded gives what a player was answered.
func (p *Player) Recorded() Record { return p.record }

// Conn is a connection as the client uses it.
type Conn struct{ conn }

// Dial makes a connection to targets.
func Dial(targets []Target, timeout time.Duration) *Conn {
	return &Conn{conn{targets: targets, timeout: timeout}}
}

// Exchange sends a request and gives the status, the body and how long to wait.
func (c *Conn) Exchange(request string) (int, string, time.Duration, error) {
	r, err := c.exchange(func(b []byte, _ string) []byte { return append(b, request...) })
	return r.Status, string(r.Body), r.RetryAfter, err
}

// Redials counts kept connections that were closed.
func (c *Conn) Redials() int64 { return c.redials }

// Answers that did not come in time, and that are not of the contract.
var (
	ErrTimeout = errTimeout
	ErrGarbled = errGarbled
)
