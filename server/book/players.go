package book

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/player"
	"github.com/fivefold/fivefold/server/game"
)

// CreatePlayer adds a player, or gives the one who is known by the same hash, with the client seed of
// theirs, and says whether it was added.
func (b *Book) CreatePlayer(ctx context.Context, p game.Player) (game.Player, bool, error) {
	var row *db.Player
	err := b.change(ctx, "create a player", func(tx *db.Client) error {
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		create := tx.Player.Create().SetID(p.ID).SetSecretHash(p.SecretHash).
			SetClientSeed(p.ClientSeed[:]).SetLocale(p.Locale).SetCreatedAt(now)
		// In bulk, because Ent's single upsert reads the id back as a plain string and refuses it.
		err = tx.Player.CreateBulk(create).
			OnConflict(sql.ConflictColumns(player.FieldSecretHash), sql.ResolveWith(func(u *sql.UpdateSet) {
				u.SetExcluded(player.FieldSecretHash) // which changes nothing but locks the row
			})).Exec(ctx)
		if err != nil {
			return err
		}
		row, err = tx.Player.Query().Where(player.SecretHash(p.SecretHash)).Only(ctx)
		return err
	})
	if err != nil {
		return game.Player{}, false, err
	}
	stored := game.Player{
		ID: row.ID, SecretHash: row.SecretHash, ClientSeed: [32]byte(row.ClientSeed), Locale: row.Locale,
	}
	return stored, stored.ID == p.ID, nil
}
