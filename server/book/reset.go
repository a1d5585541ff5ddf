package book

import (
	"context"
	"fmt"

	"github.com/fivefold/fivefold/ent/db"
)

// Reset empties the book but for staff and their sessions, puts game time back to the database's
// clock and begins another epoch. It is for development.
func (b *Book) Reset(ctx context.Context) error {
	err := b.change(ctx, "reset", func(tx *db.Client) error {
		// Those first that refer to others.
		for _, empty := range []func(context.Context) (int, error){
			tx.Payout.Delete().Exec, tx.Settlement.Delete().Exec, tx.Redemption.Delete().Exec, tx.Correction.Delete().Exec,
			tx.BonusGrant.Delete().Exec,
			tx.Entry.Delete().Exec, tx.Tally.Delete().Exec, tx.Operation.Delete().Exec, tx.Album.Delete().Exec,
			tx.Sample.Delete().Exec, tx.Rehearsal.Delete().Exec,
			tx.StockRow.Delete().Exec, tx.VoucherCode.Delete().Exec, tx.Commitment.Delete().Exec, tx.CampaignArt.Delete().Exec, tx.Version.Delete().Exec,
			tx.Campaign.Delete().Exec, tx.Player.Delete().Exec, tx.Lease.Delete().Exec,
		} {
			if _, err := empty(ctx); err != nil {
				return fmt.Errorf("empty a table: %w", err)
			}
		}
		return tx.Setting.UpdateOneID(settingID).SetClockOffset(0).SetTallied(0).SetEpoch(newEpoch()).Exec(ctx)
	})
	b.versions.forget()
	b.completed.forget()
	b.tallying.forget()
	return err
}
