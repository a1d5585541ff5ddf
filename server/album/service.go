package album

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/fivefold/fivefold/server/game"
)

// Book is what albums need of the book.
type Book interface {
	BookWins(ctx context.Context, id game.CampaignID, batch []game.Booking) ([]game.Booked, error)
	Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error)
}

// Live is what albums need of Redis.
type Live interface {
	Put(ctx context.Context, albums []game.Album) error
	Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, bool, error)
}

// Service reads and changes albums.
type Service struct {
	// Writers is how many batches of a campaign may be in the book at once; 0 is 1. Set it before
	// the first booking.
	Writers int

	book     Book
	live     Live
	follower *follower
	log      *slog.Logger

	mu     sync.Mutex
	queues map[game.CampaignID]*queue
}

// New makes a service; Run has to run for Redis to follow.
func New(book Book, live Live, log *slog.Logger) *Service {
	return &Service{
		book: book, live: live, log: log,
		follower: newFollower(live, log),
		queues:   map[game.CampaignID]*queue{},
	}
}

// Run lets Redis follow the book until ctx ends; what is pending then is still written, where Redis
// takes it at once.
func (s *Service) Run(ctx context.Context) { s.follower.run(ctx) }

// Book books a player's wins and gives their entries and the album after them. It returns when
// they are in the book. When ctx ends first the booking goes on: the same wins asked again
// give the same entries.
func (s *Service) Book(ctx context.Context, b game.Booking) (game.Booked, error) {
	booked, err := s.queue(b.Campaign).wait(ctx, b)
	if err != nil {
		return game.Booked{}, fmt.Errorf("album: book: %w", err)
	}
	return booked, nil
}

// Follow lets Redis know of an album that the book gave.
func (s *Service) Follow(a game.Album) { s.follower.add(a) }

// Read gives an album no older than state n, nor than what this server has booked: from Redis, or
// from the book where Redis does not have it.
func (s *Service) Read(ctx context.Context, id game.CampaignID, p game.PlayerID, n int64) (game.Album, error) {
	if own, ok := s.follower.latest(albumID{id, p}); ok {
		n = max(n, own.N)
	}
	a, found, err := s.live.Album(ctx, id, p)
	if err == nil && found && a.N >= n {
		return a, nil
	}
	a, err = s.book.Album(ctx, id, p)
	if err != nil {
		return game.Album{}, fmt.Errorf("album: read: %w", err)
	}
	s.Follow(a)
	return a, nil
}

func (s *Service) queue(id game.CampaignID) *queue {
	s.mu.Lock()
	defer s.mu.Unlock()
	q, ok := s.queues[id]
	if !ok {
		q = newQueue(s.Writers, func(ctx context.Context, batch []game.Booking) ([]game.Booked, error) {
			booked, err := s.book.BookWins(ctx, id, batch)
			for i := range booked { // here, since whoever asked may have hung up
				s.Follow(booked[i].Album)
			}
			return booked, err
		})
		s.queues[id] = q
	}
	return q
}
