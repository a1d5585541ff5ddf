package book

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// In bulk, a statement takes arrays, a column each, however many rows there are: a tenth of what
// a parameter for each value of each row costs this process, and the same text for every batch.

// byIndexSQL keeps the planner from reading a table from end to end: what it plans when albums are
// few is still used when they are many.
const byIndexSQL = "SET LOCAL enable_seqscan = off"

// lockAlbumsSQL locks the albums that there are of players, which are sorted, one after another.
const lockAlbumsSQL = `
	SELECT a.* FROM unnest($2::text[]) AS p CROSS JOIN LATERAL (
		SELECT ` + albumColumns + ` FROM albums WHERE campaign = $1 AND player = p FOR UPDATE) AS a`

// makeAlbumsSQL locks the albums of players in the same order and makes those that are missing. It
// writes every album anew, which lockAlbumsSQL does not.
const makeAlbumsSQL = `
	INSERT INTO albums (campaign, player)
	SELECT $1, p FROM unnest($2::text[]) AS p ORDER BY p COLLATE "C"
	ON CONFLICT (campaign, player) DO UPDATE SET n = albums.n
	RETURNING ` + albumColumns

// queueStockRow locks a row of an outcome's stock that has something left and that nobody holds,
// and tells how many rows have something left.
func queueStockRow(batch *pgx.Batch, w want, found func(rows []*db.StockRow, left int)) {
	var locked []*db.StockRow
	of := []any{string(w.campaign), string(w.id), int64(game.StockRows), w.released}
	batch.Queue(`
		SELECT id, "row", taken FROM stock_rows
		WHERE campaign = $1 AND outcome = $2 AND taken * $3 + "row" < $4
		ORDER BY ("row" + $5) % $3 LIMIT 1 FOR UPDATE SKIP LOCKED`, append(of, rand.Int64N(game.StockRows))...).
		Query(func(rows pgx.Rows) error {
			var row db.StockRow
			_, err := pgx.ForEachRow(rows, []any{&row.ID, &row.Row, &row.Taken}, func() error {
				locked = append(locked, &row)
				return nil
			})
			return err
		})
	batch.Queue(`
		SELECT count(*) FROM stock_rows
		WHERE campaign = $1 AND outcome = $2 AND taken * $3 + "row" < $4`, of...).
		QueryRow(func(row pgx.Row) error {
			left := 0
			err := row.Scan(&left)
			found(locked, left)
			return err
		})
}

func queueStock(batch *pgx.Batch, rows []*db.StockRow) {
	if len(rows) == 0 {
		return
	}
	ids, taken := make([]int64, len(rows)), make([]int64, len(rows))
	for i, row := range rows {
		ids[i], taken[i] = row.ID, row.Taken
	}
	batch.Queue(`
		UPDATE stock_rows AS s SET taken = v.taken
		FROM unnest($1::bigint[], $2::bigint[]) AS v (id, taken) WHERE s.id = v.id`, ids, taken)
}

func queueEntries(batch *pgx.Batch, entries []game.Entry) {
	n := len(entries)
	players, kinds, outcomes, raws := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	ns, serials, amounts := make([]int64, n), make([]int64, n), make([]int64, n)
	rounds, windows, indexes, versions := make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	var counts [game.SetSize][]int16
	for i := range counts {
		counts[i] = make([]int16, n)
	}
	cards, wildcards := make([]int16, n), make([]int16, n)
	accepted, booked := make([]time.Time, n), make([]time.Time, n)
	for i, e := range entries {
		players[i], kinds[i], outcomes[i], raws[i] = string(e.Player), string(e.Kind), string(e.Outcome), string(e.Raw)
		ns[i], serials[i], amounts[i] = e.N, e.Serial, e.Amount
		rounds[i], windows[i], indexes[i] = int32(e.Chance.Round), int32(e.Chance.Window), int32(e.Chance.Index)
		versions[i], cards[i], wildcards[i] = int32(e.Version), int16(e.Card), int16(e.Wildcards)
		for j := range counts {
			counts[j][i] = int16(e.Counts[j])
		}
		accepted[i], booked[i] = e.AcceptedAt, e.BookedAt
	}
	batch.Queue(`
		INSERT INTO entries (campaign, player, n, kind, round, "window", "index", outcome, raw, version, card, serial,
			c1, c2, c3, c4, c5, wildcards, accepted_at, booked_at, amount)
		SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[],
			$10::int[], $11::int2[], $12::bigint[], $13::int2[], $14::int2[], $15::int2[], $16::int2[], $17::int2[], $18::int2[],
			$19::timestamptz[], $20::timestamptz[], $21::bigint[])`,
		string(entries[0].Campaign), players, ns, kinds, rounds, windows, indexes, outcomes, raws,
		versions, cards, serials, counts[0], counts[1], counts[2], counts[3], counts[4], wildcards, accepted, booked, amounts)
}

func queueAlbums(batch *pgx.Batch, albums []*game.Album) {
	n := len(albums)
	players, redeemed := make([]string, n), make([]bool, n)
	var totals [2 + game.SetSize][]int64 // n, counts, wildcards
	for i := range totals {
		totals[i] = make([]int64, n)
	}
	var last [3][]int32
	for i := range last {
		last[i] = make([]int32, n)
	}
	for i, a := range albums {
		players[i], redeemed[i] = string(a.Player), a.Redeemed
		totals[0][i], totals[1+game.SetSize][i] = a.N, a.Wildcards
		for j, count := range a.Counts {
			totals[1+j][i] = count
		}
		last[0][i], last[1][i], last[2][i] = int32(a.Last.Round), int32(a.Last.Window), int32(a.Last.Index)
	}
	batch.Queue(`
		INSERT INTO albums (campaign, player, n, c1, c2, c3, c4, c5, wildcards, redeemed, last_round, last_window, last_index)
		SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
			$9::bigint[], $10::bool[], $11::int[], $12::int[], $13::int[])
		ON CONFLICT (campaign, player) DO UPDATE SET n = excluded.n,
			c1 = excluded.c1, c2 = excluded.c2, c3 = excluded.c3, c4 = excluded.c4, c5 = excluded.c5,
			wildcards = excluded.wildcards, redeemed = excluded.redeemed,
			last_round = excluded.last_round, last_window = excluded.last_window, last_index = excluded.last_index`,
		string(albums[0].Campaign), players, totals[0], totals[1], totals[2], totals[3], totals[4], totals[5], totals[6],
		redeemed, last[0], last[1], last[2])
}

// payChunk is how many payouts a statement takes: a few megabytes of it.
const payChunk = 20_000

func (postgres) pay(ctx context.Context, tx *db.Client, payouts []game.Payout) error {
	for chunk := range slices.Chunk(payouts, payChunk) {
		if _, err := tx.ExecContext(ctx, paySQL, payColumns(chunk)...); err != nil {
			return err
		}
	}
	return nil
}

func queuePayouts(batch *pgx.Batch, payouts []game.Payout) {
	if len(payouts) > 0 {
		batch.Queue(paySQL, payColumns(payouts)...)
	}
}

const paySQL = `
	INSERT INTO payouts (campaign, player, n, place, amount, currency, state)
	SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[])`

func payColumns(payouts []game.Payout) []any {
	n := len(payouts)
	campaigns, players := make([]string, n), make([]string, n)
	ns, places, amounts := make([]int64, n), make([]int64, n), make([]int64, n)
	currencies, states := make([]string, n), make([]string, n)
	for i, p := range payouts {
		campaigns[i], players[i], ns[i], places[i] = string(p.Campaign), string(p.Player), p.N, p.Place
		amounts[i], currencies[i], states[i] = p.Amount, p.Currency, string(p.State)
	}
	return []any{campaigns, players, ns, places, amounts, currencies, states}
}

// texts are ids as the driver knows them best.
func texts(ids []game.PlayerID) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}
