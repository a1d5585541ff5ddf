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
}

// Enter gives the player of a secret, made where there is none, and a new token.
// clientSeed and secret are 64 hex digits. Code: invalid.
func (s *Service) Enter(ctx context.Context, clientSeed, secret, locale string) (game.Player, string, bool, error) {
	p := game.Player{Locale: locale}
	seed, seedOK := digits(clientSeed)
	key, keyOK := digits(secret)
	var fields []game.Field
	if !seedOK {
		fields = append(fields, game.Field{Name: "client_seed", Reason: game.ReasonFormat, Want: "64 hex"})
	}
	if !keyOK {
		fields = append(fields, game.Field{Name: "secret", Reason: game.ReasonFormat, Want: "64 hex"})
	}
	if locale != "en" && locale != "zh" {
		fields = append(fields, game.Field{Name: "locale", Reason: game.ReasonUnknown, Want: "en, zh"})
	}
	if fields != nil {
		return p, "", false, &game.Error{Code: game.CodeInvalid, Fields: fields}
	}
	hash := sha256.Sum256(key[:])
	p.ID = game.PlayerID("p" + strings.ToLower(rand.Text()))
	p.SecretHash, p.ClientSeed = hex.EncodeToString(hash[:]), seed
	p, made, err := s.Book.CreatePlayer(ctx, p)
	if err != nil {
		return p, "", false, fmt.Errorf("player: enter: %w", err)
	}
	return p, s.Tokens.Issue(Identity{Player: p.ID, ClientSeed: p.ClientSeed}), made, nil
}

func digits(s string) (b [32]byte, ok bool) {
	if len(s) != 64 {
		return b, false
	}
	_, err := hex.Decode(b[:], []byte(s))
	return b, err == nil
}
