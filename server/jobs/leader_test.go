package jobs_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func TestEachCampaignMovesOneStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closed := campaign("closed", game.StateClosed, -2*time.Hour, -time.Hour)
		closed.ClosedAt = &closed.ClosesAt
		m := newMemory(
			campaign("over", game.StateScheduled, -2*time.Hour, -time.Hour),
			campaign("early", game.StateScheduled, time.Hour, 2*time.Hour),
			campaign("running", game.StateOpen, -time.Hour, time.Hour),
			campaign("ended", game.StateOpen, -time.Hour, 0),
			closed,
			campaign("sealed", game.StateSealed, -2*time.Hour, -time.Hour),
			campaign("settled", game.StateSettled, -2*time.Hour, -time.Hour),
		)
		m.unbroken = time.Now().Add(-time.Hour)
		lead(t, m, every)
		if diff := cmp.Diff([]string{"over open", "ended closed", "closed sealed", "sealed settled"}, m.did); diff != "" {
			t.Errorf("in a pass (-want +got):\n%s", diff)
		}
		if m.announced != 4 {
			t.Errorf("announced %d times", m.announced)
		}
		if m.view[0].State != game.StateOpen {
			t.Error("the watch was not refreshed after the pass")
		}
	})
}

func TestLifeOfACampaign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(campaign("c1", game.StateScheduled, 10*time.Second, 20*time.Second))
		began := time.Now()
		for _, c := range []struct {
			after time.Duration
			state game.State
		}{
			{9 * time.Second, game.StateScheduled},
			{11 * time.Second, game.StateOpen},
			{19 * time.Second, game.StateOpen},
			{21 * time.Second, game.StateClosed},
			{20*time.Second + drain - every, game.StateClosed},
			{22*time.Second + drain, game.StateSealed},
			{25*time.Second + drain, game.StateSettled},
		} {
			lead(t, m, c.after-time.Since(began))
			if got := m.campaigns[0].State; got != c.state && !(c.state == game.StateSealed && got == game.StateSettled) {
				t.Errorf("after %v: %s, want %s", c.after, got, c.state)
			}
		}
		if diff := cmp.Diff([]string{"c1 open", "c1 closed", "c1 sealed", "c1 settled"}, m.did); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
		want := []game.Commitment{{Round: 0, Seed: "42 true"}, {Round: 1, Seed: "42 true"}, {Round: 2, Seed: "42 true"}}
		if diff := cmp.Diff(want, m.revealed); diff != "" {
			t.Errorf("revealed (-want +got):\n%s", diff)
		}
		if len(m.payouts) != 2 || m.payouts[0].Amount != 42 {
			t.Errorf("payouts %+v, want by the order's seed", m.payouts)
		}
	})
}

// Sealing waits for the drain after closing, and as long after the book was last away, so that
// tickets given out meanwhile can be brought back.
func TestSealingWaits(t *testing.T) {
	for _, c := range []struct {
		name             string
		closed, unbroken time.Duration // ago
		sealed           bool
	}{
		{"both long ago", drain, drain, true},
		{"closed lately", drain - 2*time.Second, time.Hour, false},
		{"the book was away lately", time.Hour, drain - 2*time.Second, false},
		{"both lately", time.Minute, time.Second, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMemory(campaign("c1", game.StateClosed, -2*time.Hour, -time.Hour))
				closedAt := time.Now().Add(-c.closed)
				m.campaigns[0].ClosedAt, m.unbroken = &closedAt, time.Now().Add(-c.unbroken)
				lead(t, m, every)
				if sealed := len(m.did) == 1; sealed != c.sealed {
					t.Errorf("did %v, sealed should be %v", m.did, c.sealed)
				}
			})
		})
	}
}

func TestNothingWithoutTheLease(t *testing.T) {
	for name, with := range map[string]func(*memory){
		"another holds it": func(m *memory) { m.held = false },
		"the book is away": func(m *memory) { m.leaseErr = errAway },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMemory(campaign("c1", game.StateScheduled, -time.Hour, time.Hour))
				with(m)
				lead(t, m, 5*every)
				if len(m.did) != 0 || m.view != nil {
					t.Errorf("did %v, looked %v", m.did, m.view)
				}
				if m.leases != 5 {
					t.Errorf("asked for the lease %d times, want 5", m.leases)
				}
				m.held, m.leaseErr = true, nil
				lead(t, m, every)
				if len(m.did) != 1 {
					t.Errorf("with the lease: did %v", m.did)
				}
			})
		})
	}
}

func TestErrorInOneDoesNotStopTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory(
			campaign("broken", game.StateScheduled, -time.Hour, time.Hour),
			campaign("sound", game.StateScheduled, -time.Hour, time.Hour),
		)
		m.fails["broken"] = errAway
		lead(t, m, 2*every)
		if diff := cmp.Diff([]string{"sound open"}, m.did); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		delete(m.fails, "broken")
		lead(t, m, every)
		if diff := cmp.Diff([]string{"sound open", "broken open"}, m.did); diff != "" {
			t.Errorf("mended (-want +got):\n%s", diff)
		}
		if m.announced != 2 {
			t.Errorf("announced %d times, want 2", m.announced)
		}
	})
}

// A lease outlasts some looks that are missed, and is given back at the end.
func TestLeaseIsKeptAndReleased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		lead(t, m, 3*every)
		if m.ttl < 3*every || m.released != 1 {
			t.Errorf("a lease of %v, released %d times", m.ttl, m.released)
		}
	})
}
