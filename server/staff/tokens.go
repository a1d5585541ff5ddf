package staff

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// TokenBook is what tokens need of the book.
type TokenBook interface {
	CreateToken(ctx context.Context, t game.Token, secretHash string, life time.Duration) (game.Token, error)
	// UseToken finds the token of a secret's hash and who made it; code unauthorized.
	UseToken(ctx context.Context, secretHash string) (game.Token, game.Staff, error)
	// Tokens lists all, the newest first.
	Tokens(ctx context.Context) ([]game.Token, error)
	// RevokeToken ends one; code not_found.
	RevokeToken(ctx context.Context, id game.TokenID, by game.StaffID) error
}

// Tokens makes and knows the keys of the management API.
type Tokens struct{ Book TokenBook }

// tokenPrefix tells people, and scanners that look for leaked secrets, what they have found.
const tokenPrefix = "fivefold_"

// MaxTokenDays bounds a token's life: one that is forgotten ends by itself.
const MaxTokenDays = 366

// maxTokenName bounds what a token is called, in bytes.
const maxTokenName = 100

// Make makes a token in a person's name for some days. The secret is told once. Code: invalid, with
// the fields name, scopes or days.
func (t *Tokens) Make(ctx context.Context, by game.Staff, name string, scopes []game.Scope, days int) (game.Token, string, error) {
	name = strings.TrimSpace(name)
	if err := checkToken(by.Role, name, scopes, days); err != nil {
		return game.Token{}, "", err
	}
	random := make([]byte, 32)
	rand.Read(random) // never fails
	secret := tokenPrefix + base64.RawURLEncoding.EncodeToString(random)
	token := game.Token{ID: game.TokenID(strings.ToLower(rand.Text())), Name: name, Scopes: scopes, By: by.ID}
	token, err := t.Book.CreateToken(ctx, token, tokenHash(secret), time.Duration(days)*24*time.Hour)
	if err != nil {
		return game.Token{}, "", fmt.Errorf("staff: make a token: %w", err)
	}
	return token, secret, nil
}

func checkToken(role game.Role, name string, scopes []game.Scope, days int) error {
	var fields []game.Field
	switch {
	case name == "":
		fields = append(fields, game.Field{Name: "name", Reason: game.ReasonRequired})
	case len(name) > maxTokenName:
		fields = append(fields, game.Field{Name: "name", Reason: game.ReasonRange, Want: fmt.Sprintf("1..%d", maxTokenName)})
	}
	if len(scopes) == 0 {
		fields = append(fields, game.Field{Name: "scopes", Reason: game.ReasonRequired})
	}
	for _, s := range scopes {
		if !slices.Contains(game.Scopes, s) || !role.MayScope(s) {
			fields = append(fields, game.Field{Name: "scopes", Reason: game.ReasonUnknown, Want: scopesText(role)})
			break
		}
	}
	if days < 1 || days > MaxTokenDays {
		fields = append(fields, game.Field{Name: "days", Reason: game.ReasonRange, Want: fmt.Sprintf("1..%d", MaxTokenDays)})
	}
	if len(fields) > 0 {
		return &game.Error{Code: game.CodeInvalid, Fields: fields}
	}
	return nil
}

func scopesText(role game.Role) string {
	var names []string
	for _, s := range game.Scopes {
		if role.MayScope(s) {
			names = append(names, string(s))
		}
	}
	return strings.Join(names, ", ")
}

// Who gives the token of a secret and the person in whose name it acts. Code: unauthorized.
func (t *Tokens) Who(ctx context.Context, secret string) (game.Token, game.Staff, error) {
	if !strings.HasPrefix(secret, tokenPrefix) {
		return game.Token{}, game.Staff{}, game.Fail(game.CodeUnauthorized, "no token of the management API")
	}
	token, person, err := t.Book.UseToken(ctx, tokenHash(secret))
	if err != nil {
		return game.Token{}, game.Staff{}, fmt.Errorf("staff: look up a token: %w", err)
	}
	return token, person, nil
}

// List gives the tokens of a person, or of all where of is empty; the newest first.
func (t *Tokens) List(ctx context.Context, of game.StaffID) ([]game.Token, error) {
	tokens, err := t.Book.Tokens(ctx)
	if err != nil {
		return nil, fmt.Errorf("staff: list tokens: %w", err)
	}
	if of != "" {
		tokens = slices.DeleteFunc(tokens, func(token game.Token) bool { return token.By != of })
	}
	return tokens, nil
}

// Revoke ends a token: one's own, or as an owner anybody's. Codes: not_found, which another's token
// is too.
func (t *Tokens) Revoke(ctx context.Context, id game.TokenID, by game.Staff) error {
	of := by.ID
	if by.Role == game.RoleOwner {
		of = ""
	}
	tokens, err := t.List(ctx, of)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(tokens, func(token game.Token) bool { return token.ID == id }) {
		return game.Fail(game.CodeNotFound, "there is no such token")
	}
	if err := t.Book.RevokeToken(ctx, id, by.ID); err != nil {
		return fmt.Errorf("staff: revoke a token: %w", err)
	}
	return nil
}
