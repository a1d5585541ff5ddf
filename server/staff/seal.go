package staff

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"fmt"
)

// Sealer keeps secrets at rest (AES-256-GCM): who has the database alone cannot open them.
type Sealer struct{ aead cipher.AEAD }

// NewSealer makes a sealer of a 32-byte key.
func NewSealer(key []byte) (*Sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("staff: make the sealing key: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("staff: make the sealing key: %w", err)
	}
	return &Sealer{aead}, nil
}

// seal closes a secret for one purpose: it opens for no other.
func (s *Sealer) seal(secret []byte, purpose string) []byte {
	return s.aead.Seal(nil, nil, secret, []byte(purpose))
}

func (s *Sealer) open(sealed []byte, purpose string) ([]byte, error) {
	secret, err := s.aead.Open(nil, nil, sealed, []byte(purpose))
	if err != nil {
		return nil, fmt.Errorf("staff: open what was sealed (was FIVEFOLD_SECRET changed?): %w", err)
	}
	return secret, nil
}

// random gives n bytes that nobody can guess.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return b
}
