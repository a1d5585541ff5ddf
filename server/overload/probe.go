package overload

import (
	"os"
	"slices"
	"sync"
	"time"
)

// probe measures how long something that has come over the network waits until it is read: first in
// the kernel, until this process asks what has come, and then for a processor. A byte through a
// pipe waits in the same queues as a request. How long goroutines wait to run is not enough to
// look at: the runtime takes no more than 128 events at a time from the kernel, so that with quick
// handlers a crowd waits there, unseen.
type probe struct {
	in, out *os.File

	mu    sync.Mutex
	sent  time.Time // of the byte that is under way; zero: none is
	waits []time.Duration
}

func newProbe() (*probe, error) {
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p := &probe{in: in, out: out}
	go p.receive()
	return p, nil
}

// send sends a byte, unless one is under way.
func (p *probe) send() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sent.IsZero() {
		p.sent = time.Now()
		_, _ = p.in.Write([]byte{0}) // an empty pipe takes it at once
	}
}

// receive notes when bytes arrive, until the probe is closed.
func (p *probe) receive() {
	var b [1]byte
	for {
		if _, err := p.out.Read(b[:]); err != nil {
			return
		}
		p.mu.Lock()
		p.waits = append(p.waits, time.Since(p.sent))
		p.sent = time.Time{}
		p.mu.Unlock()
	}
}

// waited gives the median wait since it was last asked; a byte that is under way has waited so far.
func (p *probe) waited() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	waits := p.waits
	if !p.sent.IsZero() {
		waits = append(waits, time.Since(p.sent))
	}
	p.waits = p.waits[:0]
	return median(waits)
}

// median orders waits and gives the middle one; 0 of none.
func median(waits []time.Duration) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[len(waits)/2]
}

func (p *probe) close() {
	p.in.Close()
	p.out.Close()
}
