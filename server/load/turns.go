package load

import (
	"context"
	"sync"
	"time"
)

// turns hands the players who are due to those who carry their requests.
type turns struct {
	mu    sync.Mutex
	crowd *Crowd
	away  int // players who are with a carrier
	wake  chan struct{}
	out   chan *Player
}

// run hands out players until all have left, or ctx ends.
func (t *turns) run(ctx context.Context, now func() time.Duration) {
	defer close(t.out)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		p, wait, over := t.next(now())
		if over {
			return
		}
		if p != nil {
			select {
			case t.out <- p:
				continue
			case <-ctx.Done():
				return
			}
		}
		if wait >= 0 {
			timer.Reset(wait)
		}
		select {
		case <-timer.C:
		case <-t.wake:
		case <-ctx.Done():
			return
		}
	}
}

func (t *turns) next(now time.Duration) (p *Player, wait time.Duration, over bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, wait = t.crowd.Next(now)
	if p != nil {
		t.away++
	}
	return p, wait, p == nil && wait < 0 && t.away == 0
}

// back takes a player back after their turn.
func (t *turns) back(p *Player) {
	t.mu.Lock()
	t.away--
	first := p.left && t.away == 0
	if !p.left {
		first = t.crowd.Wait(p)
	}
	t.mu.Unlock()
	if !first {
		return
	}
	select {
	case t.wake <- struct{}{}:
	default:
	}
}
