package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

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
	b, err := openBook(ctx, c)
	if err != nil {
		return err
	}
	_, err = staff.New(b, nil, 0).Add(ctx, login, password, game.Role(role))
	if err == nil {
		fmt.Printf("added %s as %s\n", login, role)
	}
	return errors.Join(err, b.Close())
}
