package stafftest

import (
	"context"
	"slices"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// BeginFactor keeps what is being set up.
func (b *Book) BeginFactor(_ context.Context, id game.StaffID, sealed []byte) error {
	p, err := b.byID(id)
	if err == nil {
		p.FactorPending = sealed
	}
	return err
}

// SetFactor ends what BeginFactor began.
func (b *Book) SetFactor(_ context.Context, id game.StaffID, sealed []byte, step int64, recovery []string) error {
	p, err := b.byID(id)
	if err != nil {
		return err
	}
	if !slices.Equal(p.FactorPending, sealed) {
		return game.Fail(game.CodeStateConflict, "another is being set up")
	}
	p.FactorSecret, p.FactorPending, p.FactorAt = sealed, nil, b.Now
	b.Steps[id], b.Recovery[id], p.RecoveryLeft = step, recovery, len(recovery)
	return nil
}

// ClearFactor takes a second factor away.
func (b *Book) ClearFactor(_ context.Context, id, _ game.StaffID) error {
	p, err := b.byID(id)
	if err == nil {
		p.FactorSecret, p.FactorPending, p.FactorAt, p.RecoveryLeft = nil, nil, time.Time{}, 0
		delete(b.Recovery, id)
	}
	return err
}

// UseStep accepts a code once.
func (b *Book) UseStep(_ context.Context, id game.StaffID, step int64) error {
	if step <= b.Steps[id] {
		return game.Fail(game.CodeFactorWrong, "used already")
	}
	b.Steps[id] = step
	return b.Err
}

// UseRecovery accepts a recovery code once.
func (b *Book) UseRecovery(_ context.Context, id game.StaffID, hash string) error {
	i := slices.Index(b.Recovery[id], hash)
	if i < 0 {
		return game.Fail(game.CodeFactorWrong, "no such code")
	}
	b.Recovery[id] = slices.Delete(b.Recovery[id], i, i+1)
	return b.Err
}

// SetRecovery replaces the recovery codes.
func (b *Book) SetRecovery(_ context.Context, id game.StaffID, hashes []string) error {
	p, err := b.byID(id)
	if err == nil && !p.HasFactor() {
		err = game.Fail(game.CodeStateConflict, "no second factor")
	}
	if err == nil {
		b.Recovery[id], p.RecoveryLeft = hashes, len(hashes)
	}
	return err
}

// RefuseFactor counts.
func (b *Book) RefuseFactor(context.Context, game.StaffID) error {
	b.Refused++
	return b.Err
}

// CreateSession keeps a log-in.
func (b *Book) CreateSession(_ context.Context, hash string, id game.StaffID, life time.Duration, agent string) (time.Time, error) {
	b.Open[hash] = Session{id, game.Session{
		Ref: game.SessionRef(hash), CreatedAt: b.Now, SeenAt: b.Now, ExpiresAt: b.Now.Add(life), Agent: agent,
	}}
	return b.Now.Add(life), b.Err
}

// SessionStaff gives the person of a session.
func (b *Book) SessionStaff(ctx context.Context, hash string) (game.Staff, error) {
	if s, ok := b.Open[hash]; ok && b.Now.Before(s.ExpiresAt) {
		return b.StaffByID(ctx, s.Of)
	}
	return game.Staff{}, game.Fail(game.CodeUnauthorized, "no session")
}

// DeleteSession ends one.
func (b *Book) DeleteSession(_ context.Context, hash string) error {
	delete(b.Open, hash)
	return nil
}

// Sessions lists a person's.
func (b *Book) Sessions(_ context.Context, id game.StaffID) ([]game.Session, error) {
	var all []game.Session
	for _, s := range b.Open {
		if s.Of == id {
			all = append(all, s.Session)
		}
	}
	return all, b.Err
}

// EndSession ends one of a person's.
func (b *Book) EndSession(_ context.Context, id game.StaffID, ref string) error {
	for hash, s := range b.Open {
		if s.Of == id && s.Ref == ref {
			delete(b.Open, hash)
		}
	}
	return b.Err
}

// EndOtherSessions ends all of a person's but one.
func (b *Book) EndOtherSessions(_ context.Context, id game.StaffID, keep string) error {
	for hash, s := range b.Open {
		if s.Of == id && hash != keep {
			delete(b.Open, hash)
		}
	}
	return b.Err
}

// Allow counts.
func (b *Book) Allow(_ context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error) {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	b.Attempts[key]++
	return b.Attempts[key] <= limit, per, b.LimitErr
}
