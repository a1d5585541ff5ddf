package album

import (
	"context"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

const (
	// MaxBatch bounds the bookings of one transaction.
	MaxBatch = 512
	// batchTime bounds one transaction; it has a context of its own, because a player who hangs
	// up must not undo the bookings of the others.
	batchTime = 10 * time.Second
)

// queue gathers the bookings of a campaign: while as many batches are in the book as it can write
// at once, the next gathers, so that batches grow with load and nobody waits for a timer.
type queue struct {
	book    func(ctx context.Context, batch []game.Booking) ([]game.Booked, error)
	writers int

	mu      sync.Mutex
	waiting []*place
	writing int                    // batches in the book
	players map[game.PlayerID]bool // of those
}

func newQueue(writers int, book func(context.Context, []game.Booking) ([]game.Booked, error)) *queue {
	return &queue{book: book, writers: max(1, writers), players: map[game.PlayerID]bool{}}
}

// place is a booking in the queue.
type place struct {
	booking game.Booking
	booked  game.Booked
	err     error
	done    chan struct{}
}

func (q *queue) take(b game.Booking) *place {
	p := &place{booking: b, done: make(chan struct{})}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, p)
	if q.writing < q.writers {
		q.writing++
		go q.work()
	}
	return p
}

// wait waits for a booking to be in the book, or for ctx.
func (q *queue) wait(ctx context.Context, b game.Booking) (game.Booked, error) {
	p := q.take(b)
	select {
	case <-p.done:
		return p.booked, p.err
	case <-ctx.Done():
		return game.Booked{}, &game.Error{Code: game.CodeUnavailable, Message: "the booking took too long", RetryAfter: time.Second}
	}
}

// work books batches until nothing waits that may go.
func (q *queue) work() {
	var batch []*place
	for {
		if batch = q.next(batch); batch == nil {
			return
		}
		q.run(batch)
	}
}

// next takes the next batch after one that is done: each player once, since one transaction
// numbers a player's entries once. Who is in twice, or in a batch that is in the book, waits.
func (q *queue) next(done []*place) []*place {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, p := range done {
		delete(q.players, p.booking.Player)
	}
	var batch, later []*place
	for _, p := range q.waiting {
		if len(batch) == MaxBatch || q.players[p.booking.Player] {
			later = append(later, p)
			continue
		}
		q.players[p.booking.Player] = true
		batch = append(batch, p)
	}
	q.waiting = later
	if batch == nil {
		q.writing-- // whoever is still writing takes those who wait for it
	}
	return batch
}

func (q *queue) run(batch []*place) {
	ctx, cancel := context.WithTimeout(context.Background(), batchTime)
	defer cancel()
	bookings := make([]game.Booking, len(batch))
	for i, p := range batch {
		bookings[i] = p.booking
	}
	booked, err := q.book(ctx, bookings)
	for i, p := range batch {
		if err != nil {
			p.err = err
		} else {
			p.booked = booked[i]
		}
		close(p.done)
	}
}
