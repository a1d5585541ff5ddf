package redeem_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

func pooled(id game.CampaignID, amount, most int64) game.Campaign {
	return game.Campaign{ID: id, Pool: game.Pool{Amount: amount, Currency: "CNY", Split: game.SplitEqual, Cap: most}}
}

// places gives the players of payouts in their order, and checks that the places count up.
func places(t interface{ Errorf(string, ...any) }, payouts []game.Payout) []game.PlayerID {
	players := []game.PlayerID{}
	for i, p := range payouts {
		if p.Place != int64(i) {
			t.Errorf("payout %d has place %d", i, p.Place)
		}
		players = append(players, p.Player)
	}
	return players
}

func TestOrderIsTheWrittenRule(t *testing.T) {
	b, err := os.ReadFile("testdata/orders.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Seed     string          `json:"seed"`
		Campaign game.CampaignID `json:"campaign"`
		Order    []game.PlayerID `json:"order"`
	}
	if err := json.Unmarshal(b, &cases); err != nil || len(cases) == 0 {
		t.Fatal(err)
	}
	for _, c := range cases {
		var seed [32]byte
		if _, err := hex.Decode(seed[:], []byte(c.Seed)); err != nil {
			t.Fatal(err)
		}
		sorted := slices.Sorted(slices.Values(c.Order))
		_, payouts := redeem.Divider(seed)(pooled(c.Campaign, 100, 0), sorted)
		if diff := cmp.Diff(c.Order, places(t, payouts)); diff != "" {
			t.Errorf("%s with seed %s (-want +got):\n%s", c.Campaign, c.Seed, diff)
		}
	}
}

func TestLeftoverGoesToTheFirstPlaces(t *testing.T) {
	players := []game.PlayerID{"p1", "p2", "p3", "p4"}
	settled, payouts := redeem.Divider([32]byte{9})(pooled("c1", 1003, 0), players)
	if want := (game.Settlement{Campaign: "c1", Split: game.SplitEqual, Shares: game.Shares{Redemptions: 4, Share: 250, Leftover: 3}}); settled != want {
		t.Errorf("settlement %+v, want %+v", settled, want)
	}
	for i, want := range []int64{251, 251, 251, 250} {
		p := payouts[i]
		if p.Amount != want || p.Campaign != "c1" || p.Currency != "CNY" || p.State != game.PayoutPending {
			t.Errorf("payout %d: %+v, want %d", i, p, want)
		}
	}
}

func TestDividerSumsToThePool(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var seed [32]byte
		copy(seed[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		c := pooled("c1", rapid.Int64Range(0, 1e15).Draw(t, "amount"), 0)
		c.Pool.Cap = rapid.SampledFrom([]int64{0, c.Pool.Amount / 3, c.Pool.Amount}).Draw(t, "cap")
		players := rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) game.PlayerID {
			return game.PlayerID(rapid.StringMatching(`p[a-z2-7]{4}`).Draw(t, "player"))
		}), rapid.ID).Draw(t, "players")

		settled, payouts := redeem.Divider(seed)(c, slices.Clone(players))
		sum := settled.Shares.Overflow
		for i, p := range payouts {
			sum += p.Amount
			if i > 0 && p.Amount > payouts[i-1].Amount {
				t.Errorf("place %d gets more than the one before it", i)
			}
			if c.Pool.Cap > 0 && p.Amount > c.Pool.Cap {
				t.Errorf("place %d gets %d, above the cap of %d", i, p.Amount, c.Pool.Cap)
			}
		}
		if sum != c.Pool.Amount {
			t.Errorf("shares and overflow are %d, the pool %d", sum, c.Pool.Amount)
		}
		got := places(t, payouts)
		if diff := cmp.Diff(slices.Sorted(slices.Values(players)), slices.Sorted(slices.Values(got)), cmp.Transformer("empty", noNil)); diff != "" {
			t.Errorf("players (-want +got):\n%s", diff)
		}
		// The order hangs on the seed and the players, not on how they were listed.
		shuffled := rapid.Permutation(players).Draw(t, "shuffled")
		_, again := redeem.Divider(seed)(c, shuffled)
		if diff := cmp.Diff(payouts, again); diff != "" {
			t.Errorf("listed in another order (-first +second):\n%s", diff)
		}
	})
}

// noNil lets an empty list equal an absent one.
func noNil(players []game.PlayerID) map[game.PlayerID]bool {
	m := map[game.PlayerID]bool{}
	for _, p := range players {
		m[p] = true
	}
	return m
}

func TestNobodyRedeemed(t *testing.T) {
	settled, payouts := redeem.Divider([32]byte{})(pooled("c1", 500, 0), nil)
	if settled.Shares != (game.Shares{Overflow: 500}) || len(payouts) != 0 {
		t.Errorf("%+v, %v; want all of it to overflow", settled.Shares, payouts)
	}
}
