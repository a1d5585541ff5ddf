package book_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// stage is a campaign of a book under test, with its wishes checked for failure.
type stage struct {
	t    *testing.T
	book *book.Book
	ctx  context.Context
	id   game.CampaignID

	accepted time.Time   // when the stage's wins are accepted
	chance   game.Chance // of the window that is open then, with index 0
}

// draft makes a campaign without a version.
func draft(t *testing.T, b *book.Book, slug string) *stage {
	t.Helper()
	s := &stage{t: t, book: b, ctx: t.Context(), id: game.CampaignID("id-" + slug)}
	s.must(b.CreateCampaign(s.ctx, campaign(slug), []byte("sealed "+slug)))
	s.accepted = s.now()
	return s
}

// opened makes a campaign that is open, with version 1 after change.
func opened(t *testing.T, b *book.Book, slug string, change func(*game.Version)) *stage {
	t.Helper()
	s := draft(t, b, slug)
	s.open(change)
	return s
}

// open opens a draft with version 1 after change.
func (s *stage) open(change func(*game.Version)) {
	s.t.Helper()
	v := s.version(change)
	s.save(v, 0)
	s.publish(1)
	s.enter(game.StateOpen)
	s.chance = game.Chance{Round: 1, Window: v.Rounds[0].WindowAt(s.accepted)}
}

func campaign(slug string) game.Campaign {
	cards := make([]game.Card, game.SetSize)
	for i := range cards {
		cards[i] = game.Card{Position: i + 1, Code: fmt.Sprint("card", i+1), Name: game.Text{"en": "Card", "zh": "福"}}
	}
	return game.Campaign{
		ID: game.CampaignID("id-" + slug), Slug: slug, State: game.StateDraft,
		Name: game.Text{"en": "A campaign", "zh": "活动"}, Rules: game.Text{"en": "Rules", "zh": "规则"},
		TimeZone: "Asia/Shanghai", Cards: cards,
		Pool: game.Pool{Amount: 10_000, Currency: "CNY", Split: game.SplitEqual}, Revision: 1,
	}
}

// version is one of five cards of which none is limited, and a wildcard; its one round opened ten
// minutes before the stage was set and takes an hour.
func (s *stage) version(change func(*game.Version)) game.Version {
	opens := s.accepted.Add(-10 * time.Minute).Truncate(time.Second)
	v := game.Version{
		Odds: game.Odds{Miss: 400_000_000},
		Rounds: []game.Round{{
			Number: 1, OpensAt: opens, ClosesAt: opens.Add(time.Hour), WindowSeconds: 600, Chances: 10_000,
		}},
	}
	for card := 1; card <= game.SetSize; card++ {
		v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{
			ID: outcome(card), Kind: game.KindCard, Card: card, Weight: 100_000_000,
		})
	}
	v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: "wild", Kind: game.KindWildcard, Weight: 100_000_000})
	if change != nil {
		change(&v)
	}
	if err := v.Check(); err != nil {
		s.t.Fatal(err)
	}
	return v
}

// outcome names the outcome of a card.
func outcome(card int) game.OutcomeID { return game.OutcomeID(fmt.Sprint("c", card)) }

// limit gives card 5 a stock.
func limit(total int64, releases ...game.Release) func(*game.Version) {
	return func(v *game.Version) {
		v.Stocks = append(v.Stocks, game.Stock{Outcome: outcome(5), Total: total, Releases: releases})
	}
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) now() time.Time {
	s.t.Helper()
	now, err := s.book.Now(s.ctx)
	s.must(err)
	return now
}

func saved(v game.Version) game.SavedVersion {
	document, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	hash := sha256.Sum256(document)
	return game.SavedVersion{
		Version: v, Document: string(document), Hash: hex.EncodeToString(hash[:]), Comment: "of a test", SavedBy: "s1",
	}
}

func (s *stage) save(v game.Version, after int) game.SavedVersion {
	s.t.Helper()
	kept, err := s.book.SaveVersion(s.ctx, s.id, saved(v), after)
	s.must(err)
	return kept
}

func (s *stage) publish(number int) game.SavedVersion {
	s.t.Helper()
	v, err := s.book.Publish(s.ctx, s.id, number, "s1", allow, commitments())
	s.must(err)
	return v
}

// allow is the check of a publication that refuses nothing.
func allow(game.Candidate) error { return nil }

func commitments() []game.Commitment {
	return []game.Commitment{{Round: 0, Hash: "hash 0"}, {Round: 1, Hash: "hash 1"}}
}

func revealed() []game.Commitment {
	return []game.Commitment{{Round: 0, Hash: "hash 0", Seed: "seed 0"}, {Round: 1, Hash: "hash 1", Seed: "seed 1"}}
}

// win is a win of version 1 by the chance of an index.
func (s *stage) win(index int, o game.OutcomeID) game.Win {
	c := s.chance
	c.Index = index
	return game.Win{Chance: c, Outcome: o, Version: 1, AcceptedAt: s.accepted}
}

func (s *stage) booking(p game.PlayerID, wins ...game.Win) game.Booking {
	return game.Booking{Campaign: s.id, Player: p, Wins: wins}
}

// wins books wins of one player.
func (s *stage) wins(p game.PlayerID, wins ...game.Win) game.Booked {
	s.t.Helper()
	booked, err := s.book.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, wins...)})
	s.must(err)
	return booked[0]
}

// set gives a player one card of each.
func (s *stage) set(p game.PlayerID) {
	s.t.Helper()
	wins := make([]game.Win, game.SetSize)
	for i := range wins {
		wins[i] = s.win(i+1, outcome(i+1))
	}
	s.wins(p, wins...)
}

func (s *stage) album(p game.PlayerID) game.Album {
	s.t.Helper()
	a, err := s.book.Album(s.ctx, s.id, p)
	s.must(err)
	return a
}

func (s *stage) entries(p game.PlayerID) []game.Entry {
	s.t.Helper()
	entries, err := s.book.Entries(s.ctx, s.id, p, 0, 100_000)
	s.must(err)
	return entries
}

func (s *stage) operation(p game.PlayerID, key, body string) game.Operation {
	return game.Operation{Campaign: s.id, Player: p, Key: game.OperationKey(key), BodyHash: body}
}

// redeem burns a full set of a player.
func (s *stage) redeem(p game.PlayerID) game.Redemption {
	s.t.Helper()
	r, _, _, err := s.book.BookRedemption(s.ctx, s.operation(p, "redeem", "body"), nil, s.accepted)
	s.must(err)
	return r
}

func (s *stage) enter(to game.State) game.Campaign {
	s.t.Helper()
	c, err := s.book.Enter(s.ctx, s.id, to)
	s.must(err)
	return c
}

// end closes and seals the campaign.
func (s *stage) end() game.Campaign {
	s.t.Helper()
	s.enter(game.StateClosed)
	c, err := s.book.Seal(s.ctx, s.id, revealed())
	s.must(err)
	return c
}

// wantCode fails the test where err has another code.
func wantCode(t *testing.T, err error, want game.Code) {
	t.Helper()
	if got := game.CodeOf(err); got != want {
		t.Errorf("code %q, want %q: %v", got, want, err)
	}
}
