package player

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Identity is what a token says: who asks, and the client seed that their draws are of, so that a
// miss reads nothing.
type Identity struct {
	Player     game.PlayerID
	ClientSeed [32]byte
}

// Tokens issues and reads tokens. A token is base64url of: 1 byte version, 8 bytes expiry (Unix
// seconds, big-endian), 32 bytes client seed, the player's id, and 32 bytes HMAC-SHA256 of all
// before it.
type Tokens struct {
	now  func() time.Time
	life time.Duration
	macs sync.Pool
}

const (
	tokenVersion = 1
	tokenHead    = 1 + 8 + 32
	tokenMost    = 256
	tokenText    = (tokenMost*8 + 5) / 6 // of the most bytes
)

// tokenEncoding leaves one way only to write a token.
var tokenEncoding = base64.RawURLEncoding.Strict()

// NewTokens makes tokens under a key of 32 bytes, which live for life.
func NewTokens(key []byte, life time.Duration, now func() time.Time) *Tokens {
	t := &Tokens{now: now, life: life}
	t.macs.New = func() any { return &signer{mac: hmac.New(sha256.New, key)} }
	return t
}

// signer is what reading a token needs of memory.
type signer struct {
	mac   hash.Hash
	text  [tokenText]byte
	bytes [tokenMost]byte
	sum   [sha256.Size]byte
}

func (s *signer) sign(body []byte) []byte {
	s.mac.Reset()
	s.mac.Write(body)
	return s.mac.Sum(s.sum[:0])
}

// Issue makes a token of an identity.
func (t *Tokens) Issue(id Identity) string {
	b := make([]byte, 0, tokenHead+len(id.Player)+sha256.Size)
	b = append(b, tokenVersion)
	b = binary.BigEndian.AppendUint64(b, uint64(t.now().Add(t.life).Unix()))
	b = append(b, id.ClientSeed[:]...)
	b = append(b, id.Player...)
	signer := t.macs.Get().(*signer)
	defer t.macs.Put(signer)
	return tokenEncoding.EncodeToString(append(b, signer.sign(b)...))
}

// Read gives the identity of a token. Codes: unauthorized, token_expired.
func (t *Tokens) Read(token string) (Identity, error) {
	var id Identity
	signer := t.macs.Get().(*signer)
	defer t.macs.Put(signer)
	if len(token) > len(signer.text) {
		return id, errToken
	}
	n, err := tokenEncoding.Decode(signer.bytes[:], signer.text[:copy(signer.text[:], token)])
	if err != nil || n <= tokenHead+sha256.Size || signer.bytes[0] != tokenVersion {
		return id, errToken
	}
	body, mac := signer.bytes[:n-sha256.Size], signer.bytes[n-sha256.Size:n]
	if !hmac.Equal(mac, signer.sign(body)) {
		return id, errToken
	}
	if t.now().Unix() >= int64(binary.BigEndian.Uint64(body[1:])) {
		return id, game.Fail(game.CodeTokenExpired, "the token has expired")
	}
	copy(id.ClientSeed[:], body[9:])
	id.Player = game.PlayerID(body[tokenHead:])
	return id, nil
}

var errToken = game.Fail(game.CodeUnauthorized, "the token is missing or wrong")
