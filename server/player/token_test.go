package player_test

import (
	"encoding/base64"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

const life = time.Hour

var issued = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

// clock is a time that a test moves.
type clock struct{ now time.Time }

func (c *clock) tokens(key string) *player.Tokens {
	return player.NewTokens([]byte(key), life, func() time.Time { return c.now })
}

const keyOne, keyTwo = "one key of thirty-two bytes, 012", "two key of thirty-two bytes, 012"

func TestTokenRoundTrip(t *testing.T) {
	c := &clock{issued}
	tokens := c.tokens(keyOne)
	rapid.Check(t, func(t *rapid.T) {
		id := player.Identity{Player: game.PlayerID(rapid.StringMatching(`[a-z0-9]{1,64}`).Draw(t, "player"))}
		copy(id.ClientSeed[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		c.now = issued
		token := tokens.Issue(id)
		c.now = issued.Add(life - time.Second)
		if got, err := tokens.Read(token); err != nil || got != id {
			t.Fatalf("read %+v, %v; want %+v", got, err, id)
		}
		c.now = issued.Add(life)
		if _, err := tokens.Read(token); game.CodeOf(err) != game.CodeTokenExpired {
			t.Fatalf("after its life: %v", err)
		}
	})
}

// Each single bit counts: of what the token says, and of how it is written.
func TestChangedTokens(t *testing.T) {
	tokens := (&clock{issued}).tokens(keyOne)
	for _, id := range []game.PlayerID{"p", "pa", "pab", "p234567890abcdefghijklmnopq"} { // all lengths modulo 3
		token := tokens.Issue(player.Identity{Player: id, ClientSeed: [32]byte{1, 2, 3}})
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil {
			t.Fatal(err)
		}
		for bit := range 8 * len(raw) {
			raw[bit/8] ^= 1 << (bit % 8)
			if _, err := tokens.Read(base64.RawURLEncoding.EncodeToString(raw)); game.CodeOf(err) != game.CodeUnauthorized {
				t.Errorf("%s with bit %d changed: %v", id, bit, err)
			}
			raw[bit/8] ^= 1 << (bit % 8)
		}
		text := []byte(token)
		for bit := range 8 * len(text) {
			text[bit/8] ^= 1 << (bit % 8)
			if _, err := tokens.Read(string(text)); game.CodeOf(err) != game.CodeUnauthorized {
				t.Errorf("%s written %q: %v", id, text, err)
			}
			text[bit/8] ^= 1 << (bit % 8)
		}
	}
}

func TestRefusedTokens(t *testing.T) {
	tokens := (&clock{issued}).tokens(keyOne)
	token := tokens.Issue(player.Identity{Player: "p1"})
	raw := func(n int) string { return base64.RawURLEncoding.EncodeToString(make([]byte, n)) }
	for name, wrong := range map[string]string{
		"of another key":     (&clock{issued}).tokens(keyTwo).Issue(player.Identity{Player: "p1"}),
		"of nobody":          tokens.Issue(player.Identity{}),
		"empty":              "",
		"no base64":          "!" + token[1:],
		"padded":             token + "=",
		"with more":          token + "AA",
		"cut off":            token[:len(token)-4],
		"zeros":              raw(100),
		"short":              raw(10),
		"as long as allowed": raw(256),
		"over-long":          raw(257),
		"far over-long":      strings.Repeat("A", 1<<20),
	} {
		if id, err := tokens.Read(wrong); game.CodeOf(err) != game.CodeUnauthorized || id != (player.Identity{}) {
			t.Errorf("%s: %+v, %v; want unauthorized", name, id, err)
		}
	}
}

func TestTokensAtOnce(t *testing.T) {
	tokens := (&clock{issued}).tokens(keyOne)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			id := player.Identity{Player: "p", ClientSeed: [32]byte{byte(i)}}
			for range 200 {
				if got, err := tokens.Read(tokens.Issue(id)); err != nil || got != id {
					t.Errorf("read %+v, %v; want %+v", got, err, id)
				}
			}
		})
	}
	all.Wait()
}
