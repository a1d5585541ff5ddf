package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/fivefold/fivefold/server/game"
)

// ceiling measures (b): wins beside the same rows in bulk.
func ceiling(ctx context.Context, b *bench) error {
	odds, stock := always()
	s, err := b.newStage(ctx, "ceiling", odds, stock)
	if err != nil {
		return err
	}
	defer s.close()
	ours, err := s.serve(ctx)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "CREATE TABLE bench_rows (LIKE entries INCLUDING ALL)"); err != nil {
		return err
	}
	batch, err := s.meanBatch(ctx, conn, ours)
	if err != nil {
		return err
	}
	bulk := &bulk{stage: s, conn: conn}
	c, err := inTurn(ctx, b.pairs, s.winning(ours, 1000),
		bulk.side(batch, bulk.unnest), bulk.side(batch, bulk.copy), bulk.side(512, bulk.copy))
	if err != nil {
		return err
	}
	for i, what := range []string{"unnest, %d rows a commit: ", "COPY, %d rows a commit: ", "COPY, 512 rows a commit: "} {
		if i < 2 {
			what = fmt.Sprintf(what, batch)
		}
		b.table.add(row{
			letter: "b", what: "wins (with albums, stock and answers)", figure: rate(c.rate(0)),
			beside: "entries alone by " + what + rate(c.rate(i+1)), ratio: spread(c.ratios(0, i+1)),
		})
	}
	return s.booked(ctx)
}

// meanBatch gives how many wins a transaction has under this load.
func (s *stage) meanBatch(ctx context.Context, conn *pgx.Conn, c *child) (int, error) {
	commits := func() (n int64, err error) {
		time.Sleep(1100 * time.Millisecond) // what the sessions have counted is published every second
		err = conn.QueryRow(ctx, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()").Scan(&n)
		return n, err
	}
	before, err := commits()
	if err != nil {
		return 0, err
	}
	perSecond, err := s.winning(c, 1)(ctx, 0)
	if err != nil {
		return 0, err
	}
	after, err := commits()
	return max(1, int(perSecond*s.turn.Seconds())/max(1, int(after-before))), err
}

// bulk writes entries in bulk, on one connection.
type bulk struct {
	*stage
	conn *pgx.Conn
	next int
}

func (w *bulk) side(batch int, write func(context.Context, []game.Entry) error) side {
	return func(ctx context.Context, _ int) (float64, error) {
		rows := make([]game.Entry, batch)
		begun, done := time.Now(), 0
		for time.Since(begun) < w.turn {
			now := time.Now().UTC()
			for i := range rows {
				rows[i] = w.entry(w.next, now)
				w.next++
			}
			if err := write(ctx, rows); err != nil {
				return 0, err
			}
			done += batch
		}
		return float64(done) / time.Since(begun).Seconds(), nil
	}
}

// players of the rows, made beforehand so that their hashing is not measured.
var bulkPlayers = func() []game.PlayerID {
	list := make([]game.PlayerID, crowd)
	for i := range list {
		list[i] = playerID(i)
	}
	return list
}()

func (w *bulk) entry(k int, now time.Time) game.Entry {
	e := game.Entry{
		Campaign: w.campaign.ID, Player: bulkPlayers[k%crowd], N: int64(k/crowd + 1), Kind: game.EntryCard,
		Chance: game.Chance{Round: 1, Window: 1, Index: k/crowd + 1}, Version: 1, Card: k%game.SetSize + 1, AcceptedAt: now, BookedAt: now,
	}
	e.Outcome = cardOutcome(e.Card)
	e.Counts[e.Card-1] = 1
	if e.Card == game.SetSize {
		e.Serial = int64(k + 1)
	}
	return e
}

var entryColumns = []string{
	"campaign", "player", "n", "kind", "round", "window", "index", "outcome", "raw", "version", "card", "serial",
	"c1", "c2", "c3", "c4", "c5", "wildcards", "accepted_at", "booked_at",
}

func entryValues(e game.Entry) []any {
	return []any{
		string(e.Campaign), string(e.Player), e.N, string(e.Kind), e.Chance.Round, e.Chance.Window, e.Chance.Index,
		string(e.Outcome), string(e.Raw), e.Version, e.Card, e.Serial,
		e.Counts[0], e.Counts[1], e.Counts[2], e.Counts[3], e.Counts[4], e.Wildcards, e.AcceptedAt, e.BookedAt,
	}
}

func (w *bulk) copy(ctx context.Context, rows []game.Entry) error {
	n, err := w.conn.CopyFrom(ctx, pgx.Identifier{"bench_rows"}, entryColumns,
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return entryValues(rows[i]), nil }))
	if err == nil && n != int64(len(rows)) {
		err = errors.New("rows are missing")
	}
	return err
}

func (w *bulk) unnest(ctx context.Context, rows []game.Entry) error {
	var players, outcomes []string
	var n, serial []int64
	var index, card []int32
	var counts [game.SetSize][]int16
	for _, e := range rows {
		players, outcomes = append(players, string(e.Player)), append(outcomes, string(e.Outcome))
		n, serial = append(n, e.N), append(serial, e.Serial)
		index, card = append(index, int32(e.Chance.Index)), append(card, int32(e.Card))
		for i := range counts {
			counts[i] = append(counts[i], int16(e.Counts[i]))
		}
	}
	_, err := w.conn.Exec(ctx, `
		INSERT INTO bench_rows (campaign, player, n, kind, round, "window", "index", outcome, version, card, serial,
			c1, c2, c3, c4, c5, accepted_at, booked_at)
		SELECT $1, p, n, 'card', 1, 1, i, o, 1, c, s, c1, c2, c3, c4, c5, $12, $12
		FROM unnest($2::text[], $3::bigint[], $4::int[], $5::text[], $6::int[], $7::bigint[],
			$8::int2[], $9::int2[], $10::int2[], $11::int2[], $13::int2[]) AS r (p, n, i, o, c, s, c1, c2, c3, c4, c5)`,
		string(w.campaign.ID), players, n, index, outcomes, card, serial,
		counts[0], counts[1], counts[2], counts[3], rows[0].BookedAt, counts[4])
	return err
}
