package player

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// Book is what the service needs of the book.
type Book interface {
	CreatePlayer(ctx context.Context, p game.Player) (game.Player, bool, error)
}

// Service makes players.
type Service struct {
	Book   Book
	Tokens *Tokens
	Hosts  *Hosts // nil: no host app is known
}

// Entrant is one who asks to be a player, by the secret of a device or by an identity that a host app
// signed. Seed and secret are 64 hex digits.
type Entrant struct{ ClientSeed, Secret, Identity, Locale string }

// Enter gives the player of an entrant, made where there is none, and a new token.
// Codes: invalid, identity_refused.
func (s *Service) Enter(ctx context.Context, e Entrant) (game.Player, string, bool, error) {
	asked, err := s.read(e)
	if err != nil {
		return asked, "", false, err
	}
	asked.ID = game.PlayerID("p" + strings.ToLower(rand.Text()))
	p, made, err := s.Book.CreatePlayer(ctx, asked)
	if err != nil {
		return p, "", false, fmt.Errorf("player: enter: %w", err)
	}
	// A device has its seed beside its secret, so another seed is a mistake. A host's player may come
	// from a device that has neither, and plays on with the seed that they began with.
	if e.Identity == "" && p.ClientSeed != asked.ClientSeed {
		return p, "", false, game.FailField(game.CodeInvalid, "client_seed", game.ReasonTaken, "")
	}
	return p, s.Tokens.Issue(Identity{Player: p.ID, ClientSeed: p.ClientSeed}), made, nil
}

// read checks what an entrant says.
func (s *Service) read(e Entrant) (game.Player, error) {
	p := game.Player{Locale: e.Locale}
	var fields []game.Field
	var ok bool
	if p.ClientSeed, ok = digits(e.ClientSeed); !ok {
		fields = append(fields, game.Field{Name: "client_seed", Reason: game.ReasonFormat, Want: "64 hex"})
	}
	switch key, ok := digits(e.Secret); {
	case e.Identity != "" && e.Secret != "":
		fields = append(fields, game.Field{Name: "secret", Reason: game.ReasonEither, Want: "identity"})
	case e.Identity == "" && !ok:
		fields = append(fields, game.Field{Name: "secret", Reason: game.ReasonFormat, Want: "64 hex"})
	default:
		hash := sha256.Sum256(key[:])
		p.SecretHash = hex.EncodeToString(hash[:])
	}
	if e.Locale != "en" && e.Locale != "zh" {
		fields = append(fields, game.Field{Name: "locale", Reason: game.ReasonUnknown, Want: "en, zh"})
	}
	if fields != nil {
		return p, &game.Error{Code: game.CodeInvalid, Fields: fields}
	}
	if e.Identity == "" {
		return p, nil
	}
	if s.Hosts == nil {
		return p, refuse(game.ReasonSigner, "")
	}
	var err error
	p.SecretHash, err = s.Hosts.Read(e.Identity)
	return p, err
}

func digits(s string) (b [32]byte, ok bool) {
	if len(s) != 64 {
		return b, false
	}
	_, err := hex.Decode(b[:], []byte(s))
	return b, err == nil
}
