package book

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// pipelineDesk books on one connection and sends the statements of a step together, so that a step
// is one round trip. The server runs them one after another all the same, each with a snapshot of
// its own, so what stands after a lock sees what the lock has waited for.
type pipelineDesk struct {
	conn  *stdsql.Conn
	ent   *db.Client
	begun bool // there is a transaction to end
}

func (postgres) desk(ctx context.Context, b *Book) (desk, error) {
	conn, err := b.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	client := db.NewClient(db.Driver(sql.NewDriver(dialect.Postgres, sql.Conn{ExecQuerier: conn})))
	return &pipelineDesk{conn: conn, ent: client}, nil
}

func (d *pipelineDesk) client() *db.Client { return d.ent }

// send runs a batch on the connection itself; read takes the results in order.
func (d *pipelineDesk) send(ctx context.Context, batch *pgx.Batch) error {
	return d.conn.Raw(func(c any) error {
		return c.(*stdlib.Conn).Conn().SendBatch(ctx, batch).Close()
	})
}

// exec runs one statement without a result.
func (d *pipelineDesk) exec(ctx context.Context, statement string) error {
	_, err := d.conn.ExecContext(ctx, statement)
	return err
}

// open locks the albums that there are, which nearly always is all of them. Where it is not, it
// begins again and makes the others: all locks have to be taken in one order.
func (d *pipelineDesk) open(ctx context.Context, id game.CampaignID, players []game.PlayerID) (opened, error) {
	o, err := d.begin(ctx, id, players, lockAlbumsSQL)
	if err == nil && len(o.albums) < len(players) {
		if err = d.exec(ctx, "ROLLBACK"); err == nil {
			o, err = d.begin(ctx, id, players, makeAlbumsSQL)
		}
	}
	if err != nil {
		return o, fmt.Errorf("pass the gate and lock albums: %w", err)
	}
	return o, nil
}

func (d *pipelineDesk) begin(ctx context.Context, id game.CampaignID, players []game.PlayerID, lockSQL string) (opened, error) {
	var o opened
	known := false
	var batch pgx.Batch
	batch.Queue("BEGIN")
	batch.Queue("SELECT pg_advisory_xact_lock_shared($1)", gateKey(id))
	batch.Queue(`
		SELECT c.state, c.opens_at, c.closes_at, c.pool_currency, c.shadow_of, clock_timestamp() + s.clock_offset * interval '1 microsecond'
		FROM campaigns AS c, settings AS s WHERE c.id = $1 AND s.id = $2`, string(id), settingID).
		Query(func(rows pgx.Rows) error {
			var state, currency, shadowOf string
			var opens, closes *time.Time
			_, err := pgx.ForEachRow(rows, []any{&state, &opens, &closes, &currency, &shadowOf, &o.now}, func() error {
				o.campaign = game.Campaign{
					ID: id, State: game.State(state), OpensAt: orZero(opens), ClosesAt: orZero(closes),
					Pool: game.Pool{Currency: currency}, ShadowOf: game.CampaignID(shadowOf),
				}
				o.now, known = o.now.UTC(), true
				return nil
			})
			return err
		})
	batch.Queue(byIndexSQL)
	batch.Queue(lockSQL, string(id), texts(players)).Query(func(rows pgx.Rows) (err error) {
		o.albums, err = pgx.CollectRows(rows, albumOfRow(id))
		return err
	})
	d.begun = true
	err := d.send(ctx, &batch)
	if err == nil && !known {
		err = orUnknown(&db.NotFoundError{})
	}
	return o, err
}

func albumOfRow(id game.CampaignID) pgx.RowToFunc[game.Album] {
	return func(row pgx.CollectableRow) (game.Album, error) {
		a := game.Album{Campaign: id}
		c := &a.Counts
		return a, row.Scan(&a.Player, &a.N, &c[0], &c[1], &c[2], &c[3], &c[4], &a.Wildcards, &a.Redeemed,
			&a.Last.Round, &a.Last.Window, &a.Last.Index)
	}
}

// stock tries one row of each outcome, which nearly always is enough, or all that there is. Where
// it is not, it gives all back, so that it holds nothing that another waits for, and takes one
// outcome after another.
func (d *pipelineDesk) stock(ctx context.Context, wants []want) ([][]*db.StockRow, error) {
	locked := make([][]*db.StockRow, len(wants))
	final := true
	var batch pgx.Batch
	batch.Queue("SAVEPOINT outcomes")
	for i, w := range wants {
		queueStockRow(&batch, w, func(rows []*db.StockRow, left int) {
			locked[i] = rows
			final = final && (left <= len(rows) || w.enough(rows))
		})
	}
	if err := d.send(ctx, &batch); err != nil {
		return nil, fmt.Errorf("take stock: %w", err)
	}
	if final {
		return locked, nil
	}
	if err := d.exec(ctx, "ROLLBACK TO SAVEPOINT outcomes"); err != nil {
		return nil, fmt.Errorf("give stock back: %w", err)
	}
	return stockInTurn(ctx, postgres{}, d.ent, wants)
}

func (d *pipelineDesk) save(ctx context.Context, w written) error {
	var batch pgx.Batch
	if len(w.entries) > 0 {
		queueStock(&batch, w.stock)
		queueEntries(&batch, w.entries)
		queueAlbums(&batch, w.albums)
		queuePayouts(&batch, w.payouts)
	}
	batch.Queue("COMMIT")
	if err := d.send(ctx, &batch); err != nil {
		return fmt.Errorf("write entries: %w", err)
	}
	d.begun = false
	return d.conn.Close()
}

// cancel ends the transaction also where ctx has ended. A connection on which that fails is not
// used again: PostgreSQL ends the transaction with it.
func (d *pipelineDesk) cancel(ctx context.Context) error {
	if d.begun {
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), cancelTime)
		defer stop()
		if d.exec(ctx, "ROLLBACK") != nil {
			_ = d.conn.Raw(func(any) error { return driver.ErrBadConn })
		}
		d.begun = false
	}
	if err := d.conn.Close(); !errors.Is(err, stdsql.ErrConnDone) {
		return err
	}
	return nil
}

const cancelTime = 2 * time.Second
