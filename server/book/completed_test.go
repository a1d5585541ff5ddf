package book_test

import (
	"fmt"
	"testing"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// Every look counts all redemptions, those that it has to read and those that it remembers.
func TestCompleted(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		one, two := opened(t, b, "one", nil), opened(t, b, "two", nil)
		next := 0
		redeem := func(s *stage) {
			next++
			p := game.PlayerID(fmt.Sprintf("p%03d", next))
			s.set(p)
			s.redeem(p)
		}
		want := func(first, second, remembered int64) {
			t.Helper()
			for range 2 {
				snapshot, err := b.Snapshot(t.Context())
				one.must(err)
				for _, r := range snapshot.Campaigns {
					if n := map[game.CampaignID]int64{one.id: first, two.id: second}[r.ID]; r.Completed != n {
						t.Errorf("%s: %d have completed, want %d", r.Slug, r.Completed, n)
					}
				}
			}
			if got := b.Remembered(); got != remembered {
				t.Errorf("%d are remembered, want %d", got, remembered)
			}
		}
		want(0, 0, 0)
		b.AgeCompleted()
		redeem(one)
		redeem(two)
		redeem(one)
		want(2, 1, 0) // none had been seen
		redeem(two)
		b.AgeCompleted()
		want(2, 2, 3) // what came since is not settled
		b.AgeCompleted()
		want(2, 2, 4)
		redeem(one)
		want(3, 2, 4)
		one.must(b.Reset(t.Context()))
		want(0, 0, 0)
	})
}
