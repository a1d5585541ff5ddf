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

// splitCase is a line of splits.json, which a program made that shares no code with this one.
type splitCase struct {
	Seed     string          `json:"seed"`
	Campaign game.CampaignID `json:"campaign"`
	Pool     int64           `json:"pool"`
	Floor    int64           `json:"floor"`
	Cap      int64           `json:"cap"`
	Split    game.Split      `json:"split"`
	Root     string          `json:"root"`
	Weights  int64           `json:"weights"`
	Leftover int64           `json:"leftover"`
	Overflow int64           `json:"overflow"`
	Shares   []struct {
		Player game.PlayerID `json:"player"`
		Amount int64         `json:"amount"`
	} `json:"shares"`
}

func random(id game.CampaignID, amount, floor, most int64) game.Campaign {
	c := pooled(id, amount, most)
	c.Pool.Split, c.Pool.Floor = game.SplitRandom, floor
	return c
}

func TestSplitIsTheWrittenRule(t *testing.T) {
	b, err := os.ReadFile("testdata/splits.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []splitCase
	if err := json.Unmarshal(b, &cases); err != nil || len(cases) == 0 {
		t.Fatal(err)
	}
	for _, c := range cases {
		var seed [32]byte
		if _, err := hex.Decode(seed[:], []byte(c.Seed)); err != nil {
			t.Fatal(err)
		}
		want := game.Settlement{
			Campaign: c.Campaign, Split: c.Split, Root: c.Root, Weights: c.Weights,
			Shares: game.Shares{Redemptions: int64(len(c.Shares)), Share: c.Floor, Leftover: c.Leftover, Overflow: c.Overflow},
		}
		if c.Split == game.SplitEqual {
			want.Shares.Share = c.Pool / want.Shares.Redemptions
		}
		var players []game.PlayerID
		for _, s := range c.Shares {
			players = append(players, s.Player)
		}
		slices.Sort(players)
		settled, payouts := redeem.Divider(seed)(random(c.Campaign, c.Pool, c.Floor, c.Cap), players)
		if settled != want {
			t.Errorf("%s of %d: %+v, want %+v", c.Campaign, c.Pool, settled, want)
		}
		for i, p := range payouts {
			if p.Player != c.Shares[i].Player || p.Amount != c.Shares[i].Amount || p.Place != int64(i) {
				t.Errorf("%s of %d: payout %d is %+v, want %+v", c.Campaign, c.Pool, i, p, c.Shares[i])
			}
		}
	}
}

func TestRandomSplitSumsToThePool(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var seed [32]byte
		copy(seed[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		amount := rapid.Int64Range(0, 1e15).Draw(t, "amount")
		c := random("c1", amount, 0, rapid.SampledFrom([]int64{0, amount / 3, amount}).Draw(t, "cap"))
		players := rapid.SliceOfDistinct(rapid.Custom(func(t *rapid.T) game.PlayerID {
			return game.PlayerID(rapid.StringMatching(`p[a-z2-7]{4}`).Draw(t, "player"))
		}), rapid.ID).Draw(t, "players")
		most := amount
		if c.Pool.Cap > 0 {
			most = c.Pool.Cap
		}
		c.Pool.Floor = rapid.Int64Range(0, most).Draw(t, "floor")
		settled, payouts := redeem.Divider(seed)(c, slices.Clone(players))
		feasible := len(players) > 0 && c.Pool.Floor <= amount/int64(len(players))
		if feasible != (settled.Split == game.SplitRandom) {
			t.Fatalf("%s, with a floor of %d of %d for %d", settled.Split, c.Pool.Floor, amount, len(players))
		}
		sum := settled.Shares.Overflow
		for i, p := range payouts {
			sum += p.Amount
			if feasible && p.Amount < c.Pool.Floor || c.Pool.Cap > 0 && p.Amount > c.Pool.Cap {
				t.Errorf("place %d gets %d, with a floor of %d and a cap of %d", i, p.Amount, c.Pool.Floor, c.Pool.Cap)
			}
		}
		if sum != amount || len(payouts) != len(players) {
			t.Errorf("%d shares and overflow are %d, the pool %d", len(payouts), sum, amount)
		}
		// The shares hang on the seed and the players, not on how they were listed.
		shuffled := rapid.Permutation(players).Draw(t, "shuffled")
		same, again := redeem.Divider(seed)(c, shuffled)
		if diff := cmp.Diff(payouts, again); diff != "" || same != settled {
			t.Errorf("listed in another order: %+v after %+v (-first +second):\n%s", same, settled, diff)
		}
	})
}

// One redemption more weighs all of them anew: who holds the seed cannot tell a share before the seal.
func TestAnotherRedemptionChangesTheWeights(t *testing.T) {
	players := []game.PlayerID{"p1", "p2", "p3"}
	before, _ := redeem.Divider([32]byte{9})(random("c1", 1e6, 0, 0), players)
	after, _ := redeem.Divider([32]byte{9})(random("c1", 1e6, 0, 0), append(players, "p4"))
	if before.Root == after.Root || after.Weights-before.Weights > 1<<32 || after.Weights == before.Weights {
		t.Errorf("%+v and then %+v", before, after)
	}
}
