package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"
)

// userCommand does for the staff what their page does, for who is at the machine.
func userCommand() *cli.Command {
	return &cli.Command{
		Name:  "user",
		Usage: "the people of the admin page",
		Commands: []*cli.Command{
			{
				Name:  "add",
				Usage: "add a person; the password is read from FIVEFOLD_PASSWORD or the first line of standard input",
				Flags: append(storeFlags(), roleFlag(),
					&cli.StringFlag{Name: "password", Hidden: true, Sources: variable("PASSWORD")},
				),
				ArgsUsage: "LOGIN",
				Action: ofLogin(func(ctx context.Context, c *cli.Command, login string) error {
					return addUser(ctx, configOf(c), login, c.String("role"), c.String("password"))
				}),
			},
			{
				Name: "list", Usage: "list the people with their roles, second factors and standing", Flags: storeFlags(),
				Action: func(ctx context.Context, c *cli.Command) error { return listUsers(ctx, configOf(c)) },
			},
			{
				Name: "invite", Usage: "add a person, or find one, and print a link by which they choose a password", ArgsUsage: "LOGIN",
				Flags: append(storeFlags(), roleFlag(),
					&cli.StringFlag{Name: "url", Value: "http://127.0.0.1:8080", Usage: "where the admin page is reached", Sources: variable("URL")},
				),
				Action: ofLogin(func(ctx context.Context, c *cli.Command, login string) error {
					return inviteUser(ctx, configOf(c), login, c.String("role"), c.String("url"))
				}),
			},
			{
				Name: "role", Usage: "give a person another role", ArgsUsage: "LOGIN",
				Flags: append(storeFlags(), &cli.StringFlag{Name: "role", Required: true, Usage: "owner, publisher, designer, viewer or auditor"}),
				Action: ofLogin(func(ctx context.Context, c *cli.Command, login string) error {
					return changeUser(ctx, configOf(c), login, "is now "+c.String("role"), toRole(c.String("role")))
				}),
			},
			{
				Name: "disable", Usage: "keep a person out, and end their sessions", ArgsUsage: "LOGIN", Flags: storeFlags(),
				Action: ofLogin(func(ctx context.Context, c *cli.Command, login string) error {
					return changeUser(ctx, configOf(c), login, "is disabled", toDisabled(true))
				}),
			},
			{
				Name: "enable", Usage: "let a disabled person in again", ArgsUsage: "LOGIN", Flags: storeFlags(),
				Action: ofLogin(func(ctx context.Context, c *cli.Command, login string) error {
					return changeUser(ctx, configOf(c), login, "is enabled", toDisabled(false))
				}),
			},
			{
				Name: "reset-factor", Usage: "take a person's second factor away, who has lost phone and recovery codes", ArgsUsage: "LOGIN", Flags: storeFlags(),
				Action: ofLogin(func(ctx context.Context, c *cli.Command, login string) error {
					return changeUser(ctx, configOf(c), login, "has no second factor", withoutFactor)
				}),
			},
		},
	}
}

func roleFlag() cli.Flag {
	return &cli.StringFlag{Name: "role", Value: "owner", Usage: "owner, publisher, designer, viewer or auditor"}
}

// ofLogin is an action of a command that names one person.
func ofLogin(act func(ctx context.Context, c *cli.Command, login string) error) cli.ActionFunc {
	return func(ctx context.Context, c *cli.Command) error {
		if c.Args().Len() != 1 {
			return fmt.Errorf("user %s: name one LOGIN", c.Name)
		}
		return act(ctx, c, c.Args().First())
	}
}
