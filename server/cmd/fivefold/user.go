package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// withStaff does something to the staff, of whom nobody logs in here.
func withStaff(ctx context.Context, c config, do func(*book.Book, *staff.Service) error) error {
	b, err := openBook(ctx, c)
	if err != nil {
		return err
	}
	return errors.Join(do(b, staff.New(b, nil, nil, 0)), b.Close())
}

// addUser adds a person of the staff.
func addUser(ctx context.Context, c config, login, role, password string) error {
	if password == "" {
		fmt.Fprint(os.Stderr, "password: ")
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && line == "" {
			return fmt.Errorf("user add: read the password: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
	}
	return withStaff(ctx, c, func(_ *book.Book, s *staff.Service) error {
		_, err := s.Add(ctx, login, password, game.Role(role))
		if err == nil {
			fmt.Printf("added %s as %s\n", login, role)
		}
		return err
	})
}

// inviteUser prints a link for a person, whom it adds where they are new; one who is there keeps
// their role.
func inviteUser(ctx context.Context, c config, login, role, url string) error {
	return withStaff(ctx, c, func(b *book.Book, s *staff.Service) error {
		person, err := b.StaffByLogin(ctx, login)
		var invitation staff.Invitation
		switch {
		case err == nil:
			invitation, err = s.InviteAgain(ctx, person.ID, "")
		case game.CodeOf(err) == game.CodeNotFound:
			invitation, err = s.Invite(ctx, login, game.Role(role), "")
		}
		if err == nil {
			fmt.Printf("%s/admin/join/%s\nopens once, until %s\n", strings.TrimRight(url, "/"), invitation.Token, invitation.EndsAt.Format(time.RFC3339))
		}
		return err
	})
}

func listUsers(ctx context.Context, c config) error {
	return withStaff(ctx, c, func(_ *book.Book, s *staff.Service) error {
		people, err := s.People(ctx)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(out, "LOGIN\tROLE\tSECOND FACTOR\tSTANDING")
		for _, p := range people {
			factor, standing := "no", "since "+p.CreatedAt.Format(time.DateOnly)
			if p.HasFactor() {
				factor = "yes"
			}
			switch {
			case p.Disabled():
				standing = "disabled"
			case !p.Joined():
				standing = "invited until " + p.InviteEndsAt.Format(time.RFC3339)
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", p.Login, p.Role, factor, standing)
		}
		return out.Flush()
	})
}

// userChange is a change of one person.
type userChange func(ctx context.Context, s *staff.Service, id game.StaffID) error

func toRole(role string) userChange {
	return func(ctx context.Context, s *staff.Service, id game.StaffID) error {
		return s.SetRole(ctx, id, game.Role(role), "")
	}
}

func toDisabled(disabled bool) userChange {
	return func(ctx context.Context, s *staff.Service, id game.StaffID) error {
		return s.SetDisabled(ctx, id, disabled, "")
	}
}

func withoutFactor(ctx context.Context, s *staff.Service, id game.StaffID) error {
	return s.ResetFactor(ctx, id, "")
}

func changeUser(ctx context.Context, c config, login, done string, change userChange) error {
	return withStaff(ctx, c, func(b *book.Book, s *staff.Service) error {
		person, err := b.StaffByLogin(ctx, login)
		if err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
		if err := change(ctx, s, person.ID); err != nil {
			return err
		}
		fmt.Printf("%s %s\n", login, done)
		return nil
	})
}
