package book_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/game"
)

func TestLifeOfACampaign(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "life")
		_, err := b.Enter(s.ctx, s.id, game.StateOpen)
		wantCode(t, err, game.CodeStateConflict)
		v := s.version(nil)
		s.save(v, 0)
		s.publish(1)
		c, err := b.Campaign(s.ctx, "life")
		s.must(err)
		if c.State != game.StateScheduled || !c.OpensAt.Equal(v.Opens()) || !c.ClosesAt.Equal(v.Closes()) {
			t.Errorf("published: %+v", c)
		}
		_, err = b.Seal(s.ctx, s.id, revealed())
		wantCode(t, err, game.CodeStateConflict)
		s.enter(game.StateOpen)
		if c := s.enter(game.StateOpen); c.State != game.StateOpen {
			t.Errorf("entered twice: %s", c.State)
		}
		closed := s.enter(game.StateClosed)
		if closed.ClosedAt == nil {
			t.Error("the closing is not stamped")
		}
		s.must(b.Skip(s.ctx, time.Minute))
		if again := s.enter(game.StateClosed); !again.ClosedAt.Equal(*closed.ClosedAt) {
			t.Error("closed twice at different times")
		}
		if back := s.enter(game.StateOpen); back.State != game.StateClosed {
			t.Errorf("went back to %s", back.State)
		}
		sealed, err := b.Seal(s.ctx, s.id, revealed())
		s.must(err)
		again, err := b.Seal(s.ctx, s.id, nil)
		s.must(err)
		if diff := cmp.Diff(sealed, again); diff != "" || sealed.SealedAt == nil {
			t.Error("sealed twice (-first +again):", diff)
		}
		_, err = b.Enter(s.ctx, "nothing", game.StateOpen)
		wantCode(t, err, game.CodeCampaignUnknown)
	})
}

func TestSealRevealsOnlyWhatWasCommitted(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "reveal", nil)
		s.enter(game.StateClosed)
		_, err := b.Seal(s.ctx, s.id, []game.Commitment{{Round: 1, Hash: "another", Seed: "seed"}})
		wantCode(t, err, game.CodeInternal)
		if c, err := b.Campaign(s.ctx, "reveal"); err != nil || c.State != game.StateClosed {
			t.Errorf("after a refused seal: %s, %v", c.State, err)
		}
		_, err = b.Seal(s.ctx, s.id, revealed())
		s.must(err)
		snapshot, err := b.Snapshot(s.ctx)
		s.must(err)
		if diff := cmp.Diff(revealed(), snapshot.Campaigns[0].Commitments); diff != "" {
			t.Error("commitments (-want +got):", diff)
		}
	})
}

// While eight writers book, the campaign is sealed: what was acknowledged is in the book and was
// booked before the seal, and what came later was refused.
func TestSealWhileBooking(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "sealing", nil)
		s.enter(game.StateClosed)
		var mu sync.Mutex
		var acknowledged []game.Entry
		var g errgroup.Group
		for w := range 8 {
			g.Go(func() error {
				p := game.PlayerID(fmt.Sprint("p", w))
				for i := 1; ; i++ {
					booked, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, s.win(i, "c1"))})
					if game.CodeOf(err) == game.CodeCampaignSealed {
						return nil
					}
					if err != nil {
						return err
					}
					mu.Lock()
					acknowledged = append(acknowledged, booked[0].Entries...)
					mu.Unlock()
				}
			})
		}
		time.Sleep(100 * time.Millisecond)
		c, err := b.Seal(s.ctx, s.id, revealed())
		s.must(err)
		s.must(g.Wait())
		for _, e := range acknowledged {
			if !e.BookedAt.Before(*c.SealedAt) {
				t.Errorf("booked at %v, sealed at %v", e.BookedAt, c.SealedAt)
			}
		}
		if len(acknowledged) == 0 {
			t.Error("nothing was booked before the seal: the test shows nothing")
		}
		booktest.CheckKept(t, url, acknowledged)
	})
}
