package fairness_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

// vectors are what testdata/reference.py computes by the written scheme.
type vectors struct {
	Secret     hexBytes            `json:"secret"`
	Derived    map[string]hexBytes `json:"derived"`
	ReceiptKey string              `json:"receipt_key"`
	Campaigns  []struct {
		Campaign    game.CampaignID   `json:"campaign"`
		SealedKey   hexBytes          `json:"sealed_key"`
		Commitments []game.Commitment `json:"commitments"`
	} `json:"campaigns"`
	Versions []struct {
		Campaign game.CampaignID `json:"campaign"`
		Document string          `json:"document"`
		Hash     string          `json:"hash"`
	} `json:"versions"`
	Receipts map[string]string `json:"receipts"`
}

type hexBytes []byte

func (b *hexBytes) UnmarshalText(text []byte) (err error) {
	*b, err = hex.DecodeString(string(text))
	return err
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func newKeys(t *testing.T, secret []byte) *fairness.Keys {
	t.Helper()
	k, err := fairness.NewKeys(secret)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestDerivedKeys(t *testing.T) {
	v := readVectors(t)
	keys := newKeys(t, v.Secret)
	for purpose, want := range v.Derived {
		got, err := keys.Derive(purpose)
		if err != nil || hex.EncodeToString(got) != hex.EncodeToString(want) {
			t.Errorf("%s: %x, %v; want %x", purpose, got, err, want)
		}
	}
	if got := keys.ReceiptKey(); got != v.ReceiptKey {
		t.Errorf("receipt key %s, want %s", got, v.ReceiptKey)
	}
}

func TestSeedsAndCommitments(t *testing.T) {
	v := readVectors(t)
	keys := newKeys(t, v.Secret)
	for _, c := range v.Campaigns {
		rounds := len(c.Commitments) - 1
		revealed, err := keys.Commitments(c.Campaign, c.SealedKey, rounds, true)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.Commitments, revealed); diff != "" {
			t.Errorf("%s revealed (-want +got):\n%s", c.Campaign, diff)
		}
		hidden, err := keys.Commitments(c.Campaign, c.SealedKey, rounds, false)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range hidden {
			if want := (game.Commitment{Round: i, Hash: c.Commitments[i].Hash}); got != want {
				t.Errorf("%s hidden: %+v, want %+v", c.Campaign, got, want)
			}
			seed, err := keys.Seed(c.Campaign, c.SealedKey, i)
			if err != nil || hex.EncodeToString(seed[:]) != c.Commitments[i].Seed {
				t.Errorf("%s seed %d: %x, %v", c.Campaign, i, seed, err)
			}
		}
	}
}

func TestVersionHash(t *testing.T) {
	opens := time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)
	v := game.Version{
		Odds: game.Odds{Miss: 749_000_000, Outcomes: []game.Outcome{
			{ID: "harmony", Kind: game.KindCard, Card: 3, Weight: 250_000_000},
			{ID: "dedication", Kind: game.KindCard, Card: 5, Weight: 1_000_000, Fallback: "harmony"},
			{ID: "wildcard", Kind: game.KindWildcard},
		}},
		Guarantee: &game.Guarantee{Every: 12, Weights: []int64{game.Scale, 0, 0}},
		Rounds: []game.Round{{
			Number: 1, OpensAt: opens, ClosesAt: opens.Add(10 * time.Minute), WindowSeconds: 60, Chances: 120, TapsPerSecond: 5,
		}},
		Stocks: []game.Stock{{Outcome: "dedication", Total: 7, Releases: []game.Release{
			{At: opens, Released: 3}, {At: opens.Add(5*time.Minute + 500*time.Millisecond), Released: 7},
		}}},
	}
	for _, want := range readVectors(t).Versions {
		document, hash, err := fairness.Document(want.Campaign, v)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Document, document); diff != "" {
			t.Errorf("%s document (-want +got):\n%s", want.Campaign, diff)
		}
		if hash != want.Hash || fairness.HashVersion(want.Campaign, want.Document) != want.Hash {
			t.Errorf("%s hash %s, want %s", want.Campaign, hash, want.Hash)
		}
	}
}

// entry is what the receipts of the vectors are of.
func entry(index int, n int64, change func(*game.Entry)) game.Entry {
	e := game.Entry{
		Campaign: "c1", Player: "p234567", N: n, Kind: game.EntryCard,
		Chance:  game.Chance{Round: 1, Window: 2, Index: index},
		Outcome: "harmony", Version: 2, Card: 3,
		BookedAt: time.Date(2026, 2, 10, 20, 0, 7, 250_001_000, time.FixedZone("CST", 8*3600)),
	}
	change(&e)
	return e
}

func TestReceipts(t *testing.T) {
	v := readVectors(t)
	keys := newKeys(t, v.Secret)
	public, err := hex.DecodeString(v.ReceiptKey)
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string]game.Entry{
		"card":     entry(64, 1, func(e *game.Entry) { e.Version = 1 }),
		"limited":  entry(65, 2, func(e *game.Entry) { e.Outcome, e.Card, e.Serial = "dedication", 5, 7 }),
		"fallback": entry(66, 3, func(e *game.Entry) { e.Raw = "dedication" }),
		"sold out": entry(67, 4, func(e *game.Entry) { e.Kind, e.Outcome, e.Card, e.Raw = game.EntrySoldOut, "", 0, "dedication" }),
		"cash": entry(68, 5, func(e *game.Entry) {
			e.Kind, e.Outcome, e.Card, e.Serial, e.Amount = game.EntryCash, "packet", 0, 3, 88
		}),
		"voucher": entry(69, 6, func(e *game.Entry) {
			e.Kind, e.Outcome, e.Card, e.Serial, e.Code = game.EntryVoucher, "tea", 0, 12, "SECRET"
		}),
	}
	if len(entries) != len(v.Receipts) {
		t.Errorf("%d entries, %d vectors", len(entries), len(v.Receipts))
	}
	for name, want := range v.Receipts {
		got, err := keys.Sign(entries[name])
		if err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", name, got, err, want)
		}
		r, err := fairness.CheckReceipt(ed25519.PublicKey(public), want)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		e := entries[name]
		if r.Player != e.Player || r.N != e.N || r.Outcome != e.Outcome || r.Raw != e.Raw || r.Serial != e.Serial ||
			r.Amount != e.Amount || r.Index != e.Chance.Index || !r.BookedAt.Equal(e.BookedAt) {
			t.Errorf("%s read as %+v", name, r)
		}
	}
}
