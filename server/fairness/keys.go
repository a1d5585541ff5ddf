package fairness

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/fivefold/fivefold/server/game"
)

// OrderRound is the number under which the seed of the settlement's order is committed.
const OrderRound = 0

// Seed is the secret of a round until it is revealed.
type Seed = [32]byte

// Keys derives every key of an installation from its secret (FIVEFOLD_SECRET).
type Keys struct {
	aead    cipher.AEAD
	receipt ed25519.PrivateKey
	secret  []byte
	seeds   sync.Map // seedID -> Seed
}

type seedID struct {
	campaign game.CampaignID
	round    int
}

// NewKeys makes the keys of a secret, which has to be 32 bytes or more.
func NewKeys(secret []byte) (*Keys, error) {
	if len(secret) < 32 {
		return nil, fmt.Errorf("fairness: the secret has %d bytes, 32 are needed", len(secret))
	}
	k := &Keys{secret: secret}
	sealing, err := k.Derive("fivefold/seal/v1")
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, fmt.Errorf("fairness: make the sealing key: %w", err)
	}
	if k.aead, err = cipher.NewGCM(block); err != nil {
		return nil, fmt.Errorf("fairness: make the sealing key: %w", err)
	}
	signing, err := k.Derive("fivefold/receipt/v1")
	if err != nil {
		return nil, err
	}
	k.receipt = ed25519.NewKeyFromSeed(signing)
	return k, nil
}

// Derive gives the 32-byte key of a purpose (HKDF-SHA256, RFC 5869).
func (k *Keys) Derive(purpose string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, k.secret, nil, purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("fairness: derive %s: %w", purpose, err)
	}
	return key, nil
}

// NewCampaignKey makes the master key of a campaign and gives it sealed (AES-256-GCM, bound to
// the campaign's id), the form in which the book keeps it.
func (k *Keys) NewCampaignKey(id game.CampaignID) ([]byte, error) {
	sealed := make([]byte, k.aead.NonceSize(), k.aead.NonceSize()+32+k.aead.Overhead())
	master := make([]byte, 32)
	if _, err := rand.Read(sealed); err != nil {
		return nil, fmt.Errorf("fairness: make a campaign key: %w", err)
	}
	if _, err := rand.Read(master); err != nil {
		return nil, fmt.Errorf("fairness: make a campaign key: %w", err)
	}
	return k.aead.Seal(sealed, sealed, master, []byte(id)), nil
}

// Seed gives the seed of a round: HMAC-SHA256(master key, lp("fivefold/seed/v1", campaign, round)).
// Opened seeds are kept in memory.
func (k *Keys) Seed(id game.CampaignID, sealedKey []byte, round int) (Seed, error) {
	if seed, ok := k.seeds.Load(seedID{id, round}); ok {
		return seed.(Seed), nil
	}
	size := k.aead.NonceSize()
	if len(sealedKey) < size {
		return Seed{}, fmt.Errorf("fairness: the key of campaign %s is cut off", id)
	}
	master, err := k.aead.Open(nil, sealedKey[:size], sealedKey[size:], []byte(id))
	if err != nil {
		return Seed{}, fmt.Errorf("fairness: open the key of campaign %s (was FIVEFOLD_SECRET changed?): %w", id, err)
	}
	mac := hmac.New(sha256.New, master)
	mac.Write(game.LP{}.Text("fivefold/seed/v1").Text(string(id)).Number(int64(round)))
	var seed Seed
	mac.Sum(seed[:0])
	k.seeds.Store(seedID{id, round}, seed)
	return seed, nil
}

// Commitments gives the commitments to the seeds of rounds 1..rounds and of the settlement's order
// (round 0); with reveal, the seeds too.
func (k *Keys) Commitments(id game.CampaignID, sealedKey []byte, rounds int, reveal bool) ([]game.Commitment, error) {
	commitments := make([]game.Commitment, 0, rounds+1)
	for round := OrderRound; round <= rounds; round++ {
		seed, err := k.Seed(id, sealedKey, round)
		if err != nil {
			return nil, err
		}
		hash := sha256.Sum256(seed[:])
		c := game.Commitment{Round: round, Hash: hex.EncodeToString(hash[:])}
		if reveal {
			c.Seed = hex.EncodeToString(seed[:])
		}
		commitments = append(commitments, c)
	}
	return commitments, nil
}
