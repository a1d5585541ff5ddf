package book

import (
	"context"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/staff"
	"github.com/fivefold/fivefold/server/game"
)

// CreateStaff adds a person, and stamps CreatedAt. Code: invalid, field login, where the login is
// taken.
func (b *Book) CreateStaff(ctx context.Context, s game.Staff) error {
	return b.change(ctx, "create staff", func(tx *db.Client) error {
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		taken, err := tx.Staff.Query().Where(staff.Login(s.Login)).Exist(ctx)
		if err != nil {
			return err
		}
		if !taken {
			err = tx.Staff.Create().SetID(s.ID).SetLogin(s.Login).SetRole(s.Role).
				SetPasswordHash(s.PasswordHash).SetCreatedAt(now).Exec(ctx)
		}
		if taken || db.IsConstraintError(err) {
			return game.FailField(game.CodeInvalid, "login", game.ReasonTaken, "")
		}
		if err != nil {
			return err
		}
		act := game.Act{Action: game.ActionStaffAdded, Subject: s.Login}
		return b.record(ctx, tx, act, nil, map[string]any{"login": s.Login, "role": s.Role})
	})
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

// People lists all of the staff by login.
func (b *Book) People(ctx context.Context) ([]game.Staff, error) {
	rows, err := b.reader.Staff.Query().Order(staff.ByLogin()).All(ctx)
	if err != nil {
		return nil, b.failed("list the staff", err)
	}
	people := make([]game.Staff, len(rows))
	for i, row := range rows {
		if people[i], err = b.staffOf(row, nil); err != nil {
			return nil, err
		}
	}
	return people, nil
}

func (b *Book) staffOf(row *db.Staff, err error) (game.Staff, error) {
	if db.IsNotFound(err) {
		return game.Staff{}, game.Fail(game.CodeNotFound, "there is no such person")
	}
	if err != nil {
		return game.Staff{}, b.failed("read staff", err)
	}
	return game.Staff{
		ID: row.ID, Login: row.Login, Role: row.Role,
		PasswordHash: row.PasswordHash, CreatedAt: row.CreatedAt.UTC(),
	}, nil
}
