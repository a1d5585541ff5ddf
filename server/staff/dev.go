package staff

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/fivefold/fivefold/server/game"
)

// DevLogin is the owner that `fivefold dev` makes.
const DevLogin = "dev"

// EnsureDev sees to it that the developer's owner is there and gives the password to print.
// A first start makes it with password, or with a random one where that is empty; later starts
// need the same password to be given, and without it answer an empty one: only its hash is kept.
// Code: invalid, with the field password, when the owner has another.
func (s *Service) EnsureDev(ctx context.Context, password string) (string, error) {
	person, err := s.book.StaffByLogin(ctx, DevLogin)
	switch {
	case game.CodeOf(err) == game.CodeNotFound:
		if password == "" {
			password = rand.Text()
		}
		_, err := s.Add(ctx, DevLogin, password, game.RoleOwner)
		return password, err
	case err != nil:
		return "", fmt.Errorf("staff: find the developer's owner: %w", err)
	case password == "":
		return "", nil
	}
	ok, err := s.matches(ctx, person.PasswordHash, password)
	if err == nil && !ok {
		err = game.FailField(game.CodeInvalid, "password", game.ReasonUnknown, "the one it was made with")
	}
	return password, err
}
