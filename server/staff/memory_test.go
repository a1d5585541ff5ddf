package staff_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/staff"
	"github.com/fivefold/fivefold/server/staff/stafftest"
)

func newService(t *testing.T) (*staff.Service, *stafftest.Book) {
	t.Helper()
	b := stafftest.New(time.Date(2026, 2, 16, 20, 0, 0, 0, time.UTC))
	return b.Service(), b
}

// attempt is a log-in from the address that all come from where it does not matter.
func attempt(login, password string) staff.Attempt {
	return staff.Attempt{Login: login, Password: password, Address: "192.0.2.1"}
}
