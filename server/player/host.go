package player

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// A host app says who plays by an identity: a JSON Web Token (RFC 7519) in the compact form of RFC
// 7515, signed with HS256 (RFC 7518) or Ed25519 (RFC 8037). Its header names alg and kid; its claims
// are iss, sub, aud and exp, and may be iat, nbf and jti. It is a way in and no session: it lives for
// minutes, and as often as it is shown it gives the same player, so that nothing needs to be kept of it.

// HostKey is a key by which a host signs. Its issuer and algorithm are fixed here: a token chooses among
// keys, and nothing else.
type HostKey struct {
	Issuer, ID string
	Algorithm  string // HS256 or EdDSA
	Key        []byte // a shared secret of 32 bytes or more, or an Ed25519 public key
}

// Hosts verifies identities.
type Hosts struct {
	audience string
	now      func() time.Time
	keys     map[[2]string]HostKey // by issuer and key id
}

const (
	hostLife   = 5 * time.Minute
	hostSkew   = 30 * time.Second // between the clocks of a host and ours
	hostMost   = 4096             // characters of a token
	subjectMax = 255
)

// NewHosts verifies identities that are for an audience, by the keys of their hosts.
func NewHosts(keys []HostKey, audience string, now func() time.Time) *Hosts {
	h := &Hosts{audience: audience, now: now, keys: map[[2]string]HostKey{}}
	for _, k := range keys {
		h.keys[[2]string{k.Issuer, k.ID}] = k
	}
	return h
}

// ParseHostKeys reads keys written as ISSUER/KID=ALGORITHM:KEY, with commas between them; the key is
// base64url without padding. An issuer may have several, so that a new one is known before it is used.
func ParseHostKeys(text string) ([]HostKey, error) {
	var keys []HostKey
	seen := map[string]bool{}
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		name, rest, _ := strings.Cut(part, "=")
		slash := strings.LastIndexByte(name, '/')
		algorithm, encoded, _ := strings.Cut(rest, ":")
		if slash < 1 || slash == len(name)-1 || encoded == "" {
			return nil, fmt.Errorf("key %d is not of the form ISSUER/KID=ALGORITHM:KEY", len(keys)+1)
		}
		key, err := tokenEncoding.DecodeString(encoded)
		if err != nil {
			return nil, fmt.Errorf("key %s: not base64url without padding", name)
		}
		switch algorithm {
		case "HS256":
			if len(key) < 32 {
				return nil, fmt.Errorf("key %s: HS256 needs 32 bytes or more", name)
			}
		case "EdDSA":
			if len(key) != ed25519.PublicKeySize {
				return nil, fmt.Errorf("key %s: EdDSA needs an Ed25519 public key, which has 32 bytes", name)
			}
		default:
			return nil, fmt.Errorf("key %s: %q is neither HS256 nor EdDSA", name, algorithm)
		}
		if seen[name] {
			return nil, fmt.Errorf("key %s: given twice", name)
		}
		seen[name] = true
		keys = append(keys, HostKey{Issuer: name[:slash], ID: name[slash+1:], Algorithm: algorithm, Key: key})
	}
	return keys, nil
}

// claims are those that are looked at.
type claims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	Audience  audience `json:"aud"`
	Expires   *float64 `json:"exp"`
	NotBefore float64  `json:"nbf"`
	IssuedAt  float64  `json:"iat"`
}

// audience is one name or a list of them.
type audience []string

func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// Read verifies an identity and gives the hash by which its player is known.
// Code: identity_refused, with what is wrong with the field identity.
func (h *Hosts) Read(token string) (hash string, err error) {
	signed, signature, found := cutLast(token, ".")
	head, body, two := strings.Cut(signed, ".")
	if !found || !two || len(token) > hostMost {
		return "", refuse(game.ReasonFormat, "header.claims.signature")
	}
	var header struct {
		Algorithm string          `json:"alg"`
		KeyID     string          `json:"kid"`
		Critical  json.RawMessage `json:"crit"`
	}
	var c claims
	sum, err := tokenEncoding.DecodeString(signature)
	if err != nil || !readPart(head, &header) || !readPart(body, &c) || header.Critical != nil {
		return "", refuse(game.ReasonFormat, "header.claims.signature")
	}
	key, known := h.keys[[2]string{c.Issuer, header.KeyID}]
	if !known {
		return "", refuse(game.ReasonSigner, "")
	}
	// The algorithm is the key's. One that a token could choose would let it be signed by a public key.
	if header.Algorithm != key.Algorithm || !key.signed(signed, sum) {
		return "", refuse(game.ReasonForged, "")
	}
	if err := h.valid(c); err != nil {
		return "", err
	}
	return hashOf(c.Issuer, c.Subject), nil
}

// valid judges the claims of an identity whose signature is right.
func (h *Hosts) valid(c claims) error {
	now := seconds(h.now())
	skew := hostSkew.Seconds()
	switch {
	case c.Subject == "" || len(c.Subject) > subjectMax:
		return refuse(game.ReasonClaim, "sub")
	case c.Expires == nil:
		return refuse(game.ReasonClaim, "exp")
	case !h.meant(c.Audience):
		return refuse(game.ReasonAudience, h.audience)
	case now >= *c.Expires+skew:
		return refuse(game.ReasonExpired, "")
	case *c.Expires > now+hostLife.Seconds()+skew:
		return refuse(game.ReasonLong, "5 min")
	case max(c.NotBefore, c.IssuedAt) > now+skew:
		return refuse(game.ReasonEarly, "")
	}
	return nil
}

func (h *Hosts) meant(names audience) bool {
	for _, name := range names {
		if name == h.audience {
			return true
		}
	}
	return false
}

func (k HostKey) signed(text string, sum []byte) bool {
	if k.Algorithm == "EdDSA" {
		return ed25519.Verify(k.Key, []byte(text), sum)
	}
	mac := hmac.New(sha256.New, k.Key)
	mac.Write([]byte(text))
	return hmac.Equal(sum, mac.Sum(nil))
}

// Known gives the hashes by which the player of a subject would be known, one for each host.
func (h *Hosts) Known(subject string) []string {
	issuers := map[string]bool{}
	for key := range h.keys {
		issuers[key[0]] = true
	}
	var hashes []string
	for _, issuer := range slices.Sorted(maps.Keys(issuers)) {
		hashes = append(hashes, hashOf(issuer, subject))
	}
	return hashes
}

// hashOf stands in the place of the hash of a device's secret. What is hashed is longer than a secret,
// so the two cannot meet; the lengths keep issuer and subject apart.
func hashOf(issuer, subject string) string {
	var b []byte
	for _, part := range []string{"fivefold/host/v1", issuer, subject} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func readPart(text string, into any) bool {
	b, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(b, into) == nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func refuse(reason game.Reason, want string) error {
	return game.FailField(game.CodeIdentityRefused, "identity", reason, want)
}
