package load

import (
	"context"
	"sync"
	"time"
)

// turns hands the players who are due to those who carry their requests. Carriers are made as they
// are needed, up to a number for each lane.
type turns struct {
	now   func() time.Duration
	carry func(lane <-chan *Player)
	most  [lanes]int // carriers

	work sync.WaitGroup
	wake [lanes]chan struct{}

	mu    sync.Mutex
	crowd *Crowd
	away  int // players who are with a carrier
}

// hand hands out players until all have left, or ctx ends, and all carriers are done.
func (t *turns) hand(ctx context.Context) {
	for lane := range lanes {
		t.wake[lane] = make(chan struct{}, 1)
	}
	for lane := range lanes {
		t.work.Go(func() { t.run(ctx, lane) })
	}
	t.work.Wait()
}

func (t *turns) run(ctx context.Context, lane Lane) {
	out := make(chan *Player)
	defer close(out)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for carriers := 0; ; {
		p, wait, over := t.next(lane)
		if over {
			return
		}
		if p != nil {
			if !t.give(ctx, out, p, &carriers, t.most[lane]) {
				return
			}
			continue
		}
		if wait >= 0 {
			timer.Reset(wait)
		}
		select {
		case <-timer.C:
		case <-t.wake[lane]:
		case <-ctx.Done():
			return
		}
	}
}

// give hands a player to a carrier who is free, to a new one, or to whoever is free first.
func (t *turns) give(ctx context.Context, out chan *Player, p *Player, carriers *int, most int) bool {
	select {
	case out <- p:
		return true
	default:
	}
	if *carriers < most {
		*carriers++
		t.work.Go(func() { t.carry(out) })
	}
	select {
	case out <- p:
		return true
	case <-ctx.Done():
		return false
	}
}

func (t *turns) next(lane Lane) (p *Player, wait time.Duration, over bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, wait = t.crowd.Next(lane, t.now())
	if p != nil {
		t.away++
	}
	return p, wait, t.away == 0 && t.crowd.Empty()
}

// back takes a player back after their turn.
func (t *turns) back(p *Player) {
	t.mu.Lock()
	t.away--
	lane, first := Lane(0), false
	if !p.left {
		lane, first = t.crowd.Wait(p)
	}
	over := t.away == 0 && t.crowd.Empty()
	t.mu.Unlock()
	if first {
		t.rouse(lane)
	}
	if over {
		t.rouse(Door)
		t.rouse(Inside)
	}
}

func (t *turns) rouse(lane Lane) {
	select {
	case t.wake[lane] <- struct{}{}:
	default:
	}
}
