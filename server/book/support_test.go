package book_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestSupportFindsPlayers(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "support", limit(10))
		for _, p := range []game.Player{{ID: "p1", SecretHash: "h1"}, {ID: "p2", SecretHash: "h2"}} {
			_, _, err := b.CreatePlayer(s.ctx, p)
			s.must(err)
		}
		s.wins("p1", s.win(1, "c1"), s.win(2, "c5"), s.win(3, "c2"))
		serial := s.entries("p1")[1].Serial

		ids, err := b.KnownBy(s.ctx, []string{"h2", "h3"})
		if s.must(err); !slices.Equal(ids, []game.PlayerID{"p2"}) {
			t.Errorf("by hash: %v", ids)
		}
		holders, err := b.Holders(s.ctx, s.id, []game.OutcomeID{"c1", "c5"}, serial)
		if s.must(err); len(holders) != 1 || holders[0].Player != "p1" || holders[0].N != 2 {
			t.Errorf("by serial: %+v", holders)
		}
		if none, err := b.Holders(s.ctx, s.id, []game.OutcomeID{"c5"}, 0); err != nil || none != nil {
			t.Errorf("what has no serial: %v, %v", none, err)
		}
		if _, known, err := b.Player(s.ctx, "p3"); known || err != nil {
			t.Errorf("nobody: %v, %v", known, err)
		}
		if p, known, err := b.Player(s.ctx, "p1"); !known || p.SecretHash != "h1" || err != nil {
			t.Errorf("p1: %+v, %v", p, err)
		}
	})
}

func TestSupportReadsBackwards(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "backwards", nil)
		s.wins("p", s.win(1, "c1"), s.win(2, "c2"), s.win(3, "c3"))
		s.wins("q", s.win(1, "c1"))
		first, err := b.EntriesBefore(s.ctx, s.id, "p", 0, 2)
		s.must(err)
		rest, err := b.EntriesBefore(s.ctx, s.id, "p", first[1].N, 2)
		s.must(err)
		var seen []int64
		for _, e := range append(first, rest...) {
			seen = append(seen, e.N)
		}
		if !slices.Equal(seen, []int64{3, 2, 1}) {
			t.Errorf("read %v", seen)
		}
		e, err := b.Entry(s.ctx, s.id, "p", 2)
		if s.must(err); e.Card != 2 {
			t.Errorf("entry 2: %+v", e)
		}
		_, err = b.Entry(s.ctx, s.id, "p", 4)
		wantCode(t, err, game.CodeNotFound)
		v, err := b.Version(s.ctx, s.id, 1)
		if s.must(err); v.Number != 1 || len(v.Odds.Outcomes) != 6 {
			t.Errorf("version 1: %+v", v)
		}
		_, err = b.Version(s.ctx, s.id, 2)
		wantCode(t, err, game.CodeVersionUnknown)
	})
}

func TestNoteIsAnAct(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "note", nil)
		s.must(b.Note(s.ctx, game.Act{By: "s1", Action: game.ActionPlayerViewed, Campaign: s.id, Subject: "p1"}, map[string]int{"entry": 4}))
		acts, err := b.Acts(s.ctx, game.ActFilter{Action: game.ActionPlayerViewed})
		if s.must(err); len(acts) != 1 || acts[0].Subject != "p1" || acts[0].After != `{"entry":4}` {
			t.Errorf("%+v", acts)
		}
	})
}

func TestBonusGrantsOfAPlayer(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "granted", bonus(0, 9))
		s.known("p", "q")
		for i, p := range []game.PlayerID{"p", "q", "p", "p"} {
			g := s.bonusGrant(p, i+1, fmt.Sprint("key ", i))
			_, err := b.GrantBonus(s.ctx, g, begun)
			s.must(err)
		}
		grants, err := b.BonusGrants(s.ctx, s.id, "p", 2)
		s.must(err)
		if len(grants) != 2 || grants[0].Chances != 4 || grants[1].Chances != 3 || grants[0].By != "s1" || grants[0].At.IsZero() {
			t.Errorf("%+v, want the last two of p", grants)
		}
	})
}
