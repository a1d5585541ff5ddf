package main

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

const (
	slug   = "bench"
	secret = "a secret for measurements alone, of no campaign"
	lead   = time.Second
	grace  = time.Minute
)

// stage is an open campaign on stores of its own, and what is started on it.
type stage struct {
	*bench
	name     string
	database string // address
	redis    string
	book     *book.Book
	keys     *fairness.Keys
	tokens   *player.Tokens
	campaign game.Campaign
	folder   string
	children []*child
}

// newStage opens a campaign with an odds table; close has to be called.
func (b *bench) newStage(ctx context.Context, name string, odds game.Odds, stocks ...game.Stock) (*stage, error) {
	s := &stage{bench: b, name: "bench_" + name}
	err := s.open(ctx)
	if err == nil {
		err = s.publish(ctx, odds, stocks)
	}
	if err != nil {
		s.close()
		return nil, fmt.Errorf("set the stage: %w", err)
	}
	return s, nil
}

func (s *stage) open(ctx context.Context) error {
	var err error
	if s.folder, err = os.MkdirTemp("", "fivefold-bench-"); err != nil {
		return err
	}
	if err := os.WriteFile(s.script(), shakeScript, 0o600); err != nil { // once: several shakes read it at a time
		return err
	}
	if s.database, err = newDatabase(ctx, s.name); err != nil {
		return err
	}
	if s.redis, err = newRedis(ctx, 1); err != nil {
		return err
	}
	if s.book, err = book.Open(ctx, s.database); err != nil {
		return err
	}
	if err := s.book.Migrate(ctx); err != nil {
		return err
	}
	if s.keys, err = fairness.NewKeys([]byte(secret)); err != nil {
		return err
	}
	s.tokens, err = newTokens(s.keys)
	return err
}

// script is where wrk reads what to do.
func (s *stage) script() string { return filepath.Join(s.folder, "shake.lua") }

func newTokens(keys *fairness.Keys) (*player.Tokens, error) {
	key, err := keys.Derive("fivefold/token/v1")
	if err != nil {
		return nil, err
	}
	return player.NewTokens(key, 24*time.Hour, time.Now), nil
}

// publish makes the campaign, of one round with one long window, and waits until it is open.
func (s *stage) publish(ctx context.Context, odds game.Odds, stocks []game.Stock) error {
	now, err := s.book.Now(ctx)
	if err != nil {
		return err
	}
	opens := now.UTC().Truncate(time.Millisecond).Add(lead + 500*time.Millisecond)
	name := game.Text{"en": slug, "zh": slug}
	c := game.Campaign{
		Slug: slug, Name: name, TimeZone: "Asia/Shanghai",
		Pool: game.Pool{Amount: 21_500_000_000, Currency: "CNY", Split: game.SplitEqual},
	}
	for i := range game.SetSize {
		c.Cards = append(c.Cards, game.Card{Position: i + 1, Code: "c", Name: name})
	}
	v := game.Version{
		Odds: odds, Stocks: stocks,
		Rounds: []game.Round{{Number: 1, OpensAt: opens, ClosesAt: opens.Add(4 * time.Hour), WindowSeconds: 4 * 3600, Chances: game.MaxChances}},
	}
	campaigns := &campaign.Service{
		Book: s.book, Keys: s.keys, Documents: fairness.Document, Lead: lead, Announce: func(context.Context) {},
	}
	if s.campaign, err = campaigns.Create(ctx, c, v, ""); err != nil {
		return err
	}
	if _, _, err = campaigns.Publish(ctx, slug, 1, ""); err != nil {
		return err
	}
	time.Sleep(time.Until(opens) + 100*time.Millisecond)
	_, err = s.book.Enter(ctx, s.campaign.ID, game.StateOpen)
	return err
}

func (s *stage) close() {
	for _, c := range s.children {
		c.stop()
	}
	if s.book != nil {
		s.book.Close()
	}
	dropDatabase(s.name)
	os.RemoveAll(s.folder)
}

// oddsOf is a table of the five cards with the same weight each, in parts per billion.
func oddsOf(weight int64) game.Odds {
	o := game.Odds{Miss: game.Scale - game.SetSize*weight}
	for i := range game.SetSize {
		o.Outcomes = append(o.Outcomes, game.Outcome{ID: cardOutcome(i + 1), Kind: game.KindCard, Card: i + 1, Weight: weight})
	}
	return o
}

func cardOutcome(card int) game.OutcomeID { return game.OutcomeID(fmt.Sprint("card", card)) }

// hardlyEver is odds by which nearly all is a miss, as in the minutes of the gala's peak.
func hardlyEver() game.Odds { return oddsOf(1) }

// always is odds without a miss; one card in five is limited.
func always() (game.Odds, game.Stock) {
	return oddsOf(game.Scale / game.SetSize), game.Stock{Outcome: cardOutcome(5), Total: game.MaxStock}
}

// playerID gives the id of a player by number, as long as real ones are.
func playerID(number int) game.PlayerID {
	sum := sha256.Sum256(fmt.Append(nil, "bench", number))
	return game.PlayerID("p" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:26]))
}

func (s *stage) token(number int) string {
	return s.tokens.Issue(player.Identity{Player: playerID(number), ClientSeed: sha256.Sum256(fmt.Append(nil, number))})
}

// tokenFile writes the tokens of players 0..players-1, one a line.
func (s *stage) tokenFile(players int) (string, error) {
	path := filepath.Join(s.folder, fmt.Sprint("tokens-", players))
	if _, err := os.Stat(path); err == nil || !errors.Is(err, os.ErrNotExist) {
		return path, err
	}
	var b strings.Builder
	for i := range players {
		b.WriteString(s.token(i))
		b.WriteByte('\n')
	}
	return path, os.WriteFile(path, []byte(b.String()), 0o600)
}
