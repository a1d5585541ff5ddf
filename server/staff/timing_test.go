package staff_test

import (
	"slices"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// A log-in of nobody must cost what one with a wrong password costs, or its speed tells who
// exists. Without the stand-in hash it would be a thousand times faster, not half as slow.
func TestUnknownLoginTakesAsLong(t *testing.T) {
	_, m := newService(t)
	s := staff.New(m, m, nil, 8)
	if _, err := s.Add(t.Context(), "mei", password, game.RoleOwner); err != nil {
		t.Fatal(err)
	}
	took := func(login string) time.Duration {
		var times []time.Duration
		for range 3 {
			start := time.Now()
			if _, _, err := s.LogIn(t.Context(), attempt(login, "wrong password")); game.CodeOf(err) != game.CodeLoginFailed {
				t.Fatal(err)
			}
			times = append(times, time.Since(start))
		}
		return slices.Min(times)
	}
	known, unknown := took("mei"), took("lei")
	if unknown < known/4 {
		t.Errorf("a known login took %v, an unknown one %v", known, unknown)
	}
}
