package album_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/game"
)

var errAway = errors.New("away")

// memory is a book and a Redis. Its book can be held shut, and remembers the batches it took.
type memory struct {
	mu      sync.Mutex
	shut    chan struct{} // closed: the book is open
	batches [][]game.Booking
	books   map[game.PlayerID]*game.Album
	broken  error

	live    map[game.PlayerID]game.Album
	puts    []int // how many albums each
	liveErr error
	reads   int // of the book
}

func newMemory() *memory {
	m := &memory{books: map[game.PlayerID]*game.Album{}, live: map[game.PlayerID]game.Album{}}
	m.open()
	return m
}

// service makes a service over the memory whose Run ends with the test.
func (m *memory) service(t *testing.T) *album.Service {
	s := album.New(m, redis{m}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	done := make(chan struct{})
	ctx, stop := context.WithCancel(context.Background())
	go func() { defer close(done); s.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	return s
}

func (m *memory) open() { m.set(func() { m.shut = closed() }) }

// close shuts the book; the result opens it again.
func (m *memory) close() (open func()) {
	shut := make(chan struct{})
	m.set(func() { m.shut = shut })
	return sync.OnceFunc(func() { close(shut) })
}

func closed() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

func (m *memory) set(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f()
}

func (m *memory) BookWins(ctx context.Context, id game.CampaignID, batch []game.Booking) ([]game.Booked, error) {
	m.mu.Lock()
	shut := m.shut
	m.batches = append(m.batches, batch)
	m.mu.Unlock()
	select {
	case <-shut:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return nil, m.broken
	}
	booked := make([]game.Booked, len(batch))
	for i, b := range batch {
		a := m.books[b.Player]
		if a == nil {
			a = &game.Album{Campaign: id, Player: b.Player}
			m.books[b.Player] = a
		}
		for _, w := range b.Wins {
			booked[i].Entries = append(booked[i].Entries, a.Append(game.Entry{Kind: game.EntryWildcard, Chance: w.Chance, Wildcards: 1}))
		}
		booked[i].Album = *a
	}
	return booked, nil
}

// Put is as the real one: an album that is not newer than what is there is left out.
func (m *memory) Put(ctx context.Context, albums []game.Album) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	m.puts = append(m.puts, len(albums))
	if m.liveErr != nil {
		return m.liveErr
	}
	for _, a := range albums {
		if have, ok := m.live[a.Player]; !ok || have.N < a.N {
			m.live[a.Player] = a
		}
	}
	return nil
}

// Album is of the book.
func (m *memory) Album(_ context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	if a := m.books[p]; a != nil {
		return *a, m.broken
	}
	return game.Album{Campaign: id, Player: p}, m.broken
}

// redis is the memory with the live albums, whose method has the same name as the book's.
type redis struct{ *memory }

func (r redis) Album(_ context.Context, _ game.CampaignID, p game.PlayerID) (game.Album, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.live[p]
	return a, ok, r.liveErr
}

// liveN gives the number of a live album, 0 where there is none.
func (m *memory) liveN(p game.PlayerID) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.live[p].N
}

// writes gives how often Redis was written to.
func (m *memory) writes() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.puts)
}

// sizes gives how many bookings each batch had.
func (m *memory) sizes() []int {
	m.mu.Lock()
	defer m.mu.Unlock()
	var sizes []int
	for _, b := range m.batches {
		sizes = append(sizes, len(b))
	}
	return sizes
}

// order gives the indexes of a player's chances in the order in which the book took them.
func (m *memory) order(p game.PlayerID) []int {
	m.mu.Lock()
	defer m.mu.Unlock()
	var indexes []int
	for _, b := range slices.Concat(m.batches...) {
		if b.Player == p {
			indexes = append(indexes, b.Wins[0].Chance.Index)
		}
	}
	return indexes
}

func booking(p game.PlayerID, index int) game.Booking {
	return game.Booking{Campaign: "c1", Player: p, Wins: []game.Win{{Chance: game.Chance{Round: 1, Window: 1, Index: index}}}}
}
