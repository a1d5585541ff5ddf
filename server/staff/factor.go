package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// RecoveryCodes is how many codes stand in for a lost phone.
const RecoveryCodes = 10

// Setup is what a person puts into an authenticator app.
type Setup struct {
	Key  string // base32, in groups of four, for typing
	Link string // otpauth://, for a QR code
}

func factorPurpose(id game.StaffID) string { return "factor/" + string(id) }

// BeginFactor begins to set a second factor up, with a secret of its own each time.
func (s *Service) BeginFactor(ctx context.Context, person game.Staff) error {
	sealed := s.seal.seal(random(codeSecret), factorPurpose(person.ID))
	if err := s.book.BeginFactor(ctx, person.ID, sealed); err != nil {
		return fmt.Errorf("staff: begin a second factor: %w", err)
	}
	return nil
}

// FactorSetup gives what is being set up. Code: not_found where nothing is.
func (s *Service) FactorSetup(person game.Staff) (Setup, error) {
	if len(person.FactorPending) == 0 {
		return Setup{}, game.Fail(game.CodeNotFound, "no second factor is being set up")
	}
	secret, err := s.seal.open(person.FactorPending, factorPurpose(person.ID))
	if err != nil {
		return Setup{}, err
	}
	key := base32Text.EncodeToString(secret)
	return Setup{Key: grouped(key, " "), Link: otpauth(person.Login, key)}, nil
}

// SetFactor makes what was being set up the person's second factor, on a code that shows that their
// app has it. It gives recovery codes, which are told this once. Codes: invalid with the field code,
// not_found, state_conflict, rate_limited.
func (s *Service) SetFactor(ctx context.Context, person game.Staff, code string) ([]string, error) {
	if len(person.FactorPending) == 0 {
		return nil, game.Fail(game.CodeNotFound, "no second factor is being set up")
	}
	if err := s.allow(ctx, person.Login, ""); err != nil {
		return nil, err
	}
	secret, err := s.seal.open(person.FactorPending, factorPurpose(person.ID))
	if err != nil {
		return nil, err
	}
	step, ok := stepOf(secret, cleanCode(code), s.Clock())
	if !ok {
		return nil, game.FailField(game.CodeInvalid, "code", game.ReasonUnknown, "")
	}
	codes, hashes := newRecovery()
	if err := s.book.SetFactor(ctx, person.ID, person.FactorPending, step, hashes); err != nil {
		return nil, fmt.Errorf("staff: set a second factor: %w", err)
	}
	return codes, nil
}

// RenewRecovery replaces a person's recovery codes, on their password. Codes: invalid with the field
// password, state_conflict, rate_limited.
func (s *Service) RenewRecovery(ctx context.Context, person game.Staff, password string) ([]string, error) {
	if err := s.confirm(ctx, person, "password", password); err != nil {
		return nil, err
	}
	codes, hashes := newRecovery()
	if err := s.book.SetRecovery(ctx, person.ID, hashes); err != nil {
		return nil, fmt.Errorf("staff: renew recovery codes: %w", err)
	}
	return codes, nil
}

// RemoveFactor takes a person's own second factor away, on their password. Codes: invalid with the
// field password, rate_limited.
func (s *Service) RemoveFactor(ctx context.Context, person game.Staff, password string) error {
	if err := s.confirm(ctx, person, "password", password); err != nil {
		return err
	}
	return s.ResetFactor(ctx, person.ID, person.ID)
}

// ResetFactor takes a person's second factor away, who has lost phone and recovery codes. Code:
// not_found.
func (s *Service) ResetFactor(ctx context.Context, id, by game.StaffID) error {
	if err := s.book.ClearFactor(ctx, id, by); err != nil {
		return fmt.Errorf("staff: clear a second factor: %w", err)
	}
	return nil
}

// checkCode accepts a code of a person's app or a recovery code, once. Code: factor_wrong.
func (s *Service) checkCode(ctx context.Context, person game.Staff, typed string) error {
	code := cleanCode(typed)
	if len(code) != codeDigits {
		return s.book.UseRecovery(ctx, person.ID, recoveryHash(code))
	}
	secret, err := s.seal.open(person.FactorSecret, factorPurpose(person.ID))
	if err != nil {
		return err
	}
	step, ok := stepOf(secret, code, s.Clock())
	if !ok {
		return game.Fail(game.CodeFactorWrong, "the code is wrong")
	}
	return s.book.UseStep(ctx, person.ID, step)
}

// cleanCode takes the spaces and hyphens out that people type, and writes letters in one way.
func cleanCode(typed string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(typed))
}

// newRecovery makes recovery codes of 80 random bits, and the hashes that are kept of them: a plain
// hash is enough for what nobody can guess.
func newRecovery() (codes, hashes []string) {
	for range RecoveryCodes {
		code := rand.Text()[:16]
		codes = append(codes, grouped(code, "-"))
		hashes = append(hashes, recoveryHash(code))
	}
	return codes, hashes
}

func recoveryHash(code string) string { return tokenHash("recovery/" + code) }

// grouped writes a text in groups of four.
func grouped(text, between string) string {
	var groups []string
	for len(text) > 4 {
		groups, text = append(groups, text[:4]), text[4:]
	}
	return strings.Join(append(groups, text), between)
}
