package book_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func (s *stage) propose(c game.Correction) game.Correction {
	s.t.Helper()
	c.Campaign, c.By, c.Reason = s.id, "ann", "a fault of ours"
	made, err := s.book.Propose(s.ctx, c)
	s.must(err)
	return made
}

func (s *stage) refuse(c game.Correction, code game.Code, field string) {
	s.t.Helper()
	c.Campaign, c.By, c.Reason = s.id, "ann", "a fault of ours"
	_, err := s.book.Propose(s.ctx, c)
	wantCode(s.t, err, code)
	if fields := game.FieldsOf(err); field != "" && (len(fields) != 1 || fields[0].Name != field) {
		s.t.Errorf("fields %v, want %s", fields, field)
	}
}

func (s *stage) consent(c game.Correction, by game.StaffID) game.Album {
	s.t.Helper()
	_, a, err := s.book.Consent(s.ctx, s.id, c.ID, by, true)
	s.must(err)
	return a
}

func grant(p game.PlayerID, card int, count int64) game.Correction {
	return game.Correction{Player: p, Kind: game.EntryGrant, Card: card, Count: count}
}

func reversal(p game.PlayerID, n, count int64) game.Correction {
	return game.Correction{Player: p, Kind: game.EntryReversal, Reverses: n, Count: count}
}

func TestCorrectionIsBookedByTwo(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "two", nil)
		s.wins("p", s.win(1, "c1"))
		c := s.propose(grant("p", 2, 3))
		if a := s.album("p"); a.N != 1 {
			t.Errorf("proposed, and booked: %+v", a)
		}
		_, _, err := b.Consent(s.ctx, s.id, c.ID, "ann", true)
		wantCode(t, err, game.CodeForbidden)
		a := s.consent(c, "bob")
		if a.N != 2 || a.Counts != [5]int64{1, 3} || a.Last.Index != 1 {
			t.Errorf("album %+v", a)
		}
		if diff := cmp.Diff(a, s.album("p")); diff != "" {
			t.Error("album (-answered +read):", diff)
		}
		e := s.entries("p")[1]
		if e.Kind != game.EntryGrant || e.Card != 2 || e.Counts != [5]int64{0, 3} || e.Chance.Round != 0 || e.Version != 0 {
			t.Errorf("entry %+v", e)
		}
		_, _, err = b.Consent(s.ctx, s.id, c.ID, "bob", true)
		wantCode(t, err, game.CodeStateConflict)
		_, err = b.Decline(s.ctx, s.id, c.ID, "bob", "late")
		wantCode(t, err, game.CodeStateConflict)

		kept, err := b.Corrections(s.ctx, game.CorrectionFilter{Campaign: s.id, Player: "p", Limit: 9})
		s.must(err)
		if len(kept) != 1 || kept[0].State != game.CorrectionBooked || kept[0].N != 2 || kept[0].DecidedBy != "bob" || kept[0].By != "ann" {
			t.Errorf("kept %+v", kept)
		}
		acts, err := b.Acts(s.ctx, game.ActFilter{Campaign: s.id, Limit: 2})
		s.must(err)
		if acts[0].Action != game.ActionCorrectionBooked || acts[0].By != "bob" || acts[0].Subject != "p" || acts[1].By != "ann" {
			t.Errorf("acts %+v", acts)
		}
		own := s.propose(grant("p", 0, 1))
		if _, a, err = b.Consent(s.ctx, s.id, own.ID, "ann", false); err != nil || a.Wildcards != 1 {
			t.Errorf("without a second person: %v, %+v", err, a)
		}
	})
}

func TestReversal(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "reversal", limit(10))
		s.set("p")
		s.wins("p", s.win(9, "c1"))
		first := s.propose(reversal("p", 1, 1))
		second := s.propose(reversal("p", 1, 1)) // while the first waits
		a := s.consent(first, "bob")
		if first.Card != 1 || a.N != 7 || a.Counts != [5]int64{1, 1, 1, 1, 1} {
			t.Errorf("%+v after %+v", a, first)
		}
		_, _, err := b.Consent(s.ctx, s.id, second.ID, "bob", true)
		wantCode(t, err, game.CodeInvalid)
		s.refuse(reversal("p", 1, 1), game.CodeInvalid, "reverses")
		s.refuse(reversal("p", 2, 2), game.CodeInvalid, "count")
		s.refuse(reversal("p", 99, 1), game.CodeNotFound, "reverses")

		s.redeem("p") // entry 8
		s.refuse(reversal("p", 8, 1), game.CodeInvalid, "reverses")
		s.refuse(reversal("p", 2, 1), game.CodeInvalid, "count") // it was burned
		if a := s.album("p"); a.N != 8 || !a.Redeemed {
			t.Errorf("what was refused has changed the album: %+v", a)
		}
		// Of three that were granted, two are taken back, and no more than the third after that.
		s.consent(s.propose(grant("p", 4, 3)), "bob")
		s.consent(s.propose(reversal("p", 9, 2)), "bob")
		s.refuse(reversal("p", 9, 2), game.CodeInvalid, "count")
		if a := s.consent(s.propose(reversal("p", 9, 1)), "bob"); a.Counts[3] != 0 {
			t.Errorf("all was taken back: %+v", a)
		}
	})
}

func TestCorrectionEndsWithTheSeal(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "sealed", nil)
		s.wins("p", s.win(1, "c1"))
		c := s.propose(grant("p", 2, 1))
		s.end()
		_, _, err := b.Consent(s.ctx, s.id, c.ID, "bob", true)
		wantCode(t, err, game.CodeCampaignSealed)
		s.refuse(grant("p", 2, 1), game.CodeCampaignSealed, "")
		declined, err := b.Decline(s.ctx, s.id, c.ID, "ann", "too late")
		if s.must(err); declined.State != game.CorrectionDeclined || declined.Answer != "too late" {
			t.Errorf("%+v", declined)
		}
		_, err = b.Decline(s.ctx, s.id, c.ID+1, "ann", "which")
		wantCode(t, err, game.CodeNotFound)
	})
}

// However many consent at once, a correction is booked once.
func TestConsentAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "at-once", nil)
		c := s.propose(grant("p", 1, 1))
		var booked atomic.Int64
		var g errgroup.Group
		for range 8 {
			g.Go(func() error {
				_, _, err := b.Consent(s.ctx, s.id, c.ID, "bob", true)
				if err == nil {
					booked.Add(1)
				} else if game.CodeOf(err) != game.CodeStateConflict {
					return err
				}
				return nil
			})
		}
		s.must(g.Wait())
		if a := s.album("p"); booked.Load() != 1 || a.N != 1 || a.Counts[0] != 1 {
			t.Errorf("booked %d times: %+v", booked.Load(), a)
		}
	})
}

func TestCorrectionsByPages(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "pages", nil)
		for range 3 {
			s.propose(grant("p", 1, 1))
		}
		s.consent(s.propose(grant("q", 1, 1)), "bob")
		f := game.CorrectionFilter{Campaign: s.id, State: game.CorrectionProposed, Limit: 2}
		first, err := b.Corrections(s.ctx, f)
		s.must(err)
		f.Before = first[1].ID
		rest, err := b.Corrections(s.ctx, f)
		if s.must(err); len(first) != 2 || first[0].ID < first[1].ID || len(rest) != 1 || rest[0].Player != "p" {
			t.Errorf("%+v, then %+v", first, rest)
		}
	})
}

// taken names an entry, of which a model knows how much was taken back.
type taken struct {
	player game.PlayerID
	n      int
}

// correct grants some cards, or takes back what some entry gave, and may be refused.
func (m *model) correct(t *rapid.T) {
	p := rapid.SampledFrom(modelPlayers).Draw(t, "player")
	c := grant(p, rapid.IntRange(0, game.SetSize).Draw(t, "card"), rapid.Int64Range(1, 3).Draw(t, "count"))
	n, possible := 0, true
	if rapid.Bool().Draw(t, "take back") {
		n = rapid.IntRange(1, len(m.entries[p])+1).Draw(t, "entry")
		c = reversal(p, int64(n), c.Count)
		c.Card, possible = m.gaveBack(p, n, c.Count)
	}
	want := game.Entry{Campaign: m.id, Player: p, Kind: c.Kind, Card: c.Card}
	change := c.Count
	if n > 0 {
		change = -change
	}
	if c.Card == 0 {
		want.Wildcards = change
	} else {
		want.Counts[c.Card-1] = change
	}
	c.Campaign, c.By, c.Reason = m.id, "ann", "whatever"
	made, err := m.stage.book.Propose(m.ctx, c)
	if (err == nil) != possible {
		t.Fatalf("%+v: %v, possible %t", c, err, possible)
	}
	if !possible {
		return
	}
	booked, _, err := m.stage.book.Consent(m.ctx, m.id, made.ID, "bob", true)
	if err != nil || booked.N != int64(len(m.entries[p])+1) || booked.Card != c.Card {
		t.Fatalf("booked %+v, %v", booked, err)
	}
	m.entries[p] = append(m.entries[p], want)
	m.back[taken{p, n}] += c.Count
}

// gaveBack says which card an entry gave, and whether so many of it can be taken back.
func (m *model) gaveBack(p game.PlayerID, n int, count int64) (card int, possible bool) {
	if n > len(m.entries[p]) {
		return 0, false
	}
	e, have := m.entries[p][n-1], m.total(p)
	gave := max(e.Wildcards, slices.Max(e.Counts[:]))
	if i := slices.Index(e.Counts[:], gave); i >= 0 && gave > 0 {
		return i + 1, count <= gave-m.back[taken{p, n}] && count <= have.Counts[i]
	}
	return 0, gave > 0 && count <= gave-m.back[taken{p, n}] && count <= have.Wildcards
}
