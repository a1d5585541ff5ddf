package book_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestReportsReadByPages(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "reports", func(v *game.Version) {
			v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: "packet", Kind: game.KindCash, Amount: 88})
			v.Stocks = append(v.Stocks, game.Stock{Outcome: "packet", Total: 3})
		})
		for _, p := range []game.PlayerID{"p3", "p1", "p2"} {
			s.set(p)
			s.redeem(p)
		}
		s.wins("p2", s.win(20, "packet"), s.win(21, "packet"))
		other := opened(t, b, "other", nil)
		other.set("p9")
		other.redeem("p9")

		var seen []game.PlayerID
		after := game.PlayerID("")
		for {
			page, err := b.RedemptionsAfter(s.ctx, s.id, after, 2)
			s.must(err)
			for _, r := range page {
				seen = append(seen, r.Player)
			}
			if len(page) < 2 {
				break
			}
			after = page[1].Player
		}
		if !slices.Equal(seen, []game.PlayerID{"p1", "p2", "p3"}) {
			t.Errorf("redemptions of %v", seen)
		}

		s.end()
		_, err := b.Settle(s.ctx, s.id, inOrder)
		s.must(err)
		type key struct {
			p game.PlayerID
			n int64
		}
		var payouts []key
		at := key{"", -1}
		for {
			page, err := b.PayoutsAfter(s.ctx, s.id, at.p, at.n, 2)
			s.must(err)
			for _, p := range page {
				payouts = append(payouts, key{p.Player, p.N})
			}
			if len(page) < 2 {
				break
			}
			at = payouts[len(payouts)-1]
		}
		if want := []key{{"p1", 0}, {"p2", 0}, {"p2", 7}, {"p2", 8}, {"p3", 0}}; !slices.Equal(payouts, want) {
			t.Errorf("payouts %v", payouts)
		}
		commitments, err := b.Commitments(s.ctx, s.id)
		s.must(err)
		if diff := cmp.Diff(revealed(), commitments); diff != "" {
			t.Error("commitments:", diff)
		}
	})
}

func TestIssuesAreCounted(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "issues", func(v *game.Version) {
			limit(2)(v)
			v.Odds.Outcomes[4].Fallback = "c1"
		})
		s.set("p") // one of each, c5 among them
		s.wins("q", s.win(1, "c5"), s.win(2, "c5"), s.win(3, "c5"), s.win(4, "c1"))
		s.consent(s.propose(grant("p", 5, 9)), "bob") // which is no draw
		got, err := b.Issues(s.ctx, s.id)
		s.must(err)
		want := []game.Issue{
			{Version: 1, Round: 1, Outcome: "c1", Count: 2},
			{Version: 1, Round: 1, Outcome: "c1", Raw: "c5", Count: 2},
			{Version: 1, Round: 1, Outcome: "c2", Count: 1},
			{Version: 1, Round: 1, Outcome: "c3", Count: 1},
			{Version: 1, Round: 1, Outcome: "c4", Count: 1},
			{Version: 1, Round: 1, Outcome: "c5", Count: 2},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestCorrectionsAfter(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "after", nil)
		s.propose(grant("p", 1, 1))
		s.propose(grant("q", 2, 1))
		first, err := b.CorrectionsAfter(s.ctx, s.id, 0, 1)
		s.must(err)
		rest, err := b.CorrectionsAfter(s.ctx, s.id, first[0].ID, 5)
		if s.must(err); first[0].Player != "p" || len(rest) != 1 || rest[0].Player != "q" {
			t.Errorf("%+v, %+v", first, rest)
		}
	})
}
