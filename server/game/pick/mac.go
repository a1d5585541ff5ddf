package pick

import (
	"crypto/sha256"
	"encoding"
	"hash"
)

// macKey is the state of HMAC-SHA256 (RFC 2104) after its key: what the inner and the outer
// hash are after their first block.
type macKey struct {
	inner, outer []byte
}

func newMACKey(seed Seed) macKey {
	var inner, outer [sha256.BlockSize]byte // a seed is shorter than a block, so zeros fill it up
	copy(inner[:], seed[:])
	copy(outer[:], seed[:])
	for i := range inner {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	m := newMAC()
	return macKey{inner: m.after(inner[:]), outer: m.after(outer[:])}
}

// mac computes HMACs of messages that begin alike, without allocating.
type mac struct {
	hash  sha256State
	outer []byte
	begun []byte // the inner hash after the common beginning
	sum   []byte
}

// sha256State is what crypto/sha256 documents of the hash that New returns.
type sha256State interface {
	hash.Hash
	encoding.BinaryAppender
	encoding.BinaryUnmarshaler
}

func newMAC() *mac {
	return &mac{
		hash:  sha256.New().(sha256State),
		begun: make([]byte, 0, 128),
		sum:   make([]byte, 0, sha256.Size),
	}
}

// after gives the state of a new hash after some bytes.
func (m *mac) after(b []byte) []byte {
	m.hash.Reset()
	m.hash.Write(b)
	return m.save(nil)
}

// start sets the key and the beginning of the messages to come.
func (m *mac) start(key *macKey, prefix []byte) {
	m.outer = key.outer
	m.load(key.inner)
	m.hash.Write(prefix)
	m.begun = m.save(m.begun[:0])
}

// finish computes the HMAC of the beginning and the rest.
func (m *mac) finish(rest []byte, digest *[sha256.Size]byte) {
	m.load(m.begun)
	m.hash.Write(rest)
	m.sum = m.hash.Sum(m.sum[:0])
	m.load(m.outer)
	m.hash.Write(m.sum)
	m.sum = m.hash.Sum(m.sum[:0])
	copy(digest[:], m.sum)
}

// save and load move states that this package made itself, so they cannot fail.
func (m *mac) save(b []byte) []byte {
	b, err := m.hash.AppendBinary(b)
	if err != nil {
		panic("pick: save SHA-256 state: " + err.Error())
	}
	return b
}

func (m *mac) load(state []byte) {
	if err := m.hash.UnmarshalBinary(state); err != nil {
		panic("pick: load SHA-256 state: " + err.Error())
	}
}
