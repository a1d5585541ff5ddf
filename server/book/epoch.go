package book

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/fivefold/fivefold/ent/db"
)

// Epoch names this book's life in the keys of Redis. It is made by the first migration; a new one
// makes all that Redis holds unknown.
func (b *Book) Epoch(ctx context.Context) (string, error) {
	s, err := b.reader.Setting.Get(ctx, settingID)
	if err != nil {
		return "", b.failed("read the epoch", err)
	}
	return s.Epoch, nil
}

// RenewEpoch begins another epoch, as after a restore of the database.
func (b *Book) RenewEpoch(ctx context.Context) error {
	return b.change(ctx, "renew the epoch", func(tx *db.Client) error {
		return tx.Setting.UpdateOneID(settingID).SetEpoch(newEpoch()).Exec(ctx)
	})
}

func newEpoch() string { return strings.ToLower(rand.Text()[:10]) }
