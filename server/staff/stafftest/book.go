package stafftest

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// Book keeps the staff. A test may change and read all of it while nothing runs.
type Book struct {
	Mu       sync.Mutex
	Now      time.Time
	Staff    []game.Staff
	Open     map[string]Session // by the hashes of tokens
	Invites  map[string]Invite  // by the hashes of links
	Steps    map[game.StaffID]int64
	Recovery map[game.StaffID][]string
	Refused  int // codes that were recorded as refused
	Attempts map[string]int
	Named    int   // how often logins were asked for
	Err      error // the book is away
	LimitErr error // the limiter is
}

// Session is a log-in.
type Session struct {
	Of game.StaffID
	game.Session
}

// Invite is a link.
type Invite struct {
	Of   game.StaffID
	Ends time.Time
}

// New makes an empty book, whose clock stands at now.
func New(now time.Time) *Book {
	return &Book{
		Now: now, Open: map[string]Session{}, Invites: map[string]Invite{},
		Steps: map[game.StaffID]int64{}, Recovery: map[game.StaffID][]string{}, Attempts: map[string]int{},
	}
}

// Service makes the use case over the book, with cheap passwords and the book's clock.
func (b *Book) Service() *staff.Service {
	seal, err := staff.NewSealer([]byte("a key of a test, of 32 bytes ..."))
	if err != nil {
		panic(err)
	}
	s := staff.New(b, b, seal, bcrypt.MinCost)
	s.Clock = func() time.Time { return b.Now }
	return s
}

// Person finds somebody, to be changed in place; nil: nobody is so.
func (b *Book) Person(is func(game.Staff) bool) *game.Staff {
	if i := slices.IndexFunc(b.Staff, is); i >= 0 {
		return &b.Staff[i]
	}
	return nil
}

func (b *Book) byID(id game.StaffID) (*game.Staff, error) {
	if p := b.Person(func(s game.Staff) bool { return s.ID == id }); p != nil {
		return p, b.Err
	}
	return nil, game.Fail(game.CodeNotFound, "nobody")
}

// CreateStaff adds a person.
func (b *Book) CreateStaff(_ context.Context, s game.Staff) error {
	if b.Err != nil {
		return b.Err
	}
	if b.Person(func(p game.Staff) bool { return p.Login == s.Login }) != nil {
		return game.FailField(game.CodeInvalid, "login", game.ReasonTaken, "")
	}
	s.CreatedAt = b.Now
	b.Staff = append(b.Staff, s)
	return nil
}

// StaffByLogin finds a person.
func (b *Book) StaffByLogin(_ context.Context, login string) (game.Staff, error) {
	if p := b.Person(func(s game.Staff) bool { return s.Login == login }); p != nil {
		return *p, b.Err
	}
	if b.Err != nil {
		return game.Staff{}, b.Err
	}
	return game.Staff{}, game.Fail(game.CodeNotFound, "nobody")
}

// StaffByID finds a person.
func (b *Book) StaffByID(_ context.Context, id game.StaffID) (game.Staff, error) {
	p, err := b.byID(id)
	if err != nil {
		return game.Staff{}, err
	}
	return *p, nil
}

// Logins names people.
func (b *Book) Logins(_ context.Context, ids []game.StaffID) (map[game.StaffID]string, error) {
	b.Named++
	all := map[game.StaffID]string{}
	for _, s := range b.Staff {
		if slices.Contains(ids, s.ID) {
			all[s.ID] = s.Login
		}
	}
	return all, b.Err
}

// People lists all.
func (b *Book) People(context.Context) ([]game.Staff, error) {
	all := slices.Clone(b.Staff)
	slices.SortFunc(all, func(x, y game.Staff) int { return strings.Compare(x.Login, y.Login) })
	return all, b.Err
}

// SetRole changes a role.
func (b *Book) SetRole(_ context.Context, id game.StaffID, role game.Role, _ game.StaffID) error {
	p, err := b.byID(id)
	if err == nil && role != game.RoleOwner {
		err = game.CheckReign(b.Staff, id)
	}
	if err == nil {
		p.Role = role
	}
	return err
}

// SetDisabled keeps a person out or lets them in.
func (b *Book) SetDisabled(_ context.Context, id game.StaffID, disabled bool, _ game.StaffID) error {
	p, err := b.byID(id)
	if err != nil {
		return err
	}
	if !disabled {
		p.DisabledAt = time.Time{}
		return nil
	}
	if err := game.CheckReign(b.Staff, id); err != nil {
		return err
	}
	p.DisabledAt = b.Now
	return b.EndOtherSessions(context.Background(), id, "")
}

// SetLanguage keeps a language.
func (b *Book) SetLanguage(_ context.Context, id game.StaffID, language string) error {
	p, err := b.byID(id)
	if err == nil {
		p.Language = language
	}
	return err
}

// SetPassword changes a password.
func (b *Book) SetPassword(ctx context.Context, id game.StaffID, hash, keep string) error {
	p, err := b.byID(id)
	if err != nil {
		return err
	}
	p.PasswordHash = hash
	return b.EndOtherSessions(ctx, id, keep)
}

// InviteStaff adds a person without a password.
func (b *Book) InviteStaff(ctx context.Context, s game.Staff, hash string, life time.Duration, by game.StaffID) (time.Time, error) {
	if err := b.CreateStaff(ctx, s); err != nil {
		return time.Time{}, err
	}
	return b.InviteAgain(ctx, s.ID, hash, life, by)
}

// InviteAgain gives a person another link.
func (b *Book) InviteAgain(_ context.Context, id game.StaffID, hash string, life time.Duration, _ game.StaffID) (time.Time, error) {
	p, err := b.byID(id)
	if err != nil {
		return time.Time{}, err
	}
	if p.Disabled() {
		return time.Time{}, game.Fail(game.CodeStateConflict, "disabled")
	}
	for old, invite := range b.Invites {
		if invite.Of == id {
			delete(b.Invites, old)
		}
	}
	p.InviteEndsAt = b.Now.Add(life)
	b.Invites[hash] = Invite{id, p.InviteEndsAt}
	return p.InviteEndsAt, nil
}

// Invited gives the person of a link.
func (b *Book) Invited(ctx context.Context, hash string) (game.Staff, error) {
	if invite, ok := b.Invites[hash]; ok && b.Now.Before(invite.Ends) {
		return b.StaffByID(ctx, invite.Of)
	}
	return game.Staff{}, game.Fail(game.CodeNotFound, "no such invitation")
}

// Join uses a link up.
func (b *Book) Join(ctx context.Context, hash, passwordHash string) error {
	person, err := b.Invited(ctx, hash)
	if err != nil {
		return err
	}
	delete(b.Invites, hash)
	p, _ := b.byID(person.ID)
	p.PasswordHash, p.InviteEndsAt = passwordHash, time.Time{}
	return b.EndOtherSessions(ctx, person.ID, "")
}
