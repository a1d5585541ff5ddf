package main

import (
	"context"
	_ "embed"
	"math/rand/v2"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

//go:embed function.sql
var functionSource string

// byFunction books a win by one call of a function in the database.
type byFunction struct {
	byTransaction
}

func newByFunction(ctx context.Context, url string, watch *campaign.Watch) (*byFunction, error) {
	pool, err := rivalPool(ctx, url)
	if err != nil {
		return nil, err
	}
	_, err = pool.Exec(ctx, functionSource)
	return &byFunction{byTransaction{pool, watch}}, err
}

// Book books one win.
func (w *byFunction) Book(ctx context.Context, b game.Booking) (game.Booked, error) {
	v, err := versionOf(w.watch, b)
	if err != nil {
		return game.Booked{}, err
	}
	win, released := b.Wins[0], int64(-1)
	if stock, limited := v.Stock(win.Outcome); limited {
		released = stock.Total
	}
	outcome, _ := v.Odds.Find(win.Outcome)
	a := game.Album{Campaign: b.Campaign, Player: b.Player}
	e := game.Entry{
		Campaign: b.Campaign, Player: b.Player, Kind: game.EntryCard, Chance: win.Chance,
		Outcome: win.Outcome, Version: win.Version, Card: outcome.Card, AcceptedAt: win.AcceptedAt,
	}
	err = w.pool.QueryRow(ctx, `
		SELECT (f.a).n, (f.a).c1, (f.a).c2, (f.a).c3, (f.a).c4, (f.a).c5, f.serial, f.booked_at
		FROM bench_book_win($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS f`,
		string(b.Campaign), string(b.Player), win.Chance.Round, win.Chance.Window, win.Chance.Index,
		string(win.Outcome), outcome.Card, win.Version, win.AcceptedAt, released, rand.IntN(game.StockRows)).
		Scan(&a.N, &a.Counts[0], &a.Counts[1], &a.Counts[2], &a.Counts[3], &a.Counts[4], &e.Serial, &e.BookedAt)
	e.N, a.Last = a.N, win.Chance
	return game.Booked{Album: a, Entries: []game.Entry{e}}, err
}
