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
	PeopleBook
	InviteBook
	FactorBook
	SessionBook
}

// PeopleBook keeps who the staff are.
type PeopleBook interface {
	// CreateStaff adds a person and stamps CreatedAt; code invalid with the field login taken.
	CreateStaff(ctx context.Context, s game.Staff) error
	// StaffByLogin and StaffByID find a person; code not_found.
	StaffByLogin(ctx context.Context, login string) (game.Staff, error)
	StaffByID(ctx context.Context, id game.StaffID) (game.Staff, error)
	// People lists all by login.
	People(ctx context.Context) ([]game.Staff, error)
	// SetRole and SetDisabled change a person; codes not_found, last_owner.
	SetRole(ctx context.Context, id game.StaffID, role game.Role, by game.StaffID) error
	SetDisabled(ctx context.Context, id game.StaffID, disabled bool, by game.StaffID) error
	SetLanguage(ctx context.Context, id game.StaffID, language string) error
	// SetPassword changes a password and ends the person's sessions but the one of a hash.
	SetPassword(ctx context.Context, id game.StaffID, passwordHash, keep string) error
}

// InviteBook keeps invitations, by the hashes of their links.
type InviteBook interface {
	// InviteStaff adds a person without a password; code invalid with the field login.
	InviteStaff(ctx context.Context, s game.Staff, hash string, life time.Duration, by game.StaffID) (ends time.Time, err error)
	// InviteAgain gives a person another link; codes not_found, state_conflict.
	InviteAgain(ctx context.Context, id game.StaffID, hash string, life time.Duration, by game.StaffID) (ends time.Time, err error)
	// Invited gives the person of a link; code not_found.
	Invited(ctx context.Context, hash string) (game.Staff, error)
	// Join uses a link up for a password; code not_found.
	Join(ctx context.Context, hash, passwordHash string) error
}

// FactorBook keeps second factors.
type FactorBook interface {
	BeginFactor(ctx context.Context, id game.StaffID, sealed []byte) error
	// SetFactor ends what BeginFactor began; code state_conflict.
	SetFactor(ctx context.Context, id game.StaffID, sealed []byte, step int64, recovery []string) error
	// ClearFactor takes a second factor away; code not_found.
	ClearFactor(ctx context.Context, id, by game.StaffID) error
	// UseStep and UseRecovery accept a code once; code factor_wrong.
	UseStep(ctx context.Context, id game.StaffID, step int64) error
	UseRecovery(ctx context.Context, id game.StaffID, hash string) error
	// SetRecovery replaces the recovery codes; code state_conflict.
	SetRecovery(ctx context.Context, id game.StaffID, hashes []string) error
	// RefuseFactor records that a right password came with a wrong code.
	RefuseFactor(ctx context.Context, id game.StaffID) error
}

// SessionBook keeps log-ins, by the hashes of their tokens.
type SessionBook interface {
	// CreateSession gives when the session ends; code login_failed where the person is disabled.
	CreateSession(ctx context.Context, tokenHash string, id game.StaffID, life time.Duration, agent string) (ends time.Time, err error)
	// SessionStaff gives the person of a session; code unauthorized when it is unknown or over.
	SessionStaff(ctx context.Context, tokenHash string) (game.Staff, error)
	DeleteSession(ctx context.Context, tokenHash string) error
	Sessions(ctx context.Context, id game.StaffID) ([]game.Session, error)
	EndSession(ctx context.Context, id game.StaffID, ref string) error
	EndOtherSessions(ctx context.Context, id game.StaffID, keep string) error
}

// Limiter counts what is done under a key and says whether once more is allowed; when it is
// not, after how long it will be.
type Limiter interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error)
}

// Service knows the staff and lets them in and out.
type Service struct {
	// Clock is the one of the codes, which phones reckon by: the time of day, not game time.
	Clock func() time.Time

	book  Book
	limit Limiter
	seal  *Sealer
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

// New makes the service; cost is bcrypt's, 0 for DefaultCost. At the command line, where nobody logs
// in, limit and seal may be nil.
func New(book Book, limit Limiter, seal *Sealer, cost int) *Service {
	if cost == 0 {
		cost = DefaultCost
	}
	return &Service{
		Clock:    time.Now,
		book:     book,
		limit:    limit,
		seal:     seal,
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
