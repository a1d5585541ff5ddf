package overload

import (
	"context"
	"math"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Monitor follows the strain on this process. Its zero value bears nothing and refuses nothing
// until Run runs.
type Monitor struct {
	strain atomic.Uint64 // float64 bits; 0 stands for 1
}

const (
	every      = 100 * time.Millisecond // between looks at the strain
	probeEvery = 20 * time.Millisecond
)

// Run follows the strain until ctx ends.
func (m *Monitor) Run(ctx context.Context) {
	look, send := time.NewTicker(every), time.NewTicker(probeEvery)
	defer look.Stop()
	defer send.Stop()
	var p *probe
	for {
		select {
		case <-ctx.Done():
			if p != nil {
				p.close()
			}
			return
		case <-send.C:
			if p == nil {
				p, _ = newProbe() // it fails while the process has no file left, and is tried again
			}
			if p != nil {
				p.send()
			}
		case <-look.C:
			if p != nil {
				m.set(next(m.Strain(), p.waited()))
			}
		}
	}
}

// Strain is 1 at rest, and how many times the pace clients are asked to keep under load.
func (m *Monitor) Strain() float64 {
	if bits := m.strain.Load(); bits != 0 {
		return math.Float64frombits(bits)
	}
	return 1
}

func (m *Monitor) set(strain float64) { m.strain.Store(math.Float64bits(strain)) }

// Pace gives how long a client is asked to wait between requests, jittered by a fifth so that a
// crowd does not march in step.
func (m *Monitor) Pace(base time.Duration) time.Duration {
	pace := time.Duration(float64(base) * m.Strain())
	return pace*4/5 + rand.N(pace*2/5+1)
}

// Spare says whether a request is not to be answered now.
func (m *Monitor) Spare(kind Kind) bool {
	strain := m.Strain()
	return strain > readsFrom && rand.Float64() < refused(kind, strain)
}

// SpareDraw is Spare of a Draw.
func (m *Monitor) SpareDraw() bool { return m.Spare(Draw) }

// Admit refuses a request that is to be spared. Code: overloaded, with when to ask again.
func (m *Monitor) Admit(kind Kind, base time.Duration) error {
	if !m.Spare(kind) {
		return nil
	}
	return &game.Error{Code: game.CodeOverloaded, RetryAfter: m.Pace(base)}
}
