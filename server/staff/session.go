package staff

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
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

// Attempt is what somebody types to log in.
type Attempt struct {
	Login    string
	Password string
	Proof    string // of a password that was right some minutes ago, in its place
	Code     string // of the second factor, or a recovery code
	Address  string // where the attempt comes from, for the limits alone
	Agent    string // the browser's name for itself
}

// LogIn opens a session. Codes: login_failed (unknown login and wrong password look the same, in
// time too), factor_needed (the password is right; a code is asked for besides), factor_wrong,
// rate_limited.
func (s *Service) LogIn(ctx context.Context, a Attempt) (game.Staff, Session, error) {
	login := cleanLogin(a.Login)
	if err := s.allow(ctx, login, a.Address); err != nil {
		return game.Staff{}, Session{}, err
	}
	person, err := s.book.StaffByLogin(ctx, login)
	if err != nil && game.CodeOf(err) != game.CodeNotFound {
		return game.Staff{}, Session{}, fmt.Errorf("staff: find who logs in: %w", err)
	}
	ok := s.proves(person, a.Proof)
	if !ok {
		if ok, err = s.matches(ctx, person.PasswordHash, a.Password); err != nil {
			return game.Staff{}, Session{}, err
		}
	}
	if !ok || person.Disabled() {
		return game.Staff{}, Session{}, game.Fail(game.CodeLoginFailed, "unknown login or wrong password")
	}
	if err := s.askForCode(ctx, person, a.Code); err != nil {
		return person, Session{}, err
	}
	session, err := s.open(ctx, person.ID, a.Agent)
	return person, session, err
}

// askForCode asks those who have a second factor for it.
func (s *Service) askForCode(ctx context.Context, person game.Staff, code string) error {
	if !person.HasFactor() {
		return nil
	}
	if code == "" {
		return game.Fail(game.CodeFactorNeeded, "a code of the second factor is needed")
	}
	err := s.checkCode(ctx, person, code)
	if game.CodeOf(err) == game.CodeFactorWrong {
		if failed := s.book.RefuseFactor(ctx, person.ID); failed != nil {
			return fmt.Errorf("staff: record a refused code: %w", failed)
		}
	}
	if err != nil {
		return fmt.Errorf("staff: check a code: %w", err)
	}
	return nil
}

// proofLife is how long one may look for the phone after the password.
const proofLife = 5 * time.Minute

// Proof stands for a password that was right, while its person looks for the code: so the page that
// asks for the code need not hold the password.
func (s *Service) Proof(person game.Staff) string {
	ends := binary.BigEndian.AppendUint64(nil, uint64(s.Clock().Add(proofLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(s.seal.seal(ends, proofPurpose(person)))
}

// proofPurpose ties a proof to the password that was typed.
func proofPurpose(person game.Staff) string {
	return "proof/" + string(person.ID) + "/" + tokenHash(person.PasswordHash)
}

func (s *Service) proves(person game.Staff, proof string) bool {
	if proof == "" || !person.HasFactor() {
		return false
	}
	sealed, err := base64.RawURLEncoding.DecodeString(proof)
	if err != nil {
		return false
	}
	ends, err := s.seal.open(sealed, proofPurpose(person))
	return err == nil && s.Clock().Unix() < int64(binary.BigEndian.Uint64(ends))
}

func (s *Service) open(ctx context.Context, id game.StaffID, agent string) (Session, error) {
	session := Session{Token: base64.RawURLEncoding.EncodeToString(random(32))}
	var err error
	session.ExpiresAt, err = s.book.CreateSession(ctx, tokenHash(session.Token), id, SessionLength, browserOf(agent))
	if err != nil {
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

// Sessions lists a person's log-ins, the one used last first, and the reference of the one of a token.
func (s *Service) Sessions(ctx context.Context, id game.StaffID, token string) (all []game.Session, mine string, err error) {
	if all, err = s.book.Sessions(ctx, id); err != nil {
		return nil, "", fmt.Errorf("staff: list sessions: %w", err)
	}
	return all, game.SessionRef(tokenHash(token)), nil
}

// EndSession ends a person's session by its reference; one that is over is no error.
func (s *Service) EndSession(ctx context.Context, id game.StaffID, ref string) error {
	if err := s.book.EndSession(ctx, id, ref); err != nil {
		return fmt.Errorf("staff: end a session: %w", err)
	}
	return nil
}

// EndOtherSessions ends all of a person's sessions but the one of a token.
func (s *Service) EndOtherSessions(ctx context.Context, id game.StaffID, token string) error {
	if err := s.book.EndOtherSessions(ctx, id, tokenHash(token)); err != nil {
		return fmt.Errorf("staff: end other sessions: %w", err)
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
	if address == "" {
		keys = keys[:1] // who is logged in already
	}
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
