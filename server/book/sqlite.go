package book

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/stockrow"
	"github.com/fivefold/fivefold/server/game"
)

// sqliteReaders is how many may read beside the one that writes.
const sqliteReaders = 4

// lite runs on SQLite. All that may write goes through one connection, whose transactions begin
// IMMEDIATE: holding it is holding every lock and every gate. The file is in WAL mode, so that
// readers and the writer do not wait for each other, and synchronous: what was committed
// survives a loss of power. Times are whole microseconds since 1970.
type lite struct{}

func openSQLite(path string) (*Book, error) {
	if path == "" {
		return nil, errors.New("sqlite: needs the path of a file")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	write, err := openFile(path, url.Values{"_txlock": {"immediate"}})
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := openFile(path, url.Values{"_query_only": {"1"}})
	if err != nil {
		return nil, err
	}
	read.SetMaxOpenConns(sqliteReaders)
	read.SetMaxIdleConns(sqliteReaders)
	return newBook(lite{}, write, read), nil
}

func openFile(path string, options url.Values) (*stdsql.DB, error) {
	for name, value := range map[string]string{
		"_journal_mode":        "WAL",
		"_synchronous":         "FULL",
		"_foreign_keys":        "1",
		"_busy_timeout":        "10000", // milliseconds, for another process that writes
		"_time_integer_format": "unix_micro",
		"_inttotime":           "1",
	} {
		options.Set(name, value)
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	return stdsql.Open("sqlite", name.String())
}

func (lite) dialect() string { return dialect.SQLite }

// migrations are transactions that begin IMMEDIATE, so that of two processes one applies each.
func (lite) migrations() (string, goose.Dialect, []goose.ProviderOption, error) {
	return "sqlite", goose.DialectSQLite3, nil, nil
}

func (lite) view() *stdsql.TxOptions { return &stdsql.TxOptions{ReadOnly: true} }

// clock is this process's, for that is where the database runs.
func (lite) clock(context.Context, *db.Client) (time.Time, error) { return exact(time.Now()), nil }

func (lite) share(context.Context, *db.Client, []game.CampaignID) error { return nil }

func (lite) close(context.Context, *db.Client, game.CampaignID) error { return nil }

func (lite) desk(ctx context.Context, b *Book) (desk, error) { return newPlainDesk(ctx, b) }

func (lite) lock(*sql.Selector) {}

func (lite) albums(ctx context.Context, tx *db.Client, id game.CampaignID, players []game.PlayerID) ([]game.Album, error) {
	list, err := json.Marshal(players)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `
		INSERT INTO albums (campaign, player)
		SELECT ?, value FROM json_each(?) WHERE true
		ON CONFLICT (campaign, player) DO UPDATE SET n = albums.n
		RETURNING `+albumColumns, string(id), string(list))
	if err != nil {
		return nil, err
	}
	return scanAlbums(rows, id)
}

func (lite) find(ctx context.Context, tx *db.Client, id game.CampaignID, chances []spent) ([]int64, error) {
	list := make([][4]any, len(chances))
	for i, s := range chances {
		list[i] = [4]any{s.player, s.chance.Round, s.chance.Window, s.chance.Index}
	}
	looked, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	// CROSS JOIN keeps the order: for each chance a look into the index.
	rows, err := tx.QueryContext(ctx, `
		SELECT e.id FROM json_each(?) AS c CROSS JOIN entries AS e ON e.campaign = ?
			AND e.player = c.value->>0 AND e.round > 0 AND e.round = c.value->>1
			AND e."window" = c.value->>2 AND e."index" = c.value->>3`, string(looked), string(id))
	if err != nil {
		return nil, err
	}
	return scanIDs(rows)
}

func (lite) stock(ctx context.Context, tx *db.Client, o outcome, _ int64, _ func([]*db.StockRow) bool) ([]*db.StockRow, error) {
	return stockOf(tx, o).Order(stockrow.ByRow()).All(ctx)
}

func (lite) pay(ctx context.Context, tx *db.Client, payouts []game.Payout) error {
	for chunk := range chunks(payouts) {
		err := tx.Payout.MapCreateBulk(chunk, func(c *db.PayoutCreate, i int) {
			p := chunk[i]
			c.SetCampaign(p.Campaign).SetPlayer(p.Player).SetN(p.N).SetPlace(p.Place).
				SetAmount(p.Amount).SetCurrency(p.Currency).SetState(p.State)
		}).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

func (lite) victim(error) bool { return false }

func (lite) unwritable(error) bool { return false } // it holds whatever it is given

func (lite) away(err error) bool {
	if e := (*sqlite.Error)(nil); errors.As(err, &e) {
		return slices.Contains([]int{
			sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
			sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
		}, e.Code()&0xff) // the rest of the code is detail
	}
	return isAny(err, context.DeadlineExceeded, driver.ErrBadConn, stdsql.ErrConnDone)
}
