package book

import (
	"context"
	stdsql "database/sql"
	"errors"
	"time"

	"entgo.io/ent/dialect/sql"
	"github.com/pressly/goose/v3"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// engine is what the two databases do differently. A *db.Client that it is given is bound to the
// transaction.
type engine interface {
	dialect() string

	// migrations gives the folder of ent/migrations, goose's name of the dialect and how to
	// keep a second process out meanwhile.
	migrations() (folder string, dialect goose.Dialect, options []goose.ProviderOption, err error)

	// clock reads the database's clock, without the offset.
	clock(ctx context.Context, tx *db.Client) (time.Time, error)

	// share and close hold the gates of campaigns until the transaction ends: many may share
	// one, or one alone may close it.
	share(ctx context.Context, tx *db.Client, ids []game.CampaignID) error
	close(ctx context.Context, tx *db.Client, id game.CampaignID) error

	// desk begins a transaction that books a batch.
	desk(ctx context.Context, b *Book) (desk, error)

	// lock makes a query lock the rows that it selects.
	lock(s *sql.Selector)

	// albums locks the albums of players, which are sorted, making those that do not exist.
	albums(ctx context.Context, tx *db.Client, id game.CampaignID, players []game.PlayerID) ([]game.Album, error)

	// find gives the ids of the entries that chances have.
	find(ctx context.Context, tx *db.Client, id game.CampaignID, chances []spent) ([]int64, error)

	// stock locks rows of an outcome's stock, enough of them where there are enough. Rows with
	// nothing left below the serial released may be left out.
	stock(ctx context.Context, tx *db.Client, o outcome, released int64, enough func([]*db.StockRow) bool) ([]*db.StockRow, error)

	// pay writes payouts.
	pay(ctx context.Context, tx *db.Client, payouts []game.Payout) error

	// view gives the options of a transaction that sees one state of the book.
	view() *stdsql.TxOptions

	// victim says that the transaction was the victim of others and may be tried again; away,
	// that the database could not do its work; unwritable, that it was given text that it cannot hold.
	victim(err error) bool
	away(err error) bool
	unwritable(err error) bool
}

// outcome names a stock.
type outcome struct {
	campaign game.CampaignID
	id       game.OutcomeID
}

// spent is a chance of a player.
type spent struct {
	player game.PlayerID
	chance game.Chance
}

// scanIDs reads a column of ids.
func scanIDs(rows *stdsql.Rows) (ids []int64, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	return ids, sql.ScanSlice(rows, &ids)
}
