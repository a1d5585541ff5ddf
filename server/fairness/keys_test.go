package fairness_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

var (
	secret = bytes.Repeat([]byte{1}, 32)
	other  = bytes.Repeat([]byte{2}, 32)
)

func TestShortSecretIsRefused(t *testing.T) {
	for _, n := range []int{0, 1, 31} {
		if _, err := fairness.NewKeys(make([]byte, n)); err == nil {
			t.Errorf("a secret of %d bytes was taken", n)
		}
	}
}

func TestCampaignKeysDiffer(t *testing.T) {
	keys := newKeys(t, secret)
	seen := map[[32]byte]bool{}
	for range 20 {
		// Each of a campaign of its own: opened seeds are kept by campaign.
		id := game.CampaignID(strings.Repeat("c", len(seen)+1))
		sealed, err := keys.NewCampaignKey(id)
		if err != nil {
			t.Fatal(err)
		}
		seed, err := keys.Seed(id, sealed, 1)
		if err != nil || seen[seed] {
			t.Errorf("%s: seed %x, %v", id, seed, err)
		}
		seen[seed] = true
	}
}

func TestSealedKeyOpensForItsOwnOnly(t *testing.T) {
	sealed, err := newKeys(t, secret).NewCampaignKey("c1")
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(sealed)
	changed[20] ^= 1
	for _, c := range []struct {
		name   string
		secret []byte
		id     game.CampaignID
		sealed []byte
		says   string
	}{
		{"as it was made", secret, "c1", sealed, ""},
		{"of another campaign", secret, "c2", sealed, "c2"},
		{"under another secret", other, "c1", sealed, "FIVEFOLD_SECRET"},
		{"changed", secret, "c1", changed, "c1"},
		{"cut off in its key", secret, "c1", sealed[:40], "c1"},
		{"cut off in its nonce", secret, "c1", sealed[:5], "cut off"},
		{"absent", secret, "c1", nil, "cut off"},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys := newKeys(t, c.secret) // a new one each time: opened seeds are kept
			seed, err := keys.Seed(c.id, c.sealed, 1)
			_, commitErr := keys.Commitments(c.id, c.sealed, 2, true)
			if c.says == "" {
				if err != nil || commitErr != nil || seed == (fairness.Seed{}) {
					t.Errorf("%x, %v, %v", seed, err, commitErr)
				}
				return
			}
			for _, err := range []error{err, commitErr} {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("%v, want an error that names %s", err, c.says)
				}
			}
			if seed != (fairness.Seed{}) {
				t.Errorf("seed %x with an error", seed)
			}
		})
	}
}

func TestWrongReceipts(t *testing.T) {
	keys := newKeys(t, secret)
	public := func(k *fairness.Keys) ed25519.PublicKey {
		b, err := hex.DecodeString(k.ReceiptKey())
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	mine, err := keys.Sign(entry(1, 1, func(*game.Entry) {}))
	if err != nil {
		t.Fatal(err)
	}
	better, err := keys.Sign(entry(1, 1, func(e *game.Entry) { e.Outcome = "dedication" }))
	if err != nil {
		t.Fatal(err)
	}
	statement, signature, _ := strings.Cut(mine, ".")
	wished, _, _ := strings.Cut(better, ".")
	for name, c := range map[string]struct {
		key     ed25519.PublicKey
		receipt string
	}{
		"another key":         {public(newKeys(t, other)), mine},
		"another statement":   {public(keys), wished + "." + signature},
		"no signature":        {public(keys), statement},
		"an empty signature":  {public(keys), statement + "."},
		"a short signature":   {public(keys), mine[:len(mine)-8]},
		"a broken statement":  {public(keys), "!" + mine},
		"a broken signature":  {public(keys), statement + ".!"},
		"nothing":             {public(keys), ""},
		"a signature of less": {public(keys), statement[:len(statement)-4] + "." + signature},
	} {
		if r, err := fairness.CheckReceipt(c.key, c.receipt); err == nil {
			t.Errorf("%s was taken: %+v", name, r)
		}
	}
	if _, err := fairness.CheckReceipt(public(keys), mine); err != nil {
		t.Error(err)
	}
}
