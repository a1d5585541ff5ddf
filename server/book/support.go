package book

import (
	"context"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/bonusgrant"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/player"
	"github.com/fivefold/fivefold/server/game"
)

// Player gives the identity of a player; false where there is none, or where it was erased.
func (b *Book) Player(ctx context.Context, id game.PlayerID) (game.Player, bool, error) {
	row, err := b.reader.Player.Get(ctx, id)
	if db.IsNotFound(err) {
		return game.Player{}, false, nil
	}
	if err != nil {
		return game.Player{}, false, b.failed("read a player", err)
	}
	return game.Player{
		ID: row.ID, SecretHash: row.SecretHash, ClientSeed: [32]byte(row.ClientSeed), Locale: row.Locale,
	}, true, nil
}

// KnownBy gives the players whose secret, or whose host's word for them, has one of the hashes.
func (b *Book) KnownBy(ctx context.Context, hashes []string) ([]game.PlayerID, error) {
	if len(hashes) == 0 {
		return nil, nil
	}
	ids, err := b.reader.Player.Query().Where(player.SecretHashIn(hashes...)).Order(player.ByID()).IDs(ctx)
	return ids, b.failed("look for a player", err)
}

// EntriesBefore gives the entries of a player's book whose number is less than before (0: all),
// the last first, at most limit. Vouchers come without their codes.
func (b *Book) EntriesBefore(ctx context.Context, id game.CampaignID, p game.PlayerID, before int64, limit int) ([]game.Entry, error) {
	q := b.reader.Entry.Query().Where(entry.Campaign(id), entry.Player(p))
	if before > 0 {
		q.Where(entry.NLT(before))
	}
	rows, err := q.Order(entry.ByN(sql.OrderDesc())).Limit(limit).All(ctx)
	return entriesOf(rows), b.failed("read entries", err)
}

// BonusGrants gives the bonus chances that a player was granted, the last first, at most limit grants.
func (b *Book) BonusGrants(ctx context.Context, id game.CampaignID, p game.PlayerID, limit int) ([]game.BonusGrant, error) {
	rows, err := b.reader.BonusGrant.Query().Where(bonusgrant.Campaign(id), bonusgrant.Player(p)).
		Order(bonusgrant.ByID(sql.OrderDesc())).Limit(limit).All(ctx)
	grants := make([]game.BonusGrant, len(rows))
	for i, r := range rows {
		grants[i] = bonusGrantOf(r)
	}
	return grants, b.failed("read grants", err)
}

// Entry gives one entry of a player's book, a voucher without its code. Code: not_found.
func (b *Book) Entry(ctx context.Context, id game.CampaignID, p game.PlayerID, n int64) (game.Entry, error) {
	row, err := b.reader.Entry.Query().Where(entry.Campaign(id), entry.Player(p), entry.N(n)).Only(ctx)
	if db.IsNotFound(err) {
		return game.Entry{}, game.FailField(game.CodeNotFound, "n", game.ReasonUnknown, "")
	}
	if err != nil {
		return game.Entry{}, b.failed("read an entry", err)
	}
	return entryOf(row), nil
}

// Holders gives the entries that a serial of each of the outcomes went to.
func (b *Book) Holders(ctx context.Context, id game.CampaignID, outcomes []game.OutcomeID, serial int64) ([]game.Entry, error) {
	if len(outcomes) == 0 || serial < 1 {
		return nil, nil
	}
	// Serial > 0 repeats the condition of the index, which is not used without.
	rows, err := b.reader.Entry.Query().
		Where(entry.Campaign(id), entry.OutcomeIn(outcomes...), entry.Serial(serial), entry.SerialGT(0)).
		Order(entry.ByOutcome()).All(ctx)
	return entriesOf(rows), b.failed("look for a serial", err)
}

// Version gives a version of a campaign. Code: version_unknown.
func (b *Book) Version(ctx context.Context, id game.CampaignID, number int) (game.SavedVersion, error) {
	row, err := versionRow(ctx, b.reader, id, number)
	if err != nil {
		return game.SavedVersion{}, b.failed("read a version", err)
	}
	v, err := savedVersionOf(row)
	if err != nil {
		return game.SavedVersion{}, b.failed("read a version", err)
	}
	return *v, nil
}

// Note records an act that changes nothing, such as a look at somebody's book.
func (b *Book) Note(ctx context.Context, a game.Act, after any) error {
	return b.change(ctx, "note an act", func(tx *db.Client) error {
		return b.record(ctx, tx, a, nil, after)
	})
}
