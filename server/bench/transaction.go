package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// rivalConnections is how many the usual ways use; more made them slower.
const rivalConnections = 32

// byTransaction books a win as it is usually done: a transaction for each request, which locks
// the player's album, takes a piece of stock, inserts the entry and updates the album, in
// prepared statements on connections of a pool.
type byTransaction struct {
	pool  *pgxpool.Pool
	watch *campaign.Watch
}

func newByTransaction(ctx context.Context, url string, watch *campaign.Watch) (*byTransaction, error) {
	pool, err := rivalPool(ctx, url)
	return &byTransaction{pool, watch}, err
}

func rivalPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = rivalConnections
	return pgxpool.NewWithConfig(ctx, config)
}

// Read is not asked for by draws that are in their window.
func (byTransaction) Read(context.Context, game.CampaignID, game.PlayerID, int64) (game.Album, error) {
	return game.Album{}, errors.New("not of the comparison")
}

// Book books one win.
func (w *byTransaction) Book(ctx context.Context, b game.Booking) (game.Booked, error) {
	var booked game.Booked
	v, err := versionOf(w.watch, b)
	if err != nil {
		return booked, err
	}
	err = pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		a, now, err := lockAlbum(ctx, tx, b)
		if err != nil {
			return err
		}
		win := b.Wins[0]
		serials := game.Serials{}
		if stock, limited := v.Stock(win.Outcome); limited {
			if serials[win.Outcome], err = takeSerial(ctx, tx, b.Campaign, win.Outcome, stock.Released(now)); err != nil {
				return err
			}
		}
		e, err := game.BookWin(&v.Version, win, serials, &a, now)
		if err != nil {
			return err
		}
		booked = game.Booked{Album: a, Entries: []game.Entry{e}}
		return save(ctx, tx, e, a)
	})
	return booked, err
}

func versionOf(watch *campaign.Watch, b game.Booking) (*game.SavedVersion, error) {
	for _, run := range watch.All() {
		if run.ID == b.Campaign && len(b.Wins) == 1 {
			return run.Versions[b.Wins[0].Version-1], nil
		}
	}
	return nil, fmt.Errorf("one win of a campaign is booked at a time, not %d of %s", len(b.Wins), b.Campaign)
}

// lockAlbum also sees to the campaign's state and gives the database's time. A player's first win
// makes the album.
func lockAlbum(ctx context.Context, tx pgx.Tx, b game.Booking) (game.Album, time.Time, error) {
	a := game.Album{Campaign: b.Campaign, Player: b.Player}
	var now time.Time
	look := func() error {
		return tx.QueryRow(ctx, `
			SELECT n, a.c1, a.c2, a.c3, a.c4, a.c5, wildcards, redeemed, last_round, last_window, last_index, clock_timestamp()
			FROM albums AS a JOIN campaigns AS c ON c.id = a.campaign AND c.state IN ('open', 'closed')
			WHERE a.campaign = $1 AND a.player = $2 FOR UPDATE OF a`, string(b.Campaign), string(b.Player)).
			Scan(&a.N, &a.Counts[0], &a.Counts[1], &a.Counts[2], &a.Counts[3], &a.Counts[4], &a.Wildcards, &a.Redeemed,
				&a.Last.Round, &a.Last.Window, &a.Last.Index, &now)
	}
	err := look()
	if errors.Is(err, pgx.ErrNoRows) {
		if _, err = tx.Exec(ctx, `INSERT INTO albums (campaign, player) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
			string(b.Campaign), string(b.Player)); err != nil {
			return a, now, err
		}
		err = look()
	}
	return a, now.UTC(), err
}

// takeSerial takes a piece from a row that nobody holds, or waits for one where all are held.
func takeSerial(ctx context.Context, tx pgx.Tx, id game.CampaignID, outcome game.OutcomeID, released int64) ([]int64, error) {
	var row, taken int64
	var err error
	for _, held := range []string{"SKIP LOCKED", ""} {
		err = tx.QueryRow(ctx, `
			UPDATE stock_rows SET taken = taken + 1 WHERE id = (
				SELECT id FROM stock_rows WHERE campaign = $1 AND outcome = $2 AND taken * 16 + "row" < $3
				ORDER BY ("row" + $4) % 16 LIMIT 1 FOR UPDATE `+held+`)
			RETURNING "row", taken`, string(id), string(outcome), released, rand.IntN(game.StockRows)).Scan(&row, &taken)
		if !errors.Is(err, pgx.ErrNoRows) {
			break
		}
	}
	return []int64{(taken-1)*game.StockRows + row + 1}, err
}

func save(ctx context.Context, tx pgx.Tx, e game.Entry, a game.Album) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO entries (campaign, player, n, kind, round, "window", "index", outcome, raw, version, card, serial,
			c1, c2, c3, c4, c5, wildcards, accepted_at, booked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		string(e.Campaign), string(e.Player), e.N, string(e.Kind), e.Chance.Round, e.Chance.Window, e.Chance.Index,
		string(e.Outcome), string(e.Raw), e.Version, e.Card, e.Serial,
		e.Counts[0], e.Counts[1], e.Counts[2], e.Counts[3], e.Counts[4], e.Wildcards, e.AcceptedAt, e.BookedAt)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		UPDATE albums SET n = $3, c1 = $4, c2 = $5, c3 = $6, c4 = $7, c5 = $8, wildcards = $9,
			last_round = $10, last_window = $11, last_index = $12
		WHERE campaign = $1 AND player = $2`,
		string(a.Campaign), string(a.Player), a.N, a.Counts[0], a.Counts[1], a.Counts[2], a.Counts[3], a.Counts[4],
		a.Wildcards, a.Last.Round, a.Last.Window, a.Last.Index)
	return err
}
