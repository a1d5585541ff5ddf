package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// SessionLength is how long a log-in lasts.
const SessionLength = 12 * time.Hour

// Limits of log-in attempts, counted whether they succeed or not.
const (
	attemptsPer        = 10 * time.Minute
	attemptsOfLogin    = 10
	attemptsOfAddress  = 40
	fallbackRetryAfter = time.Second
)

// Session is a log-in. Token is told once, to the one who logged in.
type Session struct {
	Token     string
	ExpiresAt time.Time
}

// LogIn opens a session. address is where the attempt comes from, for the limits alone.
// Codes: login_failed (unknown login and wrong password look the same, in time too),
// rate_limited.
func (s *Service) LogIn(ctx context.Context, login, password, address string) (game.Staff, Session, error) {
	login = cleanLogin(login)
	if err := s.allow(ctx, login, address); err != nil {
		return game.Staff{}, Session{}, err
	}
	person, err := s.book.StaffByLogin(ctx, login)
	if err != nil && game.CodeOf(err) != game.CodeNotFound {
		return game.Staff{}, Session{}, fmt.Errorf("staff: find who logs in: %w", err)
	}
	ok, err := s.matches(ctx, person.PasswordHash, password)
	if err != nil {
		return game.Staff{}, Session{}, err
	}
	if !ok {
		return game.Staff{}, Session{}, game.Fail(game.CodeLoginFailed, "unknown login or wrong password")
	}
	session, err := s.open(ctx, person.ID)
	return person, session, err
}

func (s *Service) open(ctx context.Context, id game.StaffID) (Session, error) {
	now, err := s.book.Now(ctx)
	if err != nil {
		return Session{}, fmt.Errorf("staff: read the clock: %w", err)
	}
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	session := Session{Token: base64.RawURLEncoding.EncodeToString(secret), ExpiresAt: now.Add(SessionLength)}
	if err := s.book.CreateSession(ctx, tokenHash(session.Token), id, session.ExpiresAt); err != nil {
		return Session{}, fmt.Errorf("staff: open a session: %w", err)
	}
	return session, nil
}

// Who gives the person of a session. Code: unauthorized.
func (s *Service) Who(ctx context.Context, token string) (game.Staff, error) {
	if token == "" {
		return game.Staff{}, game.Fail(game.CodeUnauthorized, "no session")
	}
	person, err := s.book.SessionStaff(ctx, tokenHash(token))
	if err != nil {
		return game.Staff{}, fmt.Errorf("staff: look up a session: %w", err)
	}
	return person, nil
}

// LogOut ends a session; one that is over already is no error.
func (s *Service) LogOut(ctx context.Context, token string) error {
	if err := s.book.DeleteSession(ctx, tokenHash(token)); err != nil {
		return fmt.Errorf("staff: end a session: %w", err)
	}
	return nil
}

// A token has 256 random bits, so a plain hash is enough to make the stored one useless.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func (s *Service) allow(ctx context.Context, login, address string) error {
	// Hashed, because what people type as a login may be their password.
	keys := []struct {
		name  string
		limit int
	}{{"login:" + tokenHash(login), attemptsOfLogin}, {"login-from:" + address, attemptsOfAddress}}
	for _, k := range keys {
		ok, retry, err := s.limit.Allow(ctx, k.name, k.limit, attemptsPer)
		if errors.Is(err, context.Canceled) {
			return fmt.Errorf("staff: count a log-in: %w", err)
		}
		if err != nil {
			ok, retry = s.fallback.Allow(), fallbackRetryAfter
		}
		if !ok {
			return &game.Error{Code: game.CodeRateLimited, Message: "too many log-ins", RetryAfter: retry}
		}
	}
	return nil
}
