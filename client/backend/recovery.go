package backend

import (
	"encoding/hex"
	"errors"
	"strings"
)

// ErrCode is the error of a recovery code that is not one: something was left out or mistyped.
var ErrCode = errors.New("no recovery code")

// A recovery code is the secret, the client seed and a check over both, in Crockford's base32 (which
// has no letters that look alike), in groups of six. Who has it is the player.
const (
	codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeBytes   = 32 + 32 + 4
	codeGroup   = 6
)

// Code gives the player's recovery code, making the identity where there is none yet.
func (c *Client) Code() string {
	c.making.Lock()
	defer c.making.Unlock()
	secret, _ := hex.DecodeString(c.kept(keySecret)) // kept gives 32 bytes in hex
	seed, _ := hex.DecodeString(c.kept(keySeed))
	return writeCode(append(secret, seed...))
}

func writeCode(b []byte) string {
	b = append(b, check(b)...)
	var code strings.Builder
	bits, held, n := uint(0), uint32(0), 0
	put := func(letter uint32) {
		if n > 0 && n%codeGroup == 0 {
			code.WriteByte('-')
		}
		code.WriteByte(codeLetters[letter&31])
		n++
	}
	for _, x := range b {
		held, bits = held<<8|uint32(x), bits+8
		for bits >= 5 {
			bits -= 5
			put(held >> bits)
		}
	}
	if bits > 0 {
		put(held << (5 - bits))
	}
	return code.String()
}

// Same says whether a code is that of the player who is here already.
func (c *Client) Same(code string) bool {
	theirs, err := readCode(code)
	mine, _ := readCode(c.Code())
	return err == nil && string(theirs) == string(mine)
}

// CheckCode gives ErrCode for what is no recovery code.
func CheckCode(code string) error {
	_, err := readCode(code)
	return err
}

// Restore makes the player of a recovery code the player of this device, from the next visit on. What
// was under way for the one before is forgotten here; the server still has it.
func (c *Client) Restore(slug, code string) error {
	b, err := readCode(code)
	if err != nil {
		return err
	}
	c.making.Lock()
	defer c.making.Unlock()
	c.Vault.Set(keySecret, hex.EncodeToString(b[:32]))
	c.Vault.Set(keySeed, hex.EncodeToString(b[32:]))
	for _, key := range []string{keyToken, keyTicket + slug, keyOperation + slug} {
		c.Vault.Set(key, "")
	}
	return nil
}

// readCode gives the secret and the seed of a code, which may be written in any case and with any
// spaces and dashes.
func readCode(code string) ([]byte, error) {
	var b []byte
	bits, held := uint(0), uint32(0)
	for _, r := range strings.ToUpper(code) {
		switch r {
		case ' ', '-', '\n', '\r', '\t', '\u00a0':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		value := strings.IndexRune(codeLetters, r)
		if value < 0 {
			return nil, ErrCode
		}
		held, bits = held<<5|uint32(value), bits+5
		if bits >= 8 {
			bits -= 8
			b = append(b, byte(held>>bits))
		}
	}
	if len(b) != codeBytes || string(check(b[:64])) != string(b[64:]) {
		return nil, ErrCode
	}
	return b[:64], nil
}

// check is FNV-1a (Fowler, Noll, Vo), 32 bits: it finds slips of the hand, and need do no more.
func check(b []byte) []byte {
	h := uint32(2166136261)
	for _, x := range b {
		h = (h ^ uint32(x)) * 16777619
	}
	return []byte{byte(h >> 24), byte(h >> 16), byte(h >> 8), byte(h)}
}
