package manage

import (
	"context"
	"net/http"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// People are those of the admin page; staff.Service does.
type People interface {
	People(ctx context.Context) ([]game.Staff, error)
	Invite(ctx context.Context, login string, role game.Role, by game.StaffID) (staff.Invitation, error)
	InviteAgain(ctx context.Context, id, by game.StaffID) (staff.Invitation, error)
	ResetFactor(ctx context.Context, id, by game.StaffID) error
	SetRole(ctx context.Context, id game.StaffID, role game.Role, by game.StaffID) error
	SetDisabled(ctx context.Context, id game.StaffID, disabled bool, by game.StaffID) error
}

func (s *Server) listPeople(c *call) error {
	people, err := s.People.People(c.ctx())
	if err != nil {
		return err
	}
	list := make([]Person, len(people))
	for i, p := range people {
		list[i] = personOf(p)
	}
	return c.JSON(http.StatusOK, list)
}

// invite makes a person who chooses a password by a link. The link's token is told this once.
func (s *Server) invite(c *call) error {
	var q NewPerson
	if err := c.decode(&q); err != nil {
		return err
	}
	made, err := s.People.Invite(c.ctx(), q.Login, q.Role, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, invitationOf(made))
}

func invitationOf(made staff.Invitation) Invitation {
	return Invitation{Person: personOf(made.Person), Token: made.Token, EndsAt: made.EndsAt}
}

// inviteAgain gives a person another link; the one before opens nothing any more.
func (s *Server) inviteAgain(c *call) error {
	made, err := s.People.InviteAgain(c.ctx(), game.StaffID(c.Param("id")), c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, invitationOf(made))
}

// resetFactor takes a person's second factor away, who has lost phone and recovery codes.
func (s *Server) resetFactor(c *call) error {
	if err := s.People.ResetFactor(c.ctx(), game.StaffID(c.Param("id")), c.staff.ID); err != nil {
		return err
	}
	return s.listPeople(c)
}

// putPerson sets a person's role and whether they may come in.
func (s *Server) putPerson(c *call) error {
	var q Standing
	if err := c.decode(&q); err != nil {
		return err
	}
	id := game.StaffID(c.Param("id"))
	if err := s.People.SetRole(c.ctx(), id, q.Role, c.staff.ID); err != nil {
		return err
	}
	if err := s.People.SetDisabled(c.ctx(), id, q.Disabled, c.staff.ID); err != nil {
		return err
	}
	return s.listPeople(c)
}

func personOf(p game.Staff) Person {
	return Person{
		ID: p.ID, Login: p.Login, Role: p.Role, Joined: p.Joined(), Disabled: !p.DisabledAt.IsZero(),
		SecondFactor: !p.FactorAt.IsZero(), CreatedAt: p.CreatedAt,
	}
}
