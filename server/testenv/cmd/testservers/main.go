// Testservers starts a PostgreSQL, a Redis and a Redis Cluster for tests.
//
// With a command it runs that command with the servers' addresses in its
// environment and ends with it:
//
//	testservers go test ./...
//
// Without one it prints lines that a shell can evaluate and stays until its
// standard input closes or it gets a signal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"github.com/fivefold/fivefold/server/testenv"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "testservers:", err)
	}
	os.Exit(code)
}

func run(command []string) (int, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	set, err := testenv.StartSet()
	if err != nil {
		return 1, err
	}
	defer set.Close()
	for _, missing := range set.Missing {
		fmt.Fprintln(os.Stderr, "testservers:", missing)
	}
	if len(command) > 0 {
		return runCommand(ctx, command, set.Environment)
	}
	for _, variable := range set.Environment {
		name, value, _ := strings.Cut(variable, "=")
		fmt.Printf("export %s='%s'\n", name, value)
	}
	stay(ctx)
	return 0, nil
}

// runCommand returns the command's exit code. A signal is passed on as a
// request to end, so that the servers outlive the command and not the reverse.
func runCommand(ctx context.Context, command, environment []string) (int, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), environment...)
	err := cmd.Run()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return max(failed.ExitCode(), 1), nil
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}

func stay(ctx context.Context) {
	closed := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(closed)
	}()
	select {
	case <-ctx.Done():
	case <-closed:
	}
}
