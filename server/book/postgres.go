package book

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/stockrow"
	"github.com/fivefold/fivefold/server/game"
)

// postgresConnections is the most that one process opens. Bookings come in batches, so that few
// are enough.
const postgresConnections = 24

// postgres runs transactions at READ COMMITTED: a statement sees what was committed before it
// began, so what a lock guards is read by a later statement than the one that takes the lock.
type postgres struct{}

func openPostgres(url string) (*Book, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("the address of PostgreSQL: %w", err)
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(postgresConnections)
	pool.SetMaxIdleConns(postgresConnections)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return newBook(postgres{}, pool, pool), nil
}

func (postgres) dialect() string { return dialect.Postgres }

// migrations are kept to one process by a lock of the session, which is looked for every second
// of two minutes.
func (postgres) migrations() (string, goose.Dialect, []goose.ProviderOption, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120), lock.WithUnlockTimeout(1, 10))
	if err != nil {
		return "", "", nil, err
	}
	return "postgres", goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}

func (postgres) view() *stdsql.TxOptions {
	return &stdsql.TxOptions{Isolation: stdsql.LevelRepeatableRead, ReadOnly: true}
}

func (postgres) clock(ctx context.Context, tx *db.Client) (time.Time, error) {
	rows, err := tx.QueryContext(ctx, "SELECT clock_timestamp()")
	if err != nil {
		return time.Time{}, err
	}
	defer rows.Close()
	var now time.Time
	err = sql.ScanOne(rows, &now)
	return now.UTC(), err
}

// Gates are advisory locks of the transaction. PostgreSQL queues them fairly: one who wants to
// close a gate waits for those within alone, and those who come later wait for that one.

func (postgres) share(ctx context.Context, tx *db.Client, ids []game.CampaignID) error {
	keys := make([]int64, len(ids))
	for i, id := range ids {
		keys[i] = gateKey(id)
	}
	slices.Sort(keys)
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock_shared(k) FROM unnest($1::bigint[]) AS k", keys)
	return err
}

func (postgres) close(ctx context.Context, tx *db.Client, id game.CampaignID) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", gateKey(id))
	return err
}

func gateKey(id game.CampaignID) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("fivefold/gate/" + id)) // never fails
	return int64(h.Sum64())
}

func (postgres) lock(s *sql.Selector) { s.ForUpdate() }

func (postgres) albums(ctx context.Context, tx *db.Client, id game.CampaignID, players []game.PlayerID) ([]game.Album, error) {
	rows, err := tx.QueryContext(ctx, makeAlbumsSQL, id, players)
	if err != nil {
		return nil, err
	}
	return scanAlbums(rows, id)
}

func (postgres) find(ctx context.Context, tx *db.Client, id game.CampaignID, chances []spent) ([]int64, error) {
	players := make([]game.PlayerID, len(chances))
	var numbers [3][]int
	for i, s := range chances {
		players[i] = s.player
		for j, n := range []int{s.chance.Round, s.chance.Window, s.chance.Index} {
			numbers[j] = append(numbers[j], n)
		}
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT e.id FROM unnest($2::text[], $3::int[], $4::int[], $5::int[]) AS c (player, r, w, i)
		JOIN entries AS e ON e.campaign = $1 AND e.player = c.player
			AND e.round > 0 AND e.round = c.r AND e."window" = c.w AND e."index" = c.i`,
		id, players, numbers[0], numbers[1], numbers[2])
	if err != nil {
		return nil, err
	}
	return scanIDs(rows)
}

// stock takes a row that nobody else holds, then all such. When they are not enough, and what
// others hold may have pieces left too, it gives them back and waits for all rows in order: then
// nobody who waits holds what another waits for.
func (p postgres) stock(ctx context.Context, tx *db.Client, o outcome, released int64, enough func([]*db.StockRow) bool) ([]*db.StockRow, error) {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT stock"); err != nil {
		return nil, err
	}
	rows, final, err := p.unheld(ctx, tx, o, released, enough)
	if err != nil {
		return nil, err
	}
	if final {
		_, err = tx.ExecContext(ctx, "RELEASE SAVEPOINT stock")
		return rows, err
	}
	if _, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT stock"); err != nil {
		return nil, err
	}
	q := stockOf(tx, o).Order(stockrow.ByRow())
	q.Modify(p.lock)
	return q.All(ctx)
}

// unheld locks rows that nobody holds. It is final where they are enough, or where no other row
// has a piece left: a sold out stock keeps nobody waiting.
func (p postgres) unheld(ctx context.Context, tx *db.Client, o outcome, released int64, enough func([]*db.StockRow) bool) ([]*db.StockRow, bool, error) {
	var rows []*db.StockRow
	for _, limit := range []int{1, game.StockRows} {
		q := stockOf(tx, o).Where(anyLeft(released)).Order(rotated(rand.N(game.StockRows))).Limit(limit)
		q.Modify(func(s *sql.Selector) { s.ForUpdate(sql.WithLockAction(sql.SkipLocked)) })
		var err error
		rows, err = q.All(ctx)
		if err != nil {
			return nil, false, err
		}
		if enough(rows) {
			return rows, true, nil
		}
	}
	left, err := stockOf(tx, o).Where(anyLeft(released)).Count(ctx)
	return rows, left <= len(rows), err
}

// anyLeft leaves out rows of which game.StockRow.Left is 0.
func anyLeft(released int64) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString(fmt.Sprintf(`taken * %d + "row" < `, game.StockRows))
			b.Arg(released)
		}))
	}
}

// rotated orders rows from one on, so that bookings begin at different rows.
func rotated(from int) func(*sql.Selector) {
	return func(s *sql.Selector) {
		s.OrderExpr(sql.Expr(fmt.Sprintf(`("row" + %d) %% %d`, from, game.StockRows)))
	}
}

func (postgres) victim(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01") // serialization failure, deadlock
}

// unwritable: a byte 0, or bytes that are no UTF-8, alone or escaped in JSON.
func (postgres) unwritable(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "22021" || e.Code == "22P05")
}

// away goes by the class of the SQLSTATE: connection exception, insufficient resources, operator
// intervention, system error; or one may not write, as on a standby.
func (postgres) away(err error) bool {
	if e := (*pgconn.PgError)(nil); errors.As(err, &e) {
		return slices.Contains([]string{"08", "53", "57", "58"}, e.Code[:2]) || e.Code == "25006"
	}
	var network net.Error
	return errors.As(err, &network) || pgconn.SafeToRetry(err) || isAny(err,
		context.DeadlineExceeded, driver.ErrBadConn, stdsql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF)
}
