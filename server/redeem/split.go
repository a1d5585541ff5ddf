package redeem

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// RootRule is how the redemptions' root is made, in words for those who check it.
const RootRule = `SHA-256 of lp("fivefold/redeemed/v1", campaign, player) one after the other, for each who redeemed, ascending by id`

// WeightRule is how a random split weighs a redemption.
const WeightRule = `the first 4 bytes, big-endian, of HMAC-SHA256(order seed, lp("fivefold/split/v1", campaign, 32 bytes of root, player))`

// ShareRule is what each gets of a random split.
const ShareRule = `pool.floor + floor((pool.amount - redemptions * pool.floor) * weight / weights); the first by order_rule, as many as leftover says, one minor unit more; then at most pool.cap`

// atRandom gives what each of the players gets, who are in the settlement's order, and notes in the
// settlement how it came about. Neither the seed alone, which is as old as the campaign, nor who
// redeemed decides a weight: it takes both.
func atRandom(seed [32]byte, c game.Campaign, root [sha256.Size]byte, players []game.PlayerID, settled *game.Settlement) []int64 {
	weights := make([]uint32, len(players))
	inParts(len(players), func() func(i int) {
		weigh := Weigher(seed, c.ID, root)
		return func(i int) { weights[i] = weigh(players[i]) }
	})
	settled.Root, settled.Weights = hex.EncodeToString(root[:]), game.Sum(weights)
	shares, amounts, byWeight := c.Pool.DivideBy(weights)
	settled.Shares = shares
	if byWeight {
		settled.Split = game.SplitRandom
	}
	return amounts
}

// rootOf gives the root of the redemptions by RootRule.
func rootOf(id game.CampaignID, players []game.PlayerID) [sha256.Size]byte {
	if !slices.IsSorted(players) { // they are, as the book lists them
		players = slices.Sorted(slices.Values(players))
	}
	hash, message := sha256.New(), game.LP{}
	for _, p := range players {
		message = message[:0].Text("fivefold/redeemed/v1").Text(string(id)).Text(string(p))
		hash.Write(message)
	}
	return [sha256.Size]byte(hash.Sum(nil))
}

// Weigher gives the function that weighs a player's redemption by WeightRule; one goroutine may use it.
func Weigher(seed [32]byte, id game.CampaignID, root [sha256.Size]byte) func(game.PlayerID) uint32 {
	mac := hmac.New(sha256.New, seed[:])
	prefix := game.LP{}.Text("fivefold/split/v1").Text(string(id)).Bytes(root[:])
	var sum [sha256.Size]byte
	return func(p game.PlayerID) uint32 {
		mac.Reset()
		mac.Write(prefix.Text(string(p)))
		return binary.BigEndian.Uint32(mac.Sum(sum[:0]))
	}
}
