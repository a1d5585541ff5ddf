package book_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestRedemptionBurnsASet(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "burn", nil)
		s.set("p")
		s.wins("p", s.win(9, "c1"))
		r, a, made, err := b.BookRedemption(s.ctx, s.operation("p", "k", "body"), nil, s.accepted)
		s.must(err)
		if !made || r.N != 7 || r.Player != "p" {
			t.Errorf("redemption %+v, made %v", r, made)
		}
		if a.N != 7 || a.Counts != [5]int64{1} || !a.Redeemed {
			t.Errorf("album %+v", a)
		}
		if diff := cmp.Diff(a, s.album("p")); diff != "" {
			t.Error("album (-answered +read):", diff)
		}
		kept, ok, err := b.Redemption(s.ctx, s.id, "p")
		s.must(err)
		if diff := cmp.Diff(r, kept); diff != "" || !ok {
			t.Error("redemption (-answered +read):", diff)
		}
		entries := s.entries("p")
		e := entries[len(entries)-1]
		if e.Kind != game.EntryRedeem || e.Operation != "k" || e.Counts != [5]int64{-1, -1, -1, -1, -1} || !e.AcceptedAt.Equal(s.accepted) {
			t.Errorf("entry %+v", e)
		}
	})
}

func TestRedemptionRepeated(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "repeated", nil)
		s.set("p")
		first := s.redeem("p")
		s.wins("p", s.win(9, "c1"))

		again, a, made, err := b.BookRedemption(s.ctx, s.operation("p", "redeem", "body"), nil, s.now())
		s.must(err)
		if made || again != first || a.N != 7 {
			t.Errorf("repeated: %+v, made %v, album %+v", again, made, a)
		}
		refuse := func(key, body string, want game.Code) {
			t.Helper()
			_, _, _, err := b.BookRedemption(s.ctx, s.operation("p", key, body), nil, s.now())
			wantCode(t, err, want)
		}
		refuse("redeem", "another body", game.CodeKeyReused)
		refuse("another key", "body", game.CodeAlreadyRedeemed)

		s.must(b.SetSwitches(s.ctx, s.id, game.Switches{ShakingPaused: false, RedemptionPaused: true}, "ada", "a fault"))
		s.end()
		_, _, made, err = b.BookRedemption(s.ctx, s.operation("p", "redeem", "body"), nil, s.now())
		if err != nil || made {
			t.Errorf("repeated after the seal: made %v, %v", made, err)
		}
		refuse("another key", "body", game.CodeCampaignSealed)
	})
}

// A key is a player's, whatever campaign it was used for.
func TestKeyOfAnotherCampaign(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s, other := opened(t, b, "one", nil), opened(t, b, "other", nil)
		s.set("p")
		other.set("p")
		s.redeem("p")
		_, _, _, err := b.BookRedemption(s.ctx, other.operation("p", "redeem", "body"), nil, s.accepted)
		wantCode(t, err, game.CodeKeyReused)
		if a := other.album("p"); a.N != 5 || a.Redeemed {
			t.Errorf("the other album is %+v", a)
		}
	})
}

func TestRedemptionRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "incomplete", nil)
		s.wins("p", s.win(1, "c1"), s.win(2, "c2"), s.win(3, "c3"), s.win(4, "c4"), s.win(5, "wild"))
		redeem := func(p game.PlayerID, w game.Substitution) error {
			_, _, _, err := b.BookRedemption(s.ctx, s.operation(p, "k", "body"), w, s.accepted)
			return err
		}
		before := s.album("p")
		wantCode(t, redeem("p", nil), game.CodeSetIncomplete)
		wantCode(t, redeem("p", game.Substitution{4: 1, 5: 1}), game.CodeSetIncomplete) // one wildcard for two
		wantCode(t, redeem("p", game.Substitution{6: 1}), game.CodeCardUnknown)
		wantCode(t, redeem("p", game.Substitution{5: 2}), game.CodeInvalid)
		wantCode(t, redeem("stranger", nil), game.CodeSetIncomplete)
		if a := s.album("stranger"); a.N != 0 {
			t.Errorf("a stranger has %+v", a)
		}
		s.must(b.SetSwitches(s.ctx, s.id, game.Switches{ShakingPaused: false, RedemptionPaused: true}, "ada", "a fault"))
		wantCode(t, redeem("p", game.Substitution{5: 1}), game.CodeRedemptionPaused)
		if diff := cmp.Diff(before, s.album("p")); diff != "" {
			t.Error("a refused redemption changed the album:", diff)
		}
		s.must(b.SetSwitches(s.ctx, s.id, game.Switches{ShakingPaused: false, RedemptionPaused: false}, "ada", "a fault"))
		s.must(redeem("p", game.Substitution{5: 1})) // the key is free: nothing was done under it
		if a := s.album("p"); a.Counts != [5]int64{} || a.Wildcards != 0 || a.N != 6 {
			t.Errorf("album %+v", a)
		}
	})
}

// Of many redemptions of a player at once, under keys of their own, one is made.
func TestRedemptionsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "race", nil)
		for range 2 {
			s.set("p")
		}
		s.wins("p", s.win(11, "c1"), s.win(12, "c2"), s.win(13, "c3"), s.win(14, "c4"), s.win(15, "c5"))
		var made, repeated, refused atomic.Int64
		var g errgroup.Group
		for i := range 16 {
			g.Go(func() error {
				key := fmt.Sprint("key", i/2) // each key twice
				_, _, now, err := b.BookRedemption(s.ctx, s.operation("p", key, "body"), nil, s.accepted)
				switch {
				case game.CodeOf(err) == game.CodeAlreadyRedeemed:
					refused.Add(1)
				case err != nil:
					return err
				case now:
					made.Add(1)
				default:
					repeated.Add(1)
				}
				return nil
			})
		}
		s.must(g.Wait())
		if made.Load() != 1 || repeated.Load() != 1 || refused.Load() != 14 {
			t.Errorf("made %d, repeated %d, refused %d", made.Load(), repeated.Load(), refused.Load())
		}
	})
}
