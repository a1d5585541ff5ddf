package player_test

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

var (
	shared  = []byte("a secret of an app and us, long enough")
	private = ed25519.NewKeyFromSeed([]byte("the seed of an Ed25519 key, 32 b"))
	public  = []byte(private.Public().(ed25519.PublicKey))
)

func newHosts(t *testing.T) *player.Hosts {
	t.Helper()
	b64 := base64.RawURLEncoding.EncodeToString
	keys, err := player.ParseHostKeys("app/1=HS256:" + b64(shared) + ", app/2=EdDSA:" + b64(public) + ",https://other.example/1=HS256:" + b64([]byte("another secret of another app, of theirs")))
	if err != nil {
		t.Fatal(err)
	}
	return player.NewHosts(keys, "fivefold", func() time.Time { return issued })
}

// in gives the time of a claim.
func in(d time.Duration) int64 { return issued.Add(d).Unix() }

type part = map[string]any

func write(header, claims part) string {
	encode := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	return encode(header) + "." + encode(claims)
}

func hs256(key []byte, text string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func eddsa(text string) string {
	return text + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(private, []byte(text)))
}

// good is a header and claims in which nothing is wrong, but for the changes.
func good(changes part) part {
	c := part{"iss": "app", "sub": "user-7", "aud": "fivefold", "exp": in(time.Minute), "iat": in(0), "jti": "once"}
	for name, value := range changes {
		c[name] = value
		if value == nil {
			delete(c, name)
		}
	}
	return c
}

var byShared, byPublic = part{"alg": "HS256", "kid": "1", "typ": "JWT"}, part{"alg": "EdDSA", "kid": "2"}

func TestIdentityGivesOnePlayer(t *testing.T) {
	h := newHosts(t)
	read := func(token string) string {
		t.Helper()
		hash, err := h.Read(token)
		if err != nil || len(hash) != 64 {
			t.Fatalf("%q, %v", hash, err)
		}
		return hash
	}
	first := read(hs256(shared, write(byShared, good(nil))))
	for name, token := range map[string]string{
		"shown again":           hs256(shared, write(byShared, good(nil))),
		"later":                 hs256(shared, write(byShared, good(part{"exp": in(5 * time.Minute), "jti": nil, "iat": nil}))),
		"of the next key":       eddsa(write(byPublic, good(nil))),
		"with a list of aud":    eddsa(write(byPublic, good(part{"aud": []string{"shop", "fivefold"}}))),
		"of a clock a bit late": hs256(shared, write(byShared, good(part{"exp": in(-20 * time.Second)}))),
		"of a clock too fast":   hs256(shared, write(byShared, good(part{"iat": in(20 * time.Second), "nbf": in(20 * time.Second)}))),
	} {
		if got := read(token); got != first {
			t.Errorf("%s: %s, want %s", name, got, first)
		}
	}
	other := hs256([]byte("another secret of another app, of theirs"), write(byShared, good(part{"iss": "https://other.example"})))
	if read(other) == first || read(hs256(shared, write(byShared, good(part{"sub": "user-8"})))) == first {
		t.Error("another issuer or subject is the same player")
	}
}

func TestRefusedIdentities(t *testing.T) {
	h := newHosts(t)
	signed := func(changes part) string { return hs256(shared, write(byShared, good(changes))) }
	fine := signed(nil)
	for _, c := range []struct {
		name, token string
		reason      game.Reason
	}{
		{"empty", "", game.ReasonFormat},
		{"no token", "user-7", game.ReasonFormat},
		{"two parts", "e30.e30", game.ReasonFormat},
		{"four parts", fine + ".AA", game.ReasonFormat},
		{"padded", fine + "=", game.ReasonFormat},
		{"over-long", signed(part{"jti": strings.Repeat("x", 4000)}), game.ReasonFormat},
		{"a critical extension", hs256(shared, write(part{"alg": "HS256", "kid": "1", "crit": []string{"b64"}}, good(nil))), game.ReasonFormat},
		{"a time that is text", signed(part{"exp": "tomorrow"}), game.ReasonFormat},
		{"an unknown issuer", signed(part{"iss": "nobody"}), game.ReasonSigner},
		{"an unknown key", hs256(shared, write(part{"alg": "HS256", "kid": "3"}, good(nil))), game.ReasonSigner},
		{"no key", hs256(shared, write(part{"alg": "HS256"}, good(nil))), game.ReasonSigner},
		{"another's issuer under one's own key", signed(part{"iss": "https://other.example"}), game.ReasonForged},
		{"alg none", write(part{"alg": "none", "kid": "1"}, good(nil)) + ".", game.ReasonForged},
		{"alg none with a signature", hs256(shared, write(part{"alg": "none", "kid": "1"}, good(nil))), game.ReasonForged},
		{"signed by the public key", hs256(public, write(part{"alg": "HS256", "kid": "2"}, good(nil))), game.ReasonForged},
		{"forged", hs256([]byte("guessed"), write(byShared, good(nil))), game.ReasonForged},
		{"another subject under the same signature", write(byShared, good(part{"sub": "user-8"})) + fine[strings.LastIndex(fine, "."):], game.ReasonForged},
		{"an Ed25519 signature of other bytes", write(byPublic, good(nil)) + eddsa("x")[1:], game.ReasonForged},
		{"no subject", signed(part{"sub": nil}), game.ReasonClaim},
		{"a long subject", signed(part{"sub": strings.Repeat("s", 256)}), game.ReasonClaim},
		{"no expiry", signed(part{"exp": nil}), game.ReasonClaim},
		{"no audience", signed(part{"aud": nil}), game.ReasonAudience},
		{"another audience", signed(part{"aud": "shop"}), game.ReasonAudience},
		{"expired", signed(part{"exp": in(-31 * time.Second)}), game.ReasonExpired},
		{"for too long", signed(part{"exp": in(6 * time.Minute)}), game.ReasonLong},
		{"not yet", signed(part{"nbf": in(time.Minute)}), game.ReasonEarly},
		{"made in the future", signed(part{"iat": in(time.Minute)}), game.ReasonEarly},
	} {
		hash, err := h.Read(c.token)
		fields := game.FieldsOf(err)
		if hash != "" || game.CodeOf(err) != game.CodeIdentityRefused || len(fields) != 1 || fields[0].Name != "identity" || fields[0].Reason != c.reason {
			t.Errorf("%s: %q, %v; want identity %s", c.name, hash, err, c.reason)
		}
	}
}

// A signature counts in each of its bits, as it is written too.
func TestChangedIdentity(t *testing.T) {
	h := newHosts(t)
	for _, token := range []string{hs256(shared, write(byShared, good(nil))), eddsa(write(byPublic, good(nil)))} {
		text := []byte(token)
		for bit := range 8 * len(text) {
			text[bit/8] ^= 1 << (bit % 8)
			if hash, err := h.Read(string(text)); err == nil {
				t.Errorf("bit %d changed: %s", bit, hash)
			}
			text[bit/8] ^= 1 << (bit % 8)
		}
	}
}

func TestHostKeys(t *testing.T) {
	key := base64.RawURLEncoding.EncodeToString(shared)
	for _, wrong := range []string{
		"app", "app/1", "app=HS256:" + key, "/1=HS256:" + key, "app/=HS256:" + key, "app/1=HS256:", "app/1=none:" + key,
		"app/1=HS256:AAAA", "app/1=EdDSA:" + key, "app/1=HS256:" + key + "==", "app/1=HS256:" + key + ",app/1=HS256:" + key,
	} {
		if keys, err := player.ParseHostKeys(wrong); err == nil {
			t.Errorf("%s: %v", wrong, keys)
		} else if strings.Contains(err.Error(), key) {
			t.Errorf("%s: the error tells the key: %v", wrong, err)
		}
	}
	if keys, err := player.ParseHostKeys(" "); err != nil || len(keys) != 0 {
		t.Errorf("none: %v, %v", keys, err)
	}
}

func TestEnterByIdentity(t *testing.T) {
	s, m := newService()
	s.Hosts = newHosts(t)
	enter := func(seed, token string) (game.Player, string, bool, error) {
		return s.Enter(t.Context(), player.Entrant{ClientSeed: seed, Identity: token, Locale: "zh"})
	}
	p, _, made, err := enter(aSeed, hs256(shared, write(byShared, good(nil))))
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	again, token, made, err := enter(strings.Repeat("b2", 32), eddsa(write(byPublic, good(nil))))
	if err != nil || made || again.ID != p.ID || hex.EncodeToString(again.ClientSeed[:]) != aSeed {
		t.Errorf("on another device: %+v, made %v, %v", again, made, err)
	}
	if id, err := s.Tokens.Read(token); err != nil || id.Player != p.ID || hex.EncodeToString(id.ClientSeed[:]) != aSeed {
		t.Errorf("the token says %+v, %v", id, err)
	}
	if len(m.players) != 1 {
		t.Errorf("%d players", len(m.players))
	}
	s.Hosts = nil
	if _, _, _, err := enter(aSeed, hs256(shared, write(byShared, good(nil)))); game.CodeOf(err) != game.CodeIdentityRefused {
		t.Errorf("without hosts: %v", err)
	}
}
