package book_test

import (
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

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
