package testenv_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/fivefold/fivefold/server/testenv"
)

// record is a test that notes how it was ended.
type record struct {
	testing.TB
	verdict string
}

func (r *record) Helper()                   {}
func (r *record) Skip(args ...any)          { r.verdict = "skip: " + fmt.Sprint(args...) }
func (r *record) Fatalf(f string, a ...any) { r.verdict = "fatal: " + fmt.Sprintf(f, a...) }

func TestNeed(t *testing.T) {
	missing := fmt.Errorf("start: %w", testenv.Unavailable("Redis", "install it"))
	for _, c := range []struct {
		name, require string
		err           error
		want          string
	}{
		{"all well", "1", nil, ""},
		{"missing", "", missing, "skip: start: no Redis: install it"},
		{"missing but required", "1", missing, "fatal: testenv: start: no Redis: install it"},
		{"broken", "", errors.New("port taken"), "fatal: testenv: port taken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("FIVEFOLD_REQUIRE_ALL", c.require)
			got := &record{TB: t}
			testenv.Need(got, c.err)
			if got.verdict != c.want {
				t.Errorf("got %q, want %q", got.verdict, c.want)
			}
		})
	}
}
