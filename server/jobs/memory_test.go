package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/jobs"
)

const (
	every = time.Second
	drain = 10 * time.Minute
)

var errAway = errors.New("away")

// memory is a book with a lease, which notes what is done to campaigns. Its clock is that of the
// test's bubble.
type memory struct {
	mu        sync.Mutex
	held      bool
	unbroken  time.Time
	leaseErr  error
	leases    int
	ttl       time.Duration
	released  int
	campaigns []*game.Running
	view      []*game.Running // of the last refresh
	at        time.Time
	fails     map[game.CampaignID]error
	did       []string
	announced int
	revealed  []game.Commitment
	payouts   []game.Payout
}

// lead runs a leader over the memory for a time, within a bubble.
func lead(t *testing.T, m *memory, d time.Duration) {
	t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	l := &jobs.Leader{
		Leases: m, Watch: watch{m}, Holder: "me", Every: every, Drain: drain, Log: quiet,
		Lifecycle: &jobs.Lifecycle{Book: m, Keys: m, Divider: divider, Announce: m.announce, Log: quiet},
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); l.Run(ctx) }()
	time.Sleep(d)
	synctest.Wait()
	stop()
	<-done
}

// divider gives all of a pool to each player, in the name of the seed.
func divider(seed [32]byte) jobs.Divide {
	return func(c game.Campaign, players []game.PlayerID) (game.Settlement, []game.Payout) {
		var payouts []game.Payout
		for _, p := range players {
			payouts = append(payouts, game.Payout{Campaign: c.ID, Player: p, Amount: int64(seed[0])})
		}
		return game.Settlement{Campaign: c.ID}, payouts
	}
}

func (m *memory) announce(context.Context) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.announced++
}

func (m *memory) HoldLease(_ context.Context, name, holder string, ttl time.Duration) (game.Lease, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name != "jobs" || holder != "me" {
		return game.Lease{}, fmt.Errorf("lease %s of %s", name, holder)
	}
	m.leases, m.ttl = m.leases+1, ttl
	return game.Lease{Held: m.held, Unbroken: m.unbroken}, m.leaseErr
}

func (m *memory) ReleaseLease(context.Context, string, string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.released++
	return nil
}

// watch is the memory as the snapshot shows it.
type watch struct{ *memory }

func (w watch) Refresh(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.view, w.at = nil, time.Now()
	for _, r := range w.campaigns {
		copied := *r
		w.view = append(w.view, &copied)
	}
	return nil
}

func (w watch) All() []*game.Running {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.view
}

func (w watch) At() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

// step brings a campaign to a state, by the rule of the real book.
func (m *memory) step(id game.CampaignID, to game.State) (game.Campaign, error) {
	for _, r := range m.campaigns {
		if r.ID != id {
			continue
		}
		if err := m.fails[id]; err != nil {
			return r.Campaign, err
		}
		m.did = append(m.did, fmt.Sprintf("%s %s", id, to))
		_, err := r.Enter(to, time.Now())
		return r.Campaign, err
	}
	return game.Campaign{}, game.Fail(game.CodeCampaignUnknown, "")
}

func (m *memory) Enter(_ context.Context, id game.CampaignID, to game.State) (game.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.step(id, to)
}

func (m *memory) Seal(_ context.Context, id game.CampaignID, revealed []game.Commitment) (game.Campaign, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.revealed = revealed
	return m.step(id, game.StateSealed)
}

func (m *memory) Settle(_ context.Context, id game.CampaignID, divide jobs.Divide) (game.Settlement, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.step(id, game.StateSettled)
	if err != nil {
		return game.Settlement{}, err
	}
	var settled game.Settlement
	settled, m.payouts = divide(c, []game.PlayerID{"p1", "p2"})
	return settled, nil
}

func (m *memory) Seed(_ game.CampaignID, sealedKey []byte, round int) ([32]byte, error) {
	return [32]byte{sealedKey[0], byte(round)}, nil
}

func (m *memory) Commitments(_ game.CampaignID, sealedKey []byte, rounds int, reveal bool) ([]game.Commitment, error) {
	var commitments []game.Commitment
	for round := range rounds + 1 {
		commitments = append(commitments, game.Commitment{Round: round, Seed: fmt.Sprint(sealedKey[0], reveal)})
	}
	return commitments, nil
}

// campaign is one of two rounds that opens and closes at times from now.
func campaign(id game.CampaignID, state game.State, opens, closes time.Duration) *game.Running {
	return &game.Running{
		Campaign: game.Campaign{
			ID: id, Slug: string(id), State: state, OpensAt: time.Now().Add(opens), ClosesAt: time.Now().Add(closes),
		},
		Versions:  []*game.SavedVersion{{Version: game.Version{Rounds: make([]game.Round, 2)}}},
		SealedKey: []byte{42},
	}
}

func newMemory(campaigns ...*game.Running) *memory {
	return &memory{held: true, unbroken: time.Now(), campaigns: campaigns, fails: map[game.CampaignID]error{}}
}
