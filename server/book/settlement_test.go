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

// inOrder shares a pool out in the order of the players' ids.
func inOrder(c game.Campaign, players []game.PlayerID) (game.Settlement, []game.Payout) {
	shares := c.Pool.Divide(int64(len(players)))
	payouts := make([]game.Payout, len(players))
	for i, p := range players {
		payouts[i] = game.Payout{
			Campaign: c.ID, Player: p, Place: int64(i), Amount: shares.Of(int64(i)),
			Currency: c.Pool.Currency, State: game.PayoutPending,
		}
	}
	return game.Settlement{Split: game.SplitEqual, Shares: shares}, payouts
}

// redeemed makes a campaign with a pool in which n players have redeemed, and ends it.
func redeemed(t *testing.T, b *book.Book, slug string, pool game.Pool, n int) *stage {
	t.Helper()
	c := campaign(slug)
	c.Pool = pool
	s := &stage{t: t, book: b, ctx: t.Context(), id: c.ID}
	s.must(b.CreateCampaign(s.ctx, c, []byte("key")))
	s.accepted = s.now()
	v := s.version(nil)
	s.save(v, 0)
	s.publish(1)
	s.enter(game.StateOpen)
	s.chance = game.Chance{Round: 1, Window: v.Rounds[0].WindowAt(s.accepted)}
	for i := n; i > 0; i-- {
		p := game.PlayerID(fmt.Sprintf("p%03d", i))
		s.set(p)
		s.redeem(p)
	}
	s.set("unredeemed")
	_, err := b.Settle(s.ctx, s.id, inOrder)
	wantCode(t, err, game.CodeStateConflict)
	s.end()
	return s
}

func TestSettlement(t *testing.T) {
	cny := func(amount, limit int64) game.Pool {
		return game.Pool{Amount: amount, Currency: "CNY", Split: game.SplitEqual, Cap: limit, Overflow: game.Text{"en": "charity"}}
	}
	cases := []struct {
		name    string
		pool    game.Pool
		players int
		want    game.Shares
		amounts []int64
	}{
		{"nobody", cny(10_000, 0), 0, game.Shares{Overflow: 10_000}, nil},
		{"leftover", cny(10_001, 0), 3, game.Shares{Redemptions: 3, Share: 3_333, Leftover: 2}, []int64{3_334, 3_334, 3_333}},
		{"cap", cny(10_000, 1_000), 3, game.Shares{Redemptions: 3, Share: 1_000, Overflow: 7_000}, []int64{1_000, 1_000, 1_000}},
		{"less than a cent", cny(2, 0), 3, game.Shares{Redemptions: 3, Leftover: 2}, []int64{1, 1, 0}},
	}
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, b *book.Book, _ string) {
				s := redeemed(t, b, fmt.Sprint("pool-", i), c.pool, c.players)
				got, err := b.Settle(s.ctx, s.id, inOrder)
				s.must(err)
				if diff := cmp.Diff(c.want, got.Shares); diff != "" {
					t.Error("shares (-want +got):", diff)
				}
				payouts, err := b.Payouts(s.ctx, s.id)
				s.must(err)
				var amounts []int64
				for i, p := range payouts {
					amounts = append(amounts, p.Amount)
					if p.Player != game.PlayerID(fmt.Sprintf("p%03d", i+1)) || p.Place != int64(i) || p.State != game.PayoutPending {
						t.Errorf("payout %d is %+v", i, p)
					}
				}
				if diff := cmp.Diff(c.amounts, amounts); diff != "" {
					t.Error("payouts (-want +got):", diff)
				}
				wantSettled(s, got)
			})
		})
	}
}

// wantSettled looks at a settled campaign from all sides.
func wantSettled(s *stage, want game.Settlement) {
	s.t.Helper()
	kept, ok, err := s.book.Settlement(s.ctx, s.id)
	s.must(err)
	if diff := cmp.Diff(want, kept); diff != "" || !ok {
		s.t.Error("settlement (-answered +read):", diff)
	}
	again, err := s.book.Settle(s.ctx, s.id, func(game.Campaign, []game.PlayerID) (game.Settlement, []game.Payout) {
		s.t.Error("a settled pool was divided again")
		return game.Settlement{}, nil
	})
	s.must(err)
	if diff := cmp.Diff(want, again); diff != "" {
		s.t.Error("settled again (-first +again):", diff)
	}
	snapshot, err := s.book.Snapshot(s.ctx)
	s.must(err)
	c := snapshot.Campaigns[0]
	if c.State != game.StateSettled || c.SettledAt == nil || !c.SettledAt.Equal(want.SettledAt) || c.Completed != want.Shares.Redemptions {
		s.t.Errorf("the campaign is %s at %v with %d completed", c.State, c.SettledAt, c.Completed)
	}
	payout, ok, err := s.book.Payout(s.ctx, s.id, "unredeemed")
	if err != nil || ok {
		s.t.Errorf("who did not redeem has %+v, %v", payout, err)
	}
}

// A random split is kept with what proves it, and the book's own invariants hold.
func TestRandomSettlement(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		pool := game.Pool{Amount: 10_007, Currency: "CNY", Split: game.SplitRandom, Floor: 500, Cap: 4_000, Overflow: game.Text{"en": "charity"}}
		s := redeemed(t, b, "random", pool, 5)
		c, err := b.Campaign(s.ctx, "random")
		s.must(err)
		if diff := cmp.Diff(pool, c.Pool); diff != "" {
			t.Error("pool (-want +got):", diff)
		}
		weights := []uint32{0, 1, 2, 3, 1 << 31}
		got, err := b.Settle(s.ctx, s.id, func(c game.Campaign, players []game.PlayerID) (game.Settlement, []game.Payout) {
			settled, payouts := inOrder(c, players)
			shares, amounts, _ := c.Pool.DivideBy(weights)
			for i := range payouts {
				payouts[i].Amount = amounts[i]
			}
			settled.Split, settled.Shares, settled.Root, settled.Weights = game.SplitRandom, shares, "c0ffee", game.Sum(weights)
			return settled, payouts
		})
		s.must(err)
		payouts, err := b.Payouts(s.ctx, s.id)
		s.must(err)
		var amounts []int64
		for _, p := range payouts {
			amounts = append(amounts, p.Amount)
		}
		if diff := cmp.Diff([]int64{501, 500, 500, 500, 4_000}, amounts); diff != "" || got.Shares.Overflow != 4_006 {
			t.Errorf("%+v, payouts (-want +got): %s", got, diff)
		}
		wantSettled(s, got)
	})
}

func TestSettleAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := redeemed(t, b, "together", game.Pool{Amount: 100, Currency: "CNY", Split: game.SplitEqual}, 7)
		var kept atomic.Int64
		var g errgroup.Group
		for range 6 {
			g.Go(func() error {
				got, err := b.Settle(s.ctx, s.id, inOrder)
				if got.Shares.Share == 14 && got.Shares.Leftover == 2 {
					kept.Add(1)
				}
				return err
			})
		}
		s.must(g.Wait())
		if kept.Load() != 6 {
			t.Errorf("%d of 6 got the settlement", kept.Load())
		}
	})
}
