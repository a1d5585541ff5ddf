package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestMain lets the test binary stand in for the program itself.
func TestMain(m *testing.M) {
	if os.Getenv("TESTSERVERS_MAIN") == "1" {
		main()
	}
	os.Exit(m.Run())
}

// program runs testservers on servers that need not be there: addresses that
// are given are passed on as they are.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "TESTSERVERS_MAIN=1", "FIVEFOLD_TEST_POSTGRES_URL=postgres://p",
		"FIVEFOLD_TEST_REDIS_URL=redis://r", "FIVEFOLD_TEST_REDIS_CLUSTER=a:1,b:2")
	return cmd
}

func TestCommandRunsWithTheServersAndItsCode(t *testing.T) {
	output, err := program("sh", "-c", "echo $FIVEFOLD_TEST_REDIS_URL; exit 3").Output()
	if got := string(output); got != "redis://r\n" {
		t.Errorf("the command saw %q", got)
	}
	var failed *exec.ExitError
	if !errors.As(err, &failed) || failed.ExitCode() != 3 {
		t.Errorf("got %v, want the command's exit code 3", err)
	}
}

func TestPrintsAndStaysUntilInputCloses(t *testing.T) {
	cmd := program()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for scanner := bufio.NewScanner(stdout); len(lines) < 3 && scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	if want := "export FIVEFOLD_TEST_REDIS_CLUSTER='a:1,b:2'"; strings.Join(lines[2:], "") != want {
		t.Errorf("printed %q, want a last line of %s", lines, want)
	}
	_ = stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("after its input closed: %v", err)
	}
}
