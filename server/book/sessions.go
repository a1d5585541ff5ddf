package book

import (
	"context"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/session"
	"github.com/fivefold/fivefold/server/game"
)

// CreateSession keeps a log-in for as long as it is to live, and drops those that have ended; agent
// is the browser, roughly. It gives when the session ends. Sessions end by the database's clock
// alone: a skip of game time logs nobody out. Code: login_failed where the person was disabled
// meanwhile.
func (b *Book) CreateSession(ctx context.Context, tokenHash string, id game.StaffID, life time.Duration, agent string) (ends time.Time, err error) {
	err = b.changePerson(ctx, "create a session", id, func(tx *db.Client, was *db.Staff) error {
		if was.DisabledAt != nil {
			return game.Fail(game.CodeLoginFailed, "the person is disabled")
		}
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		ends = now.Add(life)
		if _, err := tx.Session.Delete().Where(session.ExpiresAtLTE(now)).Exec(ctx); err != nil {
			return err
		}
		err = tx.Session.Create().SetID(tokenHash).SetStaff(id).SetCreatedAt(now).SetSeenAt(now).
			SetExpiresAt(ends).SetAgent(agent).Exec(ctx)
		if err != nil {
			return err
		}
		return b.record(ctx, tx, game.Act{By: id, Action: game.ActionLoggedIn, Subject: was.Login}, nil, nil)
	})
	return ends, err
}

// SessionStaff gives the person of a session and notes that it was seen. Code: unauthorized where
// it is unknown or over, or the person is disabled.
func (b *Book) SessionStaff(ctx context.Context, tokenHash string) (game.Staff, error) {
	var person *db.Staff
	var seen, now time.Time
	err := b.view(ctx, "read a session", func(tx *db.Client) (err error) {
		if now, err = b.engine.clock(ctx, tx); err != nil {
			return err
		}
		row, err := tx.Session.Query().Where(session.ID(tokenHash), session.ExpiresAtGT(now)).WithPerson().Only(ctx)
		if db.IsNotFound(err) || err == nil && row.Edges.Person.DisabledAt != nil {
			return game.Fail(game.CodeUnauthorized, "the session is unknown or over")
		}
		if err != nil {
			return err
		}
		person, seen = row.Edges.Person, row.SeenAt
		return nil
	})
	if err != nil {
		return game.Staff{}, err
	}
	if now.Sub(seen) >= usedEvery {
		// One that ended meanwhile is not brought back by an update.
		if err := b.writer.Session.Update().Where(session.ID(tokenHash)).SetSeenAt(now).Exec(ctx); err != nil {
			return game.Staff{}, b.failed("note the use of a session", err)
		}
	}
	return personOf(person), nil
}

// DeleteSession ends a session; one that is not there is no error.
func (b *Book) DeleteSession(ctx context.Context, tokenHash string) error {
	return b.change(ctx, "delete a session", func(tx *db.Client) error {
		row, err := tx.Session.Query().Where(session.ID(tokenHash)).WithPerson().Only(ctx)
		if db.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := tx.Session.Delete().Where(session.ID(tokenHash)).Exec(ctx); err != nil {
			return err
		}
		return b.record(ctx, tx, game.Act{By: row.Staff, Action: game.ActionLoggedOut, Subject: row.Edges.Person.Login}, nil, nil)
	})
}

// Sessions lists a person's sessions, the one used last first.
func (b *Book) Sessions(ctx context.Context, id game.StaffID) ([]game.Session, error) {
	var rows []*db.Session
	err := b.view(ctx, "list sessions", func(tx *db.Client) error {
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		rows, err = tx.Session.Query().Where(session.Staff(id), session.ExpiresAtGT(now)).
			Order(session.BySeenAt(sql.OrderDesc()), session.ByID()).All(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	sessions := make([]game.Session, len(rows))
	for i, r := range rows {
		sessions[i] = game.Session{
			Ref: game.SessionRef(r.ID), CreatedAt: r.CreatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), SeenAt: r.SeenAt.UTC(), Agent: r.Agent,
		}
	}
	return sessions, nil
}

// EndSession ends a person's session by its reference; one that is over is no error.
func (b *Book) EndSession(ctx context.Context, id game.StaffID, ref string) error {
	return b.endSessions(ctx, id, func(s *db.Session) bool { return game.SessionRef(s.ID) == ref })
}

// EndOtherSessions ends all sessions of a person but the one of a hash.
func (b *Book) EndOtherSessions(ctx context.Context, id game.StaffID, keep string) error {
	return b.endSessions(ctx, id, func(s *db.Session) bool { return s.ID != keep })
}

// endSessions ends those of a person's sessions that are meant, of which there are few.
func (b *Book) endSessions(ctx context.Context, id game.StaffID, meant func(*db.Session) bool) error {
	return b.changePerson(ctx, "end sessions", id, func(tx *db.Client, was *db.Staff) error {
		rows, err := tx.Session.Query().Where(session.Staff(id)).All(ctx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !meant(row) {
				continue
			}
			if err := tx.Session.DeleteOne(row).Exec(ctx); err != nil {
				return err
			}
			if err := b.record(ctx, tx, game.Act{By: id, Action: game.ActionLoggedOut, Subject: was.Login}, nil, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
