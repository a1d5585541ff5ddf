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
)

// tokenEncoding leaves one way only to write a token.
var tokenEncoding = base64.RawURLEncoding.Strict()

// NewTokens makes tokens under a key of 32 bytes, which live for life.
func NewTokens(key []byte, life time.Duration, now func() time.Time) *Tokens {
	t := &Tokens{now: now, life: life}
	t.macs.New = func() any { return hmac.New(sha256.New, key) }
	return t
}

// Issue makes a token of an identity.
func (t *Tokens) Issue(id Identity) string {
	b := make([]byte, 0, tokenHead+len(id.Player)+sha256.Size)
	b = append(b, tokenVersion)
	b = binary.BigEndian.AppendUint64(b, uint64(t.now().Add(t.life).Unix()))
	b = append(b, id.ClientSeed[:]...)
	b = append(b, id.Player...)
	return tokenEncoding.EncodeToString(t.sum(b, b))
}

// Read gives the identity of a token. Codes: unauthorized, token_expired.
func (t *Tokens) Read(token string) (Identity, error) {
	var id Identity
	var buffer [tokenMost]byte
	if tokenEncoding.DecodedLen(len(token)) > tokenMost {
		return id, errToken
	}
	n, err := tokenEncoding.Decode(buffer[:], []byte(token))
	if err != nil || n <= tokenHead+sha256.Size || buffer[0] != tokenVersion {
		return id, errToken
	}
	body, mac := buffer[:n-sha256.Size], buffer[n-sha256.Size:n]
	var want [sha256.Size]byte
	if !hmac.Equal(mac, t.sum(want[:0], body)) {
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

func (t *Tokens) sum(dst, body []byte) []byte {
	mac := t.macs.Get().(hash.Hash)
	defer t.macs.Put(mac)
	mac.Reset()
	mac.Write(body)
	return mac.Sum(dst)
}
