package main

import (
	"context"

	"github.com/fivefold/fivefold/server/game"
)

// noLive is a Redis that knows nothing, so that the book answers all reads.
type noLive struct{}

// Put keeps nothing.
func (noLive) Put(context.Context, []game.Album) error { return nil }

// Album finds nothing.
func (noLive) Album(context.Context, game.CampaignID, game.PlayerID) (game.Album, bool, error) {
	return game.Album{}, false, nil
}

// BonusMarkOf finds nothing.
func (noLive) BonusMarkOf(context.Context, game.CampaignID, game.PlayerID, int) (int, error) {
	return 0, nil
}

// MarkOf finds nothing.
func (noLive) MarkOf(context.Context, game.CampaignID, game.PlayerID, int) (game.Chance, bool, error) {
	return game.Chance{}, false, nil
}
