package staff

import (
	"context"
	"sync"
	"time"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"github.com/fivefold/fivefold/server/game"
)

// Book is what the package needs of the book.
type Book interface {
	// Now is the book's clock, by which sessions end.
	Now(ctx context.Context) (time.Time, error)
	// CreateStaff adds a person; code invalid with the field login taken.
	CreateStaff(ctx context.Context, s game.Staff) error
	// StaffByLogin finds a person; code not_found.
	StaffByLogin(ctx context.Context, login string) (game.Staff, error)
	CreateSession(ctx context.Context, tokenHash string, id game.StaffID, expires time.Time) error
	// SessionStaff gives the person of a session; code unauthorized when it is unknown or over.
	SessionStaff(ctx context.Context, tokenHash string) (game.Staff, error)
	DeleteSession(ctx context.Context, tokenHash string) error
}

// Limiter counts what is done under a key and says whether once more is allowed; when it is
// not, after how long it will be.
type Limiter interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error)
}

// Service adds staff and lets them in and out.
type Service struct {
	book  Book
	limit Limiter
	cost  int

	// A hash takes a core for a good part of a second: a flood of log-ins must leave the
	// cores to the players.
	hashing *semaphore.Weighted
	// Stands in for the limiter while that is away.
	fallback *rate.Limiter
	// The hash that a log-in of nobody is compared with, so that it takes as long.
	nobody func() []byte
}

// DefaultCost is the bcrypt cost of passwords: about a fifth of a second of one core.
const DefaultCost = 12

// New makes the service; cost is bcrypt's, 0 for DefaultCost.
func New(book Book, limit Limiter, cost int) *Service {
	if cost == 0 {
		cost = DefaultCost
	}
	return &Service{
		book:     book,
		limit:    limit,
		cost:     cost,
		hashing:  semaphore.NewWeighted(2),
		fallback: rate.NewLimiter(rate.Every(time.Second), 10),
		nobody: sync.OnceValue(func() []byte {
			// A constant password of a legal length cannot fail to hash.
			hash, _ := bcrypt.GenerateFromPassword([]byte("nobody has this password"), cost)
			return hash
		}),
	}
}
