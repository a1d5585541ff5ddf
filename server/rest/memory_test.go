package rest_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// memory is a book in which all is kept by the rules of game, as the real one does.
type memory struct {
	mu          sync.Mutex
	run         *game.Running
	now         func() time.Time
	players     map[string]game.Player // by the hash of their secret
	albums      map[game.PlayerID]*game.Album
	entries     map[game.PlayerID][]game.Entry
	operations  map[game.OperationKey]game.Operation
	redemptions map[game.PlayerID]game.Redemption
	payouts     map[game.PlayerID]game.Payout
	settlement  *game.Settlement
	granted     int // bonus chances of each player
	broken      error
	panics      any
}

func newMemory(run *game.Running, now func() time.Time) *memory {
	return &memory{
		run: run, now: now,
		players:     map[string]game.Player{},
		albums:      map[game.PlayerID]*game.Album{},
		entries:     map[game.PlayerID][]game.Entry{},
		operations:  map[game.OperationKey]game.Operation{},
		redemptions: map[game.PlayerID]game.Redemption{},
		payouts:     map[game.PlayerID]game.Payout{},
	}
}

// lock begins a method: it fails or panics where the test wants it to.
func (m *memory) lock() (unlock func(), err error) {
	m.mu.Lock()
	if m.panics != nil {
		m.mu.Unlock()
		panic(m.panics)
	}
	return m.mu.Unlock, m.broken
}

// state writes down all that is in the book, to see whether something changed.
func (m *memory) state() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	albums := map[game.PlayerID]game.Album{}
	for p, a := range m.albums {
		albums[p] = *a
	}
	return fmt.Sprint(m.players, albums, m.entries, m.operations, m.redemptions, m.payouts, m.settlement)
}

func (m *memory) albumOf(p game.PlayerID) *game.Album {
	if m.albums[p] == nil {
		return &game.Album{Campaign: m.run.ID, Player: p}
	}
	return m.albums[p]
}

// give puts cards and wildcards into an album by entries without a chance.
func (m *memory) give(p game.PlayerID, wildcards int64, counts ...int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.albumOf(p)
	e := game.Entry{Kind: game.EntryCard, Wildcards: wildcards, BookedAt: m.now()}
	copy(e.Counts[:], counts)
	m.entries[p] = append(m.entries[p], a.Append(e))
	m.albums[p] = a
}

func (m *memory) CreatePlayer(_ context.Context, p game.Player) (game.Player, bool, error) {
	unlock, err := m.lock()
	defer unlock()
	if err != nil {
		return p, false, err
	}
	if have, ok := m.players[p.SecretHash]; ok {
		return have, false, nil
	}
	m.players[p.SecretHash] = p
	return p, true, nil
}

func (m *memory) BookWins(_ context.Context, _ game.CampaignID, batch []game.Booking) ([]game.Booked, error) {
	unlock, err := m.lock()
	defer unlock()
	if err != nil {
		return nil, err
	}
	booked := make([]game.Booked, len(batch))
	for i, b := range batch {
		a := m.albumOf(b.Player)
		m.albums[b.Player] = a
		for _, w := range b.Wins {
			at := slices.IndexFunc(m.entries[b.Player], func(e game.Entry) bool { return e.Chance == w.Chance })
			if at < 0 {
				e, err := game.BookWin(&m.run.Versions[w.Version-1].Version, w, nil, a, m.now())
				if err != nil {
					return nil, err
				}
				at = len(m.entries[b.Player])
				m.entries[b.Player] = append(m.entries[b.Player], e)
			}
			booked[i].Entries = append(booked[i].Entries, m.entries[b.Player][at])
		}
		booked[i].Album = *a
	}
	return booked, nil
}

func (m *memory) BookRedemption(_ context.Context, op game.Operation, s game.Substitution, acceptedAt time.Time) (game.Redemption, game.Album, bool, error) {
	unlock, err := m.lock()
	defer unlock()
	fail := func(err error) (game.Redemption, game.Album, bool, error) {
		return game.Redemption{}, game.Album{}, false, err
	}
	if err != nil {
		return fail(err)
	}
	if before, ok := m.operations[op.Key]; ok {
		if before != op {
			return fail(game.FailField(game.CodeKeyReused, "Idempotency-Key", game.ReasonTaken, ""))
		}
		return m.redemptions[op.Player], *m.albumOf(op.Player), false, nil
	}
	if err := m.run.State.Bookable(); err != nil {
		return fail(err)
	}
	if m.run.RedemptionPaused {
		return fail(&game.Error{Code: game.CodeRedemptionPaused, RetryAfter: 5 * time.Second})
	}
	a := m.albumOf(op.Player)
	e, err := a.Redeem(s, op.Key, acceptedAt, m.now())
	if err != nil {
		return fail(err)
	}
	m.albums[op.Player] = a
	m.entries[op.Player] = append(m.entries[op.Player], e)
	m.operations[op.Key] = op
	r := game.Redemption{Campaign: op.Campaign, Player: op.Player, N: e.N, RedeemedAt: m.now()}
	m.redemptions[op.Player] = r
	return r, *a, true, nil
}

func (m *memory) Album(_ context.Context, _ game.CampaignID, p game.PlayerID) (game.Album, error) {
	unlock, err := m.lock()
	defer unlock()
	return *m.albumOf(p), err
}

func (m *memory) Entries(_ context.Context, _ game.CampaignID, p game.PlayerID, after int64, limit int) ([]game.Entry, error) {
	unlock, err := m.lock()
	defer unlock()
	all := m.entries[p]
	all = all[min(int(after), len(all)):]
	return all[:min(limit, len(all))], err
}

func (m *memory) EntriesOf(_ context.Context, _ game.CampaignID, p game.PlayerID, s game.Span) ([]game.Entry, error) {
	unlock, err := m.lock()
	defer unlock()
	var found []game.Entry
	for _, e := range m.entries[p] {
		if e.Chance.Round == s.Round && e.Chance.Window == s.Window && s.Index <= e.Chance.Index && e.Chance.Index <= s.Last() {
			found = append(found, e)
		}
	}
	return found, err
}

func (m *memory) Granted(context.Context, game.CampaignID, game.PlayerID, int) (int, error) {
	unlock, err := m.lock()
	defer unlock()
	return m.granted, err
}

func (m *memory) BonusBooked(_ context.Context, _ game.CampaignID, p game.PlayerID, round int) (highest int, err error) {
	unlock, err := m.lock()
	defer unlock()
	for _, e := range m.entries[p] {
		if e.Chance.Round == round && e.Chance.Window == game.BonusWindow {
			highest = max(highest, e.Chance.Index)
		}
	}
	return highest, err
}

func (m *memory) Redemption(_ context.Context, _ game.CampaignID, p game.PlayerID) (game.Redemption, bool, error) {
	unlock, err := m.lock()
	defer unlock()
	r, ok := m.redemptions[p]
	return r, ok, err
}

func (m *memory) Payout(_ context.Context, _ game.CampaignID, p game.PlayerID) (game.Payout, bool, error) {
	unlock, err := m.lock()
	defer unlock()
	payout, ok := m.payouts[p]
	return payout, ok, err
}

func (m *memory) Settlement(context.Context, game.CampaignID) (game.Settlement, bool, error) {
	unlock, err := m.lock()
	defer unlock()
	if m.settlement == nil {
		return game.Settlement{}, false, err
	}
	return *m.settlement, true, err
}

// redis is what servers keep in Redis, or one that is away.
type redis struct {
	mu      sync.Mutex
	away    bool
	albums  map[game.PlayerID]game.Album
	verdict game.Verdict
	marks   map[game.PlayerID]game.Chance
	bonus   map[game.PlayerID]game.Chance // marks of bonus chances
	limited map[string]time.Duration      // keys that are over their limit
	asked   map[string]int
	draws   int64

	sampledOut int64
}

var errAway = errors.New("redis is away")

func newRedis() *redis {
	return &redis{
		albums: map[game.PlayerID]game.Album{}, verdict: game.VerdictUnknown,
		marks: map[game.PlayerID]game.Chance{}, bonus: map[game.PlayerID]game.Chance{}, limited: map[string]time.Duration{}, asked: map[string]int{},
	}
}

func (r *redis) lock() (unlock func(), err error) {
	r.mu.Lock()
	if r.away {
		return r.mu.Unlock, errAway
	}
	return r.mu.Unlock, nil
}

func (r *redis) Put(_ context.Context, albums []game.Album) error {
	unlock, err := r.lock()
	defer unlock()
	for _, a := range albums {
		if have, ok := r.albums[a.Player]; err == nil && (!ok || have.N < a.N) {
			r.albums[a.Player] = a
		}
	}
	return err
}

func (r *redis) Album(_ context.Context, _ game.CampaignID, p game.PlayerID) (game.Album, bool, error) {
	unlock, err := r.lock()
	defer unlock()
	a, ok := r.albums[p]
	return a, ok, err
}

func (r *redis) Lease(context.Context, game.Operation, game.Substitution) (game.Verdict, error) {
	unlock, err := r.lock()
	defer unlock()
	return r.verdict, err
}

func (r *redis) Release(context.Context, game.Operation) error { return nil }

func (r *redis) Mark(_ context.Context, marks []game.Mark) error {
	unlock, err := r.lock()
	defer unlock()
	for _, mark := range marks {
		if mark.Chance.Window == game.BonusWindow {
			r.bonus[mark.Player] = mark.Chance
		} else {
			r.marks[mark.Player] = mark.Chance
		}
	}
	return err
}

func (r *redis) BonusMarkOf(_ context.Context, _ game.CampaignID, p game.PlayerID, round int) (int, error) {
	unlock, err := r.lock()
	defer unlock()
	mark := r.bonus[p]
	if mark.Round != round {
		return 0, err
	}
	return mark.Index, err
}

func (r *redis) MarkOf(_ context.Context, _ game.CampaignID, p game.PlayerID, round int) (game.Chance, bool, error) {
	unlock, err := r.lock()
	defer unlock()
	mark, ok := r.marks[p]
	return mark, ok && mark.Round == round, err
}

func (r *redis) Count(_ context.Context, _ game.CampaignID, n int64) error {
	unlock, err := r.lock()
	defer unlock()
	r.draws += n
	return err
}

func (r *redis) CountSampledOut(_ context.Context, _ game.CampaignID, n int64) error {
	unlock, err := r.lock()
	defer unlock()
	r.sampledOut += n
	return err
}

func (r *redis) Draws(context.Context, game.CampaignID) (int64, error) {
	unlock, err := r.lock()
	defer unlock()
	return r.draws, err
}

func (r *redis) SampledOut(context.Context, game.CampaignID) (int64, error) {
	unlock, err := r.lock()
	defer unlock()
	return r.sampledOut, err
}

func (r *redis) Allow(_ context.Context, key string, limit int, _ time.Duration) (bool, time.Duration, error) {
	unlock, err := r.lock()
	defer unlock()
	r.asked[key] = limit
	again, over := r.limited[key]
	return !over, again, err
}

// keysAsked gives the keys of the limits that were asked for.
func (r *redis) keysAsked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.asked))
}
