package book

import (
	"context"
	"slices"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/staff"
	"github.com/fivefold/fivefold/server/game"
)

// BeginFactor keeps the sealed secret of a second factor that a person is setting up.
func (b *Book) BeginFactor(ctx context.Context, id game.StaffID, sealed []byte) error {
	return b.failed("begin a second factor", b.writer.Staff.UpdateOneID(id).SetFactorPending(sealed).Exec(ctx))
}

// SetFactor makes the secret that was being set up the person's second factor; step is that of the
// code by which they showed that they have it. Code: state_conflict where another is being set up.
func (b *Book) SetFactor(ctx context.Context, id game.StaffID, sealed []byte, step int64, recovery []string) error {
	return b.changePerson(ctx, "set a second factor", id, func(tx *db.Client, was *db.Staff) error {
		if len(sealed) == 0 || !slices.Equal(was.FactorPending, sealed) {
			return game.Fail(game.CodeStateConflict, "another second factor is being set up")
		}
		now, err := b.engine.clock(ctx, tx)
		if err != nil {
			return err
		}
		err = tx.Staff.UpdateOneID(id).SetFactorSecret(sealed).ClearFactorPending().SetFactorAt(now).
			SetFactorStep(step).SetRecoveryHashes(recovery).Exec(ctx)
		if err != nil {
			return err
		}
		return b.record(ctx, tx, game.Act{By: id, Action: game.ActionFactorSet, Subject: was.Login}, nil, nil)
	})
}

// ClearFactor takes a person's second factor away; there being none is no error. Code: not_found.
func (b *Book) ClearFactor(ctx context.Context, id, by game.StaffID) error {
	return b.changePerson(ctx, "clear a second factor", id, func(tx *db.Client, was *db.Staff) error {
		if was.FactorAt == nil {
			return nil
		}
		// The step stays: no code is accepted twice, even where the same secret came back.
		err := tx.Staff.UpdateOneID(id).ClearFactorSecret().ClearFactorPending().ClearFactorAt().ClearRecoveryHashes().Exec(ctx)
		if err != nil {
			return err
		}
		return b.record(ctx, tx, game.Act{By: by, Action: game.ActionFactorRemoved, Subject: was.Login}, nil, nil)
	})
}

// UseStep accepts the code of a step, once, and none of an earlier step after it. Code: factor_wrong.
func (b *Book) UseStep(ctx context.Context, id game.StaffID, step int64) error {
	n, err := b.writer.Staff.Update().Where(staff.ID(id), staff.FactorStepLT(step)).SetFactorStep(step).Save(ctx)
	if err == nil && n == 0 {
		return game.Fail(game.CodeFactorWrong, "the code was used already")
	}
	return b.failed("use a code", err)
}

// UseRecovery accepts a recovery code, once. Code: factor_wrong where the person has no such code.
func (b *Book) UseRecovery(ctx context.Context, id game.StaffID, hash string) error {
	return b.changePerson(ctx, "use a recovery code", id, func(tx *db.Client, was *db.Staff) error {
		i := slices.Index(was.RecoveryHashes, hash)
		if i < 0 {
			return game.Fail(game.CodeFactorWrong, "there is no such recovery code")
		}
		left := slices.Delete(slices.Clone(was.RecoveryHashes), i, i+1)
		if err := tx.Staff.UpdateOneID(id).SetRecoveryHashes(left).Exec(ctx); err != nil {
			return err
		}
		act := game.Act{By: id, Action: game.ActionRecoveryUsed, Subject: was.Login}
		return b.record(ctx, tx, act, map[string]any{"recovery_left": len(was.RecoveryHashes)}, map[string]any{"recovery_left": len(left)})
	})
}

// SetRecovery replaces a person's recovery codes. Code: state_conflict where they have no second factor.
func (b *Book) SetRecovery(ctx context.Context, id game.StaffID, hashes []string) error {
	return b.changePerson(ctx, "renew recovery codes", id, func(tx *db.Client, was *db.Staff) error {
		if was.FactorAt == nil {
			return game.Fail(game.CodeStateConflict, "the person has no second factor")
		}
		if err := tx.Staff.UpdateOneID(id).SetRecoveryHashes(hashes).Exec(ctx); err != nil {
			return err
		}
		act := game.Act{By: id, Action: game.ActionRecoveryRenewed, Subject: was.Login}
		return b.record(ctx, tx, act, map[string]any{"recovery_left": len(was.RecoveryHashes)}, map[string]any{"recovery_left": len(hashes)})
	})
}

// RefuseFactor records that somebody had a person's password and no right code.
func (b *Book) RefuseFactor(ctx context.Context, id game.StaffID) error {
	return b.changePerson(ctx, "record a refused code", id, func(tx *db.Client, was *db.Staff) error {
		return b.record(ctx, tx, game.Act{By: id, Action: game.ActionFactorRefused, Subject: was.Login}, nil, nil)
	})
}
