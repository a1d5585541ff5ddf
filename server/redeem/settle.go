package redeem

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"runtime"
	"slices"
	"sync"

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
			amounts = atRandom(seed, c, rootOf(c.ID, players), sorted, &settled)
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
	list := make([]ranked, len(players))
	inParts(len(players), func() func(i int) {
		mac, prefix := hmac.New(sha256.New, seed[:]), game.LP{}.Text("fivefold/order/v1").Text(string(id))
		return func(i int) {
			mac.Reset()
			mac.Write(prefix.Text(string(players[i])))
			list[i].player = players[i]
			mac.Sum(list[i].rank[:0])
		}
	})
	slices.SortFunc(list, func(a, b ranked) int { return bytes.Compare(a.rank[:], b.rank[:]) })
	sorted := make([]game.PlayerID, len(list))
	for i, r := range list {
		sorted[i] = r.player
	}
	return sorted
}

// inParts does something for each place below n, on all processors at once: a transaction waits for it. begin
// gives what does it for the places of one part, one after the other.
func inParts(n int, begin func() func(i int)) {
	size := n/runtime.GOMAXPROCS(0) + 1
	var work sync.WaitGroup
	for from := 0; from < n; from += size {
		work.Go(func() {
			do := begin()
			for i := from; i < min(from+size, n); i++ {
				do(i)
			}
		})
	}
	work.Wait()
}
