package book

import (
	"context"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/session"
	"github.com/fivefold/fivefold/ent/db/staff"
	"github.com/fivefold/fivefold/server/game"
)

// InviteStaff adds a person without a password, who may choose one by the link of a hash while it
// lives. Code: invalid, field login.
func (b *Book) InviteStaff(ctx context.Context, s game.Staff, hash string, life time.Duration, by game.StaffID) (ends time.Time, err error) {
	err = b.change(ctx, "invite", func(tx *db.Client) error {
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		ends = now.Add(life)
		set := func(c *db.StaffCreate) { c.SetInviteHash(hash).SetInviteEndsAt(ends) }
		if err := b.insertStaff(ctx, tx, s, set); err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionStaffInvited, Subject: s.Login}
		return b.record(ctx, tx, act, nil, map[string]any{"role": s.Role, "expires_at": ends})
	})
	return ends, err
}

// InviteAgain gives a person another link, and voids the one before; who has a password may choose
// another by it. Codes: not_found, state_conflict where the person is disabled.
func (b *Book) InviteAgain(ctx context.Context, id game.StaffID, hash string, life time.Duration, by game.StaffID) (ends time.Time, err error) {
	err = b.changePerson(ctx, "invite again", id, func(tx *db.Client, was *db.Staff) error {
		if was.DisabledAt != nil {
			return game.Fail(game.CodeStateConflict, "the person is disabled")
		}
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		ends = now.Add(life)
		if err := tx.Staff.UpdateOneID(id).SetInviteHash(hash).SetInviteEndsAt(ends).Exec(ctx); err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionStaffInvited, Subject: was.Login}
		return b.record(ctx, tx, act, nil, map[string]any{"role": was.Role, "expires_at": ends})
	})
	return ends, err
}

// Invited gives the person of a link. Code: not_found where it is unknown, used or over.
func (b *Book) Invited(ctx context.Context, hash string) (game.Staff, error) {
	var found *db.Staff
	err := b.view(ctx, "read an invitation", func(tx *db.Client) (err error) {
		found, err = b.invited(ctx, tx, hash)
		return err
	})
	if err != nil {
		return game.Staff{}, err
	}
	return personOf(found), nil
}

func (b *Book) invited(ctx context.Context, tx *db.Client, hash string) (*db.Staff, error) {
	now, err := b.engine.clock(ctx, tx)
	if err != nil {
		return nil, err
	}
	row, err := tx.Staff.Query().Where(staff.InviteHash(hash), staff.InviteEndsAtGT(now), staff.DisabledAtIsNil()).Only(ctx)
	if db.IsNotFound(err) {
		return nil, game.Fail(game.CodeNotFound, "the invitation is unknown, used or over")
	}
	return row, err
}

// Join gives the person of a link a password; the link is used up, and sessions from before end.
// Code: not_found.
func (b *Book) Join(ctx context.Context, hash, passwordHash string) error {
	return b.change(ctx, "join", func(tx *db.Client) error {
		row, err := b.invited(ctx, tx, hash)
		if err != nil {
			return err
		}
		// Of two who send the same link at once, one finds it gone.
		n, err := tx.Staff.Update().Where(staff.ID(row.ID), staff.InviteHash(hash)).
			SetPasswordHash(passwordHash).ClearInviteHash().ClearInviteEndsAt().Save(ctx)
		if err == nil && n == 0 {
			err = game.Fail(game.CodeNotFound, "the invitation was used meanwhile")
		}
		if err != nil {
			return err
		}
		if _, err := tx.Session.Delete().Where(session.Staff(row.ID)).Exec(ctx); err != nil {
			return err
		}
		act := game.Act{By: row.ID, Action: game.ActionStaffJoined, Subject: row.Login}
		if row.PasswordHash != "" {
			act.Action = game.ActionPasswordChanged
		}
		return b.record(ctx, tx, act, nil, nil)
	})
}

// SetPassword changes a person's password and ends their sessions but the one of a hash.
func (b *Book) SetPassword(ctx context.Context, id game.StaffID, passwordHash, keep string) error {
	return b.changePerson(ctx, "change a password", id, func(tx *db.Client, was *db.Staff) error {
		if err := tx.Staff.UpdateOneID(id).SetPasswordHash(passwordHash).ClearInviteHash().ClearInviteEndsAt().Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.Session.Delete().Where(session.Staff(id), session.IDNEQ(keep)).Exec(ctx); err != nil {
			return err
		}
		return b.record(ctx, tx, game.Act{By: id, Action: game.ActionPasswordChanged, Subject: was.Login}, nil, nil)
	})
}
