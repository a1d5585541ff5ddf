package testenv

import (
	"errors"
	"os"
	"testing"
)

// unavailable says that a server cannot be had on this machine, and how to get it.
type unavailable struct{ what, how string }

func (u *unavailable) Error() string { return "no " + u.what + ": " + u.how }

// need ends the test if err is not nil: by skipping it where a program is not
// installed and nothing demands that it is, else by failing it.
func need(tb testing.TB, err error) {
	tb.Helper()
	var missing *unavailable
	switch {
	case err == nil:
	case errors.As(err, &missing) && !requireAll():
		tb.Skip(err)
	default:
		tb.Fatalf("testenv: %v", err)
	}
}

func requireAll() bool { return os.Getenv("FIVEFOLD_REQUIRE_ALL") == "1" }
