package staff_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// memory is a book of staff and a limiter that live in a test.
type memory struct {
	mu       sync.Mutex
	now      time.Time
	people   map[string]game.Staff
	sessions map[string]session
	counts   map[string]int
	limitErr error
	bookErr  error
}

type session struct {
	id      game.StaffID
	expires time.Time
}

func newMemory() *memory {
	return &memory{
		now:      time.Date(2026, 2, 16, 20, 0, 0, 0, time.UTC),
		people:   map[string]game.Staff{},
		sessions: map[string]session{},
		counts:   map[string]int{},
	}
}

func newService(t *testing.T) (*staff.Service, *memory) {
	t.Helper()
	m := newMemory()
	return staff.New(m, m, bcrypt.MinCost), m
}

func (m *memory) Now(context.Context) (time.Time, error) { return m.now, m.bookErr }

func (m *memory) CreateStaff(_ context.Context, s game.Staff) error {
	if _, taken := m.people[s.Login]; taken {
		return game.FailField(game.CodeInvalid, "login", game.ReasonTaken, "")
	}
	m.people[s.Login] = s
	return nil
}

func (m *memory) StaffByLogin(_ context.Context, login string) (game.Staff, error) {
	if m.bookErr != nil {
		return game.Staff{}, m.bookErr
	}
	if s, ok := m.people[login]; ok {
		return s, nil
	}
	return game.Staff{}, game.Fail(game.CodeNotFound, "no such login")
}

func (m *memory) CreateSession(_ context.Context, hash string, id game.StaffID, expires time.Time) error {
	m.sessions[hash] = session{id, expires}
	return nil
}

func (m *memory) SessionStaff(_ context.Context, hash string) (game.Staff, error) {
	if s, ok := m.sessions[hash]; ok && m.now.Before(s.expires) {
		for _, p := range m.people {
			if p.ID == s.id {
				return p, nil
			}
		}
	}
	return game.Staff{}, game.Fail(game.CodeUnauthorized, "no session")
}

func (m *memory) DeleteSession(_ context.Context, hash string) error {
	delete(m.sessions, hash)
	return nil
}

func (m *memory) Allow(_ context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[key]++
	return m.counts[key] <= limit, per, m.limitErr
}
