package backend

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"sort"
	"strconv"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Names in the vault. The secret is the player's credential: who has it is the player.
const (
	keySecret    = "fivefold.secret"
	keySeed      = "fivefold.client_seed"
	keyToken     = "fivefold.token"
	keyTicket    = "fivefold.ticket."    // + owner + slug
	keyOperation = "fivefold.operation." // + owner + slug
)

// signed sends a request as the player.
func (c *Client) signed(ctx context.Context, r Request, answer any) error {
	_, err := c.signedStatus(ctx, r, answer)
	return err
}

// signedStatus sends a request as the player, whom it makes if there is none, and anew if the token is
// no longer taken: the same secret gives the same player.
func (c *Client) signedStatus(ctx context.Context, r Request, answer any) (int, error) {
	refusedToken := ""
	for {
		token, err := c.ensureToken(ctx, refusedToken)
		if err != nil {
			return 0, err
		}
		asked := c.request(r.Method, r.Path, r.Body)
		asked.Header["Authorization"] = "Bearer " + token
		for name, value := range r.Header {
			asked.Header[name] = value
		}
		resp, err := c.Fetch(ctx, asked)
		if err != nil {
			return 0, err
		}
		err = decode(resp, answer)
		var refused *Refusal
		if errors.As(err, &refused) && refused.Status == 401 && refusedToken == "" {
			refusedToken = token
			continue
		}
		return resp.Status, err
	}
}

// ensureToken gives the token to sign with, which is not the one that was refused.
func (c *Client) ensureToken(ctx context.Context, refused string) (string, error) {
	c.making.Lock()
	defer c.making.Unlock()
	if c.token != "" && c.token != refused {
		return c.token, nil
	}
	identity, err := c.identity(ctx)
	if err != nil {
		return "", err
	}
	if identity != "" {
		err := c.enterAs(ctx, identity)
		return c.token, err
	}
	if kept := c.Vault.Get(keyToken); kept != "" && kept != refused {
		c.token = kept
		return kept, nil
	}
	made, err := c.enter(ctx, api.NewPlayer{ClientSeed: c.kept(keySeed), Secret: c.kept(keySecret), Locale: c.Lang()})
	if err != nil {
		return "", err
	}
	c.token = made.Token
	c.Vault.Set(keyToken, made.Token)
	return c.token, nil
}

func (c *Client) identity(ctx context.Context) (string, error) {
	if c.Identity == nil {
		return "", nil
	}
	return c.Identity(ctx)
}

// enterAs enters as the player that a host says is playing. Their token is not kept: the next to hold
// this device may be another. What is kept of their draws goes by their name.
func (c *Client) enterAs(ctx context.Context, identity string) error {
	made, err := c.enter(ctx, api.NewPlayer{ClientSeed: c.random(32), Identity: identity, Locale: c.Lang()})
	if err != nil {
		return err
	}
	c.token, c.owner = made.Token, made.Player+"."
	return nil
}

func (c *Client) enter(ctx context.Context, ask api.NewPlayer) (made api.Player, err error) {
	err = c.once(ctx, Request{Method: "POST", Path: api.PlayersPath(), Body: encode(ask)}, &made)
	return made, err
}

// kept gives 32 random bytes in hex that are made once and then stay.
func (c *Client) kept(key string) string {
	text := c.Vault.Get(key)
	if b, err := hex.DecodeString(text); err == nil && len(b) == 32 {
		return text
	}
	text = c.random(32)
	c.Vault.Set(key, text)
	return text
}

func (c *Client) random(n int) string {
	b := make([]byte, n)
	c.Random(b)
	return hex.EncodeToString(b)
}

// operation gives the key of the redemption under way. A key belongs to one body, so it is kept
// together with the wildcards that it was made for.
func (c *Client) operation(slug string, wildcards game.Substitution) string {
	var positions []int
	for position, n := range wildcards {
		if n > 0 {
			positions = append(positions, position)
		}
	}
	sort.Ints(positions)
	prefix := "redeem"
	for _, position := range positions {
		prefix += "-" + strconv.Itoa(position)
	}
	prefix += "."
	if key := c.Vault.Get(keyOperation + slug); len(key) > len(prefix) && key[:len(prefix)] == prefix {
		return key
	}
	key := prefix + c.random(16)
	c.Vault.Set(keyOperation+c.owner+slug, key)
	return key
}

func (c *Client) forgetOperation(slug string) { c.Vault.Set(keyOperation+c.owner+slug, "") }

// ticketed is a span whose draw was accepted but not decided.
type ticketed struct {
	Span   game.Span `json:"span"`
	Ticket string    `json:"ticket"`
}

func (c *Client) holdTicket(slug string, s game.Span, ticket string) {
	c.Vault.Set(keyTicket+c.owner+slug, string(encode(ticketed{s, ticket})))
}

func (c *Client) dropTicket(slug string) {
	if c.Vault.Get(keyTicket+c.owner+slug) != "" {
		c.Vault.Set(keyTicket+c.owner+slug, "")
	}
}

// Undecided gives the span of a draw for which a ticket is held from an earlier visit.
func (c *Client) Undecided(slug string) (game.Span, bool) {
	held, ok := c.held(slug)
	return held.Span, ok
}

func (c *Client) held(slug string) (held ticketed, ok bool) {
	text := c.Vault.Get(keyTicket + slug)
	if text == "" || json.Unmarshal([]byte(text), &held) != nil {
		return held, false
	}
	return held, held.Ticket != "" && held.Span.Taps > 0
}

func (c *Client) heldTicket(slug string, s game.Span) string {
	if held, ok := c.held(slug); ok && held.Span == s {
		return held.Ticket
	}
	return ""
}
