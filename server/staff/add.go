package staff

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/bcrypt"

	"github.com/fivefold/fivefold/server/game"
)

// MinPassword is the least length of a password, in characters; MaxPassword the greatest, in
// bytes: bcrypt would ignore what is beyond.
const (
	MinPassword = 10
	MaxPassword = 72
)

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{1,63}$`)

// cleanLogin makes the spelling of a login one: people type capitals and spaces on phones.
func cleanLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// Add makes a person of the staff. Code: invalid, with the fields login, password or role.
func (s *Service) Add(ctx context.Context, login, password string, role game.Role) (game.Staff, error) {
	login = cleanLogin(login)
	if err := refuse(slices.Concat(checkLogin(login), checkPassword("password", password), checkRole(role))); err != nil {
		return game.Staff{}, err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return game.Staff{}, err
	}
	person := game.Staff{ID: game.StaffID(rand.Text()), Login: login, Role: role, PasswordHash: hash}
	if err := s.book.CreateStaff(ctx, person); err != nil {
		return game.Staff{}, fmt.Errorf("staff: add %s: %w", login, err)
	}
	return person, nil
}

func checkLogin(login string) []game.Field {
	if loginForm.MatchString(login) {
		return nil
	}
	return []game.Field{{Name: "login", Reason: game.ReasonFormat, Want: "2 to 64 of a-z 0-9 . _ @ + -"}}
}

func checkPassword(field, password string) []game.Field {
	if utf8.RuneCountInString(password) >= MinPassword && len(password) <= MaxPassword {
		return nil
	}
	want := strconv.Itoa(MinPassword) + ".." + strconv.Itoa(MaxPassword)
	return []game.Field{{Name: field, Reason: game.ReasonRange, Want: want}}
}

func checkRole(role game.Role) []game.Field {
	if slices.Contains(game.Roles, role) {
		return nil
	}
	return []game.Field{{Name: "role", Reason: game.ReasonUnknown, Want: rolesText()}}
}

// refuse makes an error of what is wrong, where something is.
func refuse(fields []game.Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &game.Error{Code: game.CodeInvalid, Fields: fields}
}

func rolesText() string {
	names := make([]string, len(game.Roles))
	for i, r := range game.Roles {
		names[i] = string(r)
	}
	return strings.Join(names, ", ")
}

func (s *Service) hash(ctx context.Context, password string) (string, error) {
	if err := s.hashing.Acquire(ctx, 1); err != nil {
		return "", fmt.Errorf("staff: wait to hash: %w", err)
	}
	defer s.hashing.Release(1)
	hash, err := bcrypt.GenerateFromPassword([]byte(password), s.cost)
	if err != nil {
		return "", fmt.Errorf("staff: hash a password: %w", err)
	}
	return string(hash), nil
}

// matches compares a password with a person's hash, or with nobody's: both take as long.
func (s *Service) matches(ctx context.Context, hash, password string) (bool, error) {
	if err := s.hashing.Acquire(ctx, 1); err != nil {
		return false, fmt.Errorf("staff: wait to compare: %w", err)
	}
	defer s.hashing.Release(1)
	known := []byte(hash)
	if hash == "" {
		known = s.nobody()
	}
	// bcrypt reads 72 bytes: a longer password would pass by its beginning.
	same := bcrypt.CompareHashAndPassword(known, []byte(password)) == nil
	return same && hash != "" && len(password) <= MaxPassword, nil
}
