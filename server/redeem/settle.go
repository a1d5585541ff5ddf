package redeem

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// OrderRule is how the settlement's order is made, in words for those who check it.
const OrderRule = `ascending HMAC-SHA256(order seed, lp("fivefold/order/v1", campaign, player))`

// Divider gives the function that shares out a campaign's pool over its redemptions, in the order
// that the seed makes. The seed was committed to before the first round, so nobody could choose
// who gets a leftover cent.
func Divider(seed [32]byte) func(game.Campaign, []game.PlayerID) (game.Settlement, []game.Payout) {
	return func(c game.Campaign, players []game.PlayerID) (game.Settlement, []game.Payout) {
		settled := game.Settlement{Campaign: c.ID, Split: game.SplitEqual}
		sorted := order(seed, c.ID, players)
		var amounts []int64
		if c.Pool.Split == game.SplitRandom {
			amounts = atRandom(seed, c, sorted, &settled)
		} else {
			settled.Shares = c.Pool.Divide(int64(len(sorted)))
		}
		payouts := make([]game.Payout, len(sorted))
		for i, p := range sorted {
			place := int64(i)
			payouts[i] = game.Payout{
				Campaign: c.ID, Player: p, Place: place, Amount: settled.Shares.Of(place),
				Currency: c.Pool.Currency, State: game.PayoutPending,
			}
			if amounts != nil {
				payouts[i].Amount = amounts[i]
			}
		}
		return settled, payouts
	}
}

// order sorts the players by OrderRule.
func order(seed [32]byte, id game.CampaignID, players []game.PlayerID) []game.PlayerID {
	type ranked struct {
		rank   [sha256.Size]byte
		player game.PlayerID
	}
	mac := hmac.New(sha256.New, seed[:])
	prefix := game.LP{}.Text("fivefold/order/v1").Text(string(id))
	list := make([]ranked, len(players))
	for i, p := range players {
		mac.Reset()
		mac.Write(prefix.Text(string(p)))
		list[i].player = p
		mac.Sum(list[i].rank[:0])
	}
	slices.SortFunc(list, func(a, b ranked) int { return bytes.Compare(a.rank[:], b.rank[:]) })
	sorted := make([]game.PlayerID, len(list))
	for i, r := range list {
		sorted[i] = r.player
	}
	return sorted
}
