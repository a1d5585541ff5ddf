package staff

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// InviteLife is how long the link of an invitation opens.
const InviteLife = 72 * time.Hour

// Invitation is a link by which somebody chooses a password. Token is told once, to who invites.
type Invitation struct {
	Person game.Staff
	Token  string
	EndsAt time.Time
}

// People lists the staff by login.
func (s *Service) People(ctx context.Context) ([]game.Staff, error) {
	people, err := s.book.People(ctx)
	if err != nil {
		return nil, fmt.Errorf("staff: list people: %w", err)
	}
	return people, nil
}

// Invite adds a person who has yet to choose a password. Code: invalid, with the fields login or role.
func (s *Service) Invite(ctx context.Context, login string, role game.Role, by game.StaffID) (Invitation, error) {
	login = cleanLogin(login)
	if err := refuse(append(checkLogin(login), checkRole(role)...)); err != nil {
		return Invitation{}, err
	}
	invitation := newInvitation(game.Staff{ID: game.StaffID(rand.Text()), Login: login, Role: role})
	var err error
	invitation.EndsAt, err = s.book.InviteStaff(ctx, invitation.Person, tokenHash(invitation.Token), InviteLife, by)
	if err != nil {
		return Invitation{}, fmt.Errorf("staff: invite %s: %w", login, err)
	}
	return invitation, nil
}

// InviteAgain gives a person another link; the one before opens nothing any more. Who has forgotten
// the password chooses another by it; the second factor stays. Codes: not_found, state_conflict
// where the person is disabled.
func (s *Service) InviteAgain(ctx context.Context, id, by game.StaffID) (Invitation, error) {
	person, err := s.book.StaffByID(ctx, id)
	if err != nil {
		return Invitation{}, fmt.Errorf("staff: find who is invited: %w", err)
	}
	invitation := newInvitation(person)
	invitation.EndsAt, err = s.book.InviteAgain(ctx, id, tokenHash(invitation.Token), InviteLife, by)
	if err != nil {
		return Invitation{}, fmt.Errorf("staff: invite %s again: %w", person.Login, err)
	}
	return invitation, nil
}

func newInvitation(person game.Staff) Invitation {
	return Invitation{Person: person, Token: base64.RawURLEncoding.EncodeToString(random(32))}
}

// Invited gives who may choose a password by a link. Code: not_found.
func (s *Service) Invited(ctx context.Context, token string) (game.Staff, error) {
	person, err := s.book.Invited(ctx, tokenHash(token))
	if err != nil {
		return game.Staff{}, fmt.Errorf("staff: read an invitation: %w", err)
	}
	return person, nil
}

// Join uses a link up for a password. address is where the request comes from, for the limits
// alone. Codes: not_found, invalid with the field password, rate_limited.
func (s *Service) Join(ctx context.Context, token, password, address string) error {
	person, err := s.Invited(ctx, token)
	if err != nil {
		return err
	}
	if err := refuse(checkPassword("password", password)); err != nil {
		return err
	}
	if err := s.allow(ctx, person.Login, address); err != nil {
		return err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	if err := s.book.Join(ctx, tokenHash(token), hash); err != nil {
		return fmt.Errorf("staff: join: %w", err)
	}
	return nil
}

// SetRole gives a person another role. Codes: invalid with the field role, not_found, last_owner.
func (s *Service) SetRole(ctx context.Context, id game.StaffID, role game.Role, by game.StaffID) error {
	if err := refuse(checkRole(role)); err != nil {
		return err
	}
	if err := s.book.SetRole(ctx, id, role, by); err != nil {
		return fmt.Errorf("staff: change a role: %w", err)
	}
	return nil
}

// SetDisabled keeps a person out, at once, or lets them in again. Codes: not_found, last_owner.
func (s *Service) SetDisabled(ctx context.Context, id game.StaffID, disabled bool, by game.StaffID) error {
	if err := s.book.SetDisabled(ctx, id, disabled, by); err != nil {
		return fmt.Errorf("staff: disable or enable: %w", err)
	}
	return nil
}

// ChangePassword changes a person's own password and ends their other sessions; token is of the one
// that stays. Codes: invalid with the fields password (the one until now) or new_password,
// rate_limited.
func (s *Service) ChangePassword(ctx context.Context, person game.Staff, old, chosen, token string) error {
	if err := refuse(checkPassword("new_password", chosen)); err != nil {
		return err
	}
	if err := s.confirm(ctx, person, "password", old); err != nil {
		return err
	}
	hash, err := s.hash(ctx, chosen)
	if err != nil {
		return err
	}
	if err := s.book.SetPassword(ctx, person.ID, hash, tokenHash(token)); err != nil {
		return fmt.Errorf("staff: change a password: %w", err)
	}
	return nil
}

// confirm asks for the password of who is logged in, within the limits of log-ins.
func (s *Service) confirm(ctx context.Context, person game.Staff, field, password string) error {
	if err := s.allow(ctx, person.Login, ""); err != nil {
		return err
	}
	ok, err := s.matches(ctx, person.PasswordHash, password)
	if err == nil && !ok {
		err = game.FailField(game.CodeInvalid, field, game.ReasonUnknown, "")
	}
	return err
}

// Languages are those of the pages.
var Languages = []string{"en", "zh"}

// SetLanguage keeps the language of a person's pages; "" is that of the browser. Code: invalid.
func (s *Service) SetLanguage(ctx context.Context, id game.StaffID, language string) error {
	if language != "" && !slices.Contains(Languages, language) {
		return game.FailField(game.CodeInvalid, "language", game.ReasonUnknown, "")
	}
	if err := s.book.SetLanguage(ctx, id, language); err != nil {
		return fmt.Errorf("staff: set a language: %w", err)
	}
	return nil
}
