package pick

import "github.com/fivefold/fivefold/server/game"

// Seed is the secret of a round, from which all its draws follow.
type Seed [32]byte

// Identity is whose chance it is: the parts of a draw's message that stay the same over a
// campaign.
type Identity struct {
	Campaign   game.CampaignID
	Player     game.PlayerID
	ClientSeed [32]byte
}
