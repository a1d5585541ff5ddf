package jobs_test

import (
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/jobs"
)

func newLifecycle(m *memory) *jobs.Lifecycle {
	return &jobs.Lifecycle{
		Book: m, Keys: m, Divider: divider, Announce: m.announce, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
}

// Two leaders for a moment do no harm: what is done already is done again without a change.
func TestJobsMayBeRepeated(t *testing.T) {
	r := campaign("c1", game.StateScheduled, 0, 0)
	m := newMemory(r)
	l := newLifecycle(m)
	for _, to := range []game.State{game.StateOpen, game.StateClosed, game.StateSealed, game.StateSettled} {
		for range 2 {
			if err := l.Enter(t.Context(), r, to); err != nil {
				t.Errorf("to %s: %v", to, err)
			}
			if r.State != to {
				t.Errorf("state %s, want %s", r.State, to)
			}
		}
	}
}

func TestJobsKeepTheOrder(t *testing.T) {
	for to, from := range map[game.State]game.State{
		game.StateClosed:  game.StateScheduled,
		game.StateSealed:  game.StateOpen,
		game.StateSettled: game.StateClosed,
	} {
		r := campaign("c1", from, 0, 0)
		m := newMemory(r)
		err := newLifecycle(m).Enter(t.Context(), r, to)
		if game.CodeOf(err) != game.CodeStateConflict || r.State != from || m.announced != 0 {
			t.Errorf("%s to %s: %v, now %s", from, to, err, r.State)
		}
		if err != nil && !strings.Contains(err.Error(), "c1") {
			t.Errorf("%q does not name the campaign", err)
		}
	}
	r := campaign("c1", game.StateDraft, 0, 0)
	for _, to := range []game.State{game.StateDraft, game.StateScheduled, ""} {
		if err := newLifecycle(newMemory(r)).Enter(t.Context(), r, to); err == nil {
			t.Errorf("a job entered %q", to)
		}
	}
}

func TestFailuresAreNotAnnounced(t *testing.T) {
	r := campaign("c1", game.StateSealed, 0, 0)
	m := newMemory(r)
	m.fails["c1"] = errAway
	if err := newLifecycle(m).Settle(t.Context(), r); !errors.Is(err, errAway) || m.announced != 0 {
		t.Errorf("%v, announced %d times", err, m.announced)
	}
}
