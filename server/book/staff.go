package book

import (
	"context"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/session"
	"github.com/fivefold/fivefold/ent/db/staff"
	"github.com/fivefold/fivefold/server/game"
)

// CreateStaff adds a person, and stamps CreatedAt. Code: invalid, field login, where the login is
// taken.
func (b *Book) CreateStaff(ctx context.Context, s game.Staff) error {
	return b.change(ctx, "create staff", func(tx *db.Client) error {
		if err := b.insertStaff(ctx, tx, s, nil); err != nil {
			return err
		}
		act := game.Act{Action: game.ActionStaffAdded, Subject: s.Login}
		return b.record(ctx, tx, act, nil, map[string]any{"login": s.Login, "role": s.Role})
	})
}

// insertStaff adds a person, with what else is set. Code: invalid, field login.
func (b *Book) insertStaff(ctx context.Context, tx *db.Client, s game.Staff, set func(*db.StaffCreate)) error {
	now, err := b.now(ctx, tx)
	if err != nil {
		return err
	}
	taken, err := tx.Staff.Query().Where(staff.Login(s.Login)).Exist(ctx)
	if err != nil {
		return err
	}
	if !taken {
		create := tx.Staff.Create().SetID(s.ID).SetLogin(s.Login).SetRole(s.Role).
			SetPasswordHash(s.PasswordHash).SetCreatedAt(now)
		if set != nil {
			set(create)
		}
		err = create.Exec(ctx)
	}
	if taken || db.IsConstraintError(err) {
		return game.FailField(game.CodeInvalid, "login", game.ReasonTaken, "")
	}
	return err
}

// StaffByLogin finds a person. Code: not_found.
func (b *Book) StaffByLogin(ctx context.Context, login string) (game.Staff, error) {
	row, err := b.reader.Staff.Query().Where(staff.Login(login)).Only(ctx)
	return b.staffOf(row, err)
}

// StaffByID finds a person. Code: not_found.
func (b *Book) StaffByID(ctx context.Context, id game.StaffID) (game.Staff, error) {
	row, err := b.reader.Staff.Get(ctx, id)
	return b.staffOf(row, err)
}

// Logins gives the logins of people by their ids; who is not there is left out.
func (b *Book) Logins(ctx context.Context, ids []game.StaffID) (map[game.StaffID]string, error) {
	rows, err := b.reader.Staff.Query().Where(staff.IDIn(ids...)).Select(staff.FieldID, staff.FieldLogin).All(ctx)
	if err != nil {
		return nil, b.failed("read logins", err)
	}
	logins := make(map[game.StaffID]string, len(rows))
	for _, row := range rows {
		logins[row.ID] = row.Login
	}
	return logins, nil
}

// People lists all of the staff by login.
func (b *Book) People(ctx context.Context) ([]game.Staff, error) {
	rows, err := b.reader.Staff.Query().Order(staff.ByLogin()).All(ctx)
	if err != nil {
		return nil, b.failed("list the staff", err)
	}
	people := make([]game.Staff, len(rows))
	for i, row := range rows {
		people[i] = personOf(row)
	}
	return people, nil
}

// SetRole gives a person another role. Codes: not_found, last_owner.
func (b *Book) SetRole(ctx context.Context, id game.StaffID, role game.Role, by game.StaffID) error {
	return b.changePerson(ctx, "change a role", id, func(tx *db.Client, was *db.Staff) error {
		if was.Role == role {
			return nil
		}
		if role != game.RoleOwner {
			if err := b.checkReign(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := tx.Staff.UpdateOneID(id).SetRole(role).Exec(ctx); err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionRoleChanged, Subject: was.Login}
		return b.record(ctx, tx, act, map[string]any{"role": was.Role}, map[string]any{"role": role})
	})
}

// SetDisabled keeps a person out, ends their sessions and voids an invitation, or lets them in
// again. Codes: not_found, last_owner.
func (b *Book) SetDisabled(ctx context.Context, id game.StaffID, disabled bool, by game.StaffID) error {
	return b.changePerson(ctx, "disable or enable a person", id, func(tx *db.Client, was *db.Staff) error {
		if disabled == (was.DisabledAt != nil) {
			return nil
		}
		if !disabled {
			if err := tx.Staff.UpdateOneID(id).ClearDisabledAt().Exec(ctx); err != nil {
				return err
			}
			return b.record(ctx, tx, game.Act{By: by, Action: game.ActionStaffEnabled, Subject: was.Login}, nil, nil)
		}
		if err := b.checkReign(ctx, tx, id); err != nil {
			return err
		}
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		if err := tx.Staff.UpdateOneID(id).SetDisabledAt(now).ClearInviteHash().ClearInviteEndsAt().Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.Session.Delete().Where(session.Staff(id)).Exec(ctx); err != nil {
			return err
		}
		return b.record(ctx, tx, game.Act{By: by, Action: game.ActionStaffDisabled, Subject: was.Login}, nil, nil)
	})
}

// changePerson is change of one person, whose row is locked. Code: not_found.
func (b *Book) changePerson(ctx context.Context, action string, id game.StaffID, f func(tx *db.Client, was *db.Staff) error) error {
	return b.change(ctx, action, func(tx *db.Client) error {
		// The owners' rows first, in one order, since any change of an owner may have to look at them all.
		q := tx.Staff.Query().Where(staff.Or(staff.RoleEQ(game.RoleOwner), staff.ID(id))).Order(staff.ByID())
		q.Modify(b.engine.lock)
		rows, err := q.All(ctx)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.ID == id {
				return f(tx, row)
			}
		}
		return game.Fail(game.CodeNotFound, "there is no such person")
	})
}

// checkReign refuses to let the last owner go. The owners' rows are locked.
func (b *Book) checkReign(ctx context.Context, tx *db.Client, ceases game.StaffID) error {
	rows, err := tx.Staff.Query().Where(staff.RoleEQ(game.RoleOwner)).All(ctx)
	if err != nil {
		return err
	}
	owners := make([]game.Staff, len(rows))
	for i, row := range rows {
		owners[i] = personOf(row)
	}
	return game.CheckReign(owners, ceases)
}

// SetLanguage keeps the language in which a person reads the pages; it is their own taste, and no act.
func (b *Book) SetLanguage(ctx context.Context, id game.StaffID, language string) error {
	return b.failed("set a language", b.writer.Staff.UpdateOneID(id).SetLanguage(language).Exec(ctx))
}

func (b *Book) staffOf(row *db.Staff, err error) (game.Staff, error) {
	if db.IsNotFound(err) {
		return game.Staff{}, game.Fail(game.CodeNotFound, "there is no such person")
	}
	if err != nil {
		return game.Staff{}, b.failed("read staff", err)
	}
	return personOf(row), nil
}

func personOf(row *db.Staff) game.Staff {
	return game.Staff{
		ID: row.ID, Login: row.Login, Role: row.Role,
		PasswordHash: row.PasswordHash, CreatedAt: row.CreatedAt.UTC(),
		DisabledAt: orZero(row.DisabledAt), InviteEndsAt: orZero(row.InviteEndsAt), Language: row.Language,
		FactorAt: orZero(row.FactorAt), FactorSecret: row.FactorSecret, FactorPending: row.FactorPending,
		RecoveryLeft: len(row.RecoveryHashes),
	}
}
