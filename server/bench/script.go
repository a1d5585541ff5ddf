package main

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

//go:embed script.lua
var scriptSource string

// byScript books a win by one script in Redis and answers without the book: what Redis loses is
// lost.
type byScript struct {
	byTransaction // which has no pool here
	redis         *redis.Client
	script        *redis.Script
}

func newByScript(url string, watch *campaign.Watch) (*byScript, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, err
	}
	options.PoolSize = 64
	return &byScript{byTransaction{watch: watch}, redis.NewClient(options), redis.NewScript(scriptSource)}, nil
}

// Book books one win.
func (w *byScript) Book(ctx context.Context, b game.Booking) (game.Booked, error) {
	v, err := versionOf(w.watch, b)
	if err != nil {
		return game.Booked{}, err
	}
	win, limited := b.Wins[0], 0
	if _, ok := v.Stock(win.Outcome); ok {
		limited = 1
	}
	outcome, _ := v.Odds.Find(win.Outcome)
	keys := []string{"bench:{" + string(b.Player) + "}", "bench:stream", "bench:stock:" + string(win.Outcome)}
	chance := fmt.Sprintf("%d,%d,%d", win.Chance.Round, win.Chance.Window, win.Chance.Index)
	now := time.Now()
	got, err := w.script.Run(ctx, w.redis, keys, chance, string(win.Outcome), outcome.Card, limited, now.UnixMicro()).Int64Slice()
	if err != nil {
		return game.Booked{}, err
	}
	a := game.Album{Campaign: b.Campaign, Player: b.Player, N: got[0], Counts: [game.SetSize]int64(got[1:6]), Last: win.Chance}
	e := game.Entry{
		Campaign: b.Campaign, Player: b.Player, N: a.N, Kind: game.EntryCard, Chance: win.Chance,
		Outcome: win.Outcome, Version: win.Version, Card: outcome.Card, Serial: got[6],
		AcceptedAt: win.AcceptedAt, BookedAt: now,
	}
	return game.Booked{Album: a, Entries: []game.Entry{e}}, nil
}
