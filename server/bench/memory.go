package main

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
)

// memory measures (e): all that Redis keeps of a player who has won and shaken.
func memory(ctx context.Context, b *bench) error {
	s, err := b.newStage(ctx, "memory", hardlyEver())
	if err != nil {
		return err
	}
	defer s.close()
	l, err := s.live(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	options, err := redis.ParseURL(s.redis)
	if err != nil {
		return err
	}
	c := redis.NewClient(options)
	defer c.Close()
	const players = 200_000
	before, _, err := redisFact(ctx, c, "memory", "used_memory")
	if err != nil {
		return err
	}
	for first := 0; first < players; first += 1000 {
		if err := s.fill(ctx, l, first, first+1000); err != nil {
			return err
		}
	}
	after, _, err := redisFact(ctx, c, "memory", "used_memory")
	if err != nil {
		return err
	}
	each := (after - before) / players
	b.table.add(row{
		"e", "Redis for an active player: album, marks of two rounds", fmt.Sprintf("%.0f bytes", each),
		fmt.Sprintf("%s players", count(players)), "", "≤ 300 bytes", reached(each <= 300),
	})
	return nil
}

// fill puts live albums and marks of players first..end-1.
func (s *stage) fill(ctx context.Context, l *live.Live, first, end int) error {
	var albums []game.Album
	var marks []game.Mark
	for i := first; i < end; i++ {
		p := playerID(i)
		albums = append(albums, game.Album{
			Campaign: s.campaign.ID, Player: p, N: 137, Counts: [game.SetSize]int64{31, 28, 40, 35, 3},
			Last: game.Chance{Round: 3, Window: 118, Index: 57},
		})
		for round := 2; round <= 3; round++ {
			marks = append(marks, game.Mark{Campaign: s.campaign.ID, Player: p, Chance: game.Chance{Round: round, Window: 121, Index: 42}})
		}
	}
	if err := l.Put(ctx, albums); err != nil {
		return err
	}
	return l.Mark(ctx, marks)
}
