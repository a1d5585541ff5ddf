package player_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

// memory is a book of players.
type memory struct{ players map[string]game.Player }

func (m *memory) CreatePlayer(_ context.Context, p game.Player) (game.Player, bool, error) {
	if have, ok := m.players[p.SecretHash]; ok {
		return have, false, nil
	}
	m.players[p.SecretHash] = p
	return p, true, nil
}

func newService() (*player.Service, *memory) {
	m := &memory{players: map[string]game.Player{}}
	return &player.Service{Book: m, Tokens: (&clock{issued}).tokens(keyOne)}, m
}

var (
	aSeed   = strings.Repeat("a1", 32)
	aSecret = strings.Repeat("5e", 32)
)

func device(seed, secret, locale string) player.Entrant {
	return player.Entrant{ClientSeed: seed, Secret: secret, Locale: locale}
}

func TestEnter(t *testing.T) {
	s, m := newService()
	p, token, made, err := s.Enter(t.Context(), device(aSeed, aSecret, "zh"))
	if err != nil || !made {
		t.Fatalf("made %v, %v", made, err)
	}
	if !regexp.MustCompile(`^p[a-z2-7]{20,}$`).MatchString(string(p.ID)) {
		t.Errorf("id %q", p.ID)
	}
	if id, err := s.Tokens.Read(token); err != nil || id.Player != p.ID || hex.EncodeToString(id.ClientSeed[:]) != aSeed {
		t.Errorf("the token says %+v, %v", id, err)
	}
	secret, _ := hex.DecodeString(aSecret)
	hash := sha256.Sum256(secret)
	if stored, ok := m.players[hex.EncodeToString(hash[:])]; !ok || stored.Locale != "zh" {
		t.Errorf("the book has %+v", m.players)
	}

	again, token, made, err := s.Enter(t.Context(), device(strings.ToUpper(aSeed), strings.ToUpper(aSecret), "en"))
	if err != nil || made || again.ID != p.ID {
		t.Errorf("again: player %s, made %v, %v; want %s", again.ID, made, err, p.ID)
	}
	if id, err := s.Tokens.Read(token); err != nil || id.Player != p.ID {
		t.Errorf("the second token says %+v, %v", id, err)
	}
	other, _, made, err := s.Enter(t.Context(), device(aSeed, strings.Repeat("5f", 32), "en"))
	if err != nil || !made || other.ID == p.ID {
		t.Errorf("another secret: player %s, made %v, %v", other.ID, made, err)
	}
}

func TestEnterRefuses(t *testing.T) {
	for _, c := range []struct {
		name                 string
		seed, secret, locale string
		fields               []string
	}{
		{"short seed", aSeed[2:], aSecret, "en", []string{"client_seed"}},
		{"long seed", aSeed + "00", aSecret, "en", []string{"client_seed"}},
		{"seed that is not hex", aSeed[1:] + "g", aSecret, "en", []string{"client_seed"}},
		{"no secret", aSeed, "", "en", []string{"secret"}},
		{"secret that is not hex", aSeed, strings.Repeat("福", 64)[:64], "en", []string{"secret"}},
		{"unknown locale", aSeed, aSecret, "fr", []string{"locale"}},
		{"all wrong", "", "", "", []string{"client_seed", "secret", "locale"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, m := newService()
			_, token, _, err := s.Enter(t.Context(), device(c.seed, c.secret, c.locale))
			if game.CodeOf(err) != game.CodeInvalid || token != "" {
				t.Fatalf("token %q, %v", token, err)
			}
			var fields []string
			for _, f := range game.FieldsOf(err) {
				fields = append(fields, f.Name)
			}
			if diff := cmp.Diff(c.fields, fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			if len(m.players) != 0 {
				t.Error("a player was made")
			}
		})
	}
}

// The book's own refusals come through with their code and field.
func TestEnterWithAnotherSeed(t *testing.T) {
	s, _ := newService()
	if _, _, _, err := s.Enter(t.Context(), device(aSeed, aSecret, "en")); err != nil {
		t.Fatal(err)
	}
	_, token, _, err := s.Enter(t.Context(), device(aSecret, aSecret, "en"))
	if fields := game.FieldsOf(err); game.CodeOf(err) != game.CodeInvalid || token != "" || len(fields) != 1 || fields[0].Name != "client_seed" {
		t.Errorf("token %q, %v; want invalid client_seed", token, err)
	}
}
