package measure

import (
	"context"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Subject is what is measured: a server that listens, with two campaigns that are open and have
// one long window, and the stores that it uses. The book and Redis are written to.
type Subject struct {
	Addr   string // host:port
	Misses Target // every chance is a miss
	Wins   Target // every chance wins Outcome
	// Outcome is what the wins are, by version 1.
	Outcome game.OutcomeID

	Book   Book
	Albums Albums
	Live   Live
}

// Target is a campaign to spend chances of.
type Target struct {
	ID   game.CampaignID
	Slug string
}

// Book is what is asked of the book directly.
type Book interface {
	CreatePlayer(ctx context.Context, p game.Player) (game.Player, bool, error)
	Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error)
}

// Albums books wins in batches, as the server does.
type Albums interface {
	Book(ctx context.Context, b game.Booking) (game.Booked, error)
}

// Live is what is asked of Redis.
type Live interface {
	Put(ctx context.Context, albums []game.Album) error
	Mark(ctx context.Context, marks []game.Mark) error
	Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, bool, error)
}

// Options are how long and how hard to measure.
type Options struct {
	Each    time.Duration // of every operation
	Clients int           // connections of a load
}
