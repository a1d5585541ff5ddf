package book_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// Figures are the same whether entries are tallied or not, and after more have come. That tallies are
// right in themselves is an invariant, checked at the end.
func TestFiguresFromTallies(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "tallied", limit(1))
		s.set("p1")
		s.redeem("p1")
		figures := func() game.Figures {
			t.Helper()
			f, err := b.Figures(s.ctx, s.id)
			s.must(err)
			return f
		}
		before := figures()
		s.must(b.Tally(s.ctx)) // sees what there is
		s.wins("p2", s.win(1, "c5"), s.win(2, "wild"))
		s.must(b.Tally(s.ctx)) // too early
		if n := tallied(t, url); n != 0 {
			t.Errorf("tallied up to %d at once", n)
		}
		b.AgeTally()
		s.must(b.Tally(s.ctx))
		if tallied(t, url) == 0 {
			t.Error("nothing is tallied")
		}
		want := before
		want.Players, want.Wins, want.SoldOut = 2, want.Wins+2, 1
		want.Issued["wild"] = 1
		want.Drawn[1]["wild"], want.Drawn[1]["c5"] = 1, want.Drawn[1]["c5"]+1
		if diff := cmp.Diff(want, figures()); diff != "" {
			t.Errorf("half tallied (-want +got):\n%s", diff)
		}
		b.AgeTally()
		s.must(b.Tally(s.ctx))
		if diff := cmp.Diff(want, figures()); diff != "" {
			t.Errorf("tallied (-want +got):\n%s", diff)
		}
	})
}

// Chances that end a block of a guarantee are not among what was drawn, tallied or not.
func TestBlockEndsAreSetApart(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "guaranteed", func(v *game.Version) {
			v.Guarantee = &game.Guarantee{Every: 2, Weights: make([]int64, len(v.Odds.Outcomes))}
			v.Guarantee.Weights[0] = game.Scale
		})
		s.wins("p1", s.win(1, "c1"), s.win(2, "c1"), s.win(3, "c2"), s.win(4, "c1"))
		s.wins("p2", s.win(1, "c1"))
		want := map[int]map[game.OutcomeID]int64{1: {"c1": 2, "c2": 1}}
		for _, when := range []string{"not tallied", "seen", "tallied"} {
			f, err := b.Figures(s.ctx, s.id)
			s.must(err)
			if diff := cmp.Diff(want, f.Drawn); diff != "" || f.Issued["c1"] != 4 || f.Players != 2 {
				t.Errorf("%s: %+v: drawn (-want +got):\n%s", when, f, diff)
			}
			b.AgeTally()
			s.must(b.Tally(s.ctx))
		}
	})
}

// Two servers that tally at once count nothing twice.
func TestTallyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "tallied", nil)
		s.set("p1")
		other := open(t, url)
		for _, server := range []*book.Book{b, other} {
			s.must(server.Tally(s.ctx))
			server.AgeTally()
		}
		var g errgroup.Group
		for _, server := range []*book.Book{b, other} {
			g.Go(func() error { return server.Tally(s.ctx) })
		}
		s.must(g.Wait())
		f, err := b.Figures(s.ctx, s.id)
		if err != nil || f.Players != 1 || tallied(t, url) == 0 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

func tallied(t *testing.T, url string) (id int64) {
	t.Helper()
	driver := openDriver(t, url)
	defer driver.Close()
	if err := driver.DB().QueryRow("SELECT tallied FROM settings").Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
