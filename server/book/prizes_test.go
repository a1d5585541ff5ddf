package book_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// prizes adds packets of 88 and vouchers for tea, for whom card 1 steps in, to a version.
func prizes(packets, teas int64) func(*game.Version) {
	return func(v *game.Version) {
		v.Odds.Outcomes = append(slices.Clone(v.Odds.Outcomes),
			game.Outcome{ID: "packet", Kind: game.KindCash, Amount: 88},
			game.Outcome{ID: "tea", Kind: game.KindVoucher, Fallback: "c1"})
		v.Stocks = append(slices.Clone(v.Stocks),
			game.Stock{Outcome: "packet", Total: packets}, game.Stock{Outcome: "tea", Total: teas})
	}
}

// codes are a list of n voucher codes.
func codes(n int64) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = code(int64(i + 1))
	}
	return list
}

func code(serial int64) string { return fmt.Sprintf("TEA-%04d", serial) }

func (s *stage) load(list ...string) int64 {
	s.t.Helper()
	have, err := s.book.LoadCodes(s.ctx, s.id, "tea", list, "s1")
	s.must(err)
	return have
}

// openedWithPrizes makes an open campaign with prizes and their codes.
func openedWithPrizes(t *testing.T, b *book.Book, slug string, packets, teas int64) *stage {
	t.Helper()
	s := opened(t, b, slug, nil)
	s.load(codes(teas)...)
	s.save(s.version(prizes(packets, teas)), 1)
	s.publish(2)
	return s
}

// prize is a win of the version with prizes.
func (s *stage) prize(index int, o game.OutcomeID) game.Win {
	w := s.win(index, o)
	w.Version = 2
	return w
}

// A packet is an entry and a payout, a voucher an entry with its code, and neither is a card.
func TestPrizes(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := openedWithPrizes(t, b, "prizes", 2, 1)
		wins := []game.Win{
			s.prize(1, "packet"), s.prize(2, "tea"), s.prize(3, "c2"), s.prize(4, "packet"),
			s.prize(5, "packet"), s.prize(6, "tea"),
		}
		booked := s.wins("p", wins...)
		type line struct {
			Kind   game.EntryKind
			Amount int64
			Code   string
			Card   int
		}
		want := []line{
			{game.EntryCash, 88, "", 0}, {game.EntryVoucher, 0, code(1), 0}, {game.EntryCard, 0, "", 2},
			{game.EntryCash, 88, "", 0}, {game.EntrySoldOut, 0, "", 0}, {game.EntryCard, 0, "", 1},
		}
		again := s.wins("p", wins...).Entries
		span := s.chance
		span.Index = 1
		found, err := b.EntriesOf(s.ctx, s.id, "p", game.Span{Chance: span, Taps: 6})
		s.must(err)
		for name, entries := range map[string][]game.Entry{
			"booked": booked.Entries, "booked again": again, "of the player": s.entries("p"), "of the chances": found,
		} {
			var got []line
			for _, e := range entries {
				got = append(got, line{e.Kind, e.Amount, e.Code, e.Card})
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		if a := s.album("p"); a.N != 6 || a.Counts != [5]int64{1, 1} || a.Wildcards != 0 {
			t.Errorf("album %+v", a)
		}
		payouts, err := b.Payouts(s.ctx, s.id)
		s.must(err)
		paid := []game.Payout{
			{Campaign: s.id, Player: "p", N: 1, Amount: 88, Currency: "CNY", State: game.PayoutPending},
			{Campaign: s.id, Player: "p", N: 4, Amount: 88, Currency: "CNY", State: game.PayoutPending},
		}
		if diff := cmp.Diff(paid, payouts); diff != "" {
			t.Errorf("payouts (-want +got):\n%s", diff)
		}
		if _, ok, err := b.Payout(s.ctx, s.id, "p"); ok || err != nil {
			t.Errorf("a prize was taken for a share: %v, %v", ok, err)
		}
	})
}

// Prizes are paid besides the pool: who has won some gets the same share.
func TestPrizesAreApartFromThePool(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := openedWithPrizes(t, b, "apart", 5, 1)
		s.set("ann")
		s.set("bob")
		s.wins("ann", s.prize(11, "packet"), s.prize(12, "packet"))
		s.wins("cho", s.prize(11, "packet"))
		s.redeem("ann")
		s.redeem("bob")
		s.end()
		_, err := b.Settle(s.ctx, s.id, inOrder)
		s.must(err)
		share, ok, err := b.Payout(s.ctx, s.id, "ann")
		if share.Amount != 5_000 || share.N != 0 || !ok || err != nil {
			t.Errorf("share %+v, %v, %v", share, ok, err)
		}
		payouts, err := b.Payouts(s.ctx, s.id)
		s.must(err)
		var amounts []int64
		for _, p := range payouts {
			amounts = append(amounts, p.Amount)
		}
		if diff := cmp.Diff([]int64{5_000, 5_000, 88, 88, 88}, amounts); diff != "" {
			t.Errorf("payouts (-want +got):\n%s", diff)
		}
	})
}

func TestLoadCodes(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "codes")
		if have := s.load("A", " B "); have != 2 {
			t.Errorf("%d of 2", have)
		}
		if have := s.load("B", "C", "C", "A", "D"); have != 4 {
			t.Errorf("%d of 4", have)
		}
		if _, err := b.LoadCodes(s.ctx, s.id, "coffee", []string{"A"}, "s1"); err != nil {
			t.Errorf("the same code of another voucher: %v", err)
		}
		counts, err := b.CodeCounts(s.ctx, s.id)
		if diff := cmp.Diff(map[game.OutcomeID]int64{"tea": 4, "coffee": 1}, counts); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		_, err = b.LoadCodes(s.ctx, s.id, "tea", []string{"E", ""}, "s1")
		wantCode(t, err, game.CodeInvalid)
		_, err = b.LoadCodes(s.ctx, "nobody's", "tea", []string{"E"}, "s1")
		wantCode(t, err, game.CodeCampaignUnknown)
		if have := s.load(); have != 4 {
			t.Errorf("%d of 4 after what was refused", have)
		}
		acts, err := b.Acts(s.ctx, game.ActFilter{Campaign: s.id, Action: game.ActionCodesLoaded})
		if err != nil || len(acts) != 3 || acts[1].Before != "2" || acts[1].After != "4" || acts[1].By != "s1" || acts[1].Subject != "tea" {
			t.Errorf("acts %+v, %v", acts, err)
		}
	})
}

// Two who load at once give no serial twice.
func TestLoadCodesAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "codes-at-once")
		var loaders sync.WaitGroup
		for i := range 4 {
			loaders.Go(func() {
				if _, err := b.LoadCodes(s.ctx, s.id, "tea", []string{fmt.Sprint("own ", i), "common"}, "s1"); err != nil {
					t.Error(err)
				}
			})
		}
		loaders.Wait()
		if have := s.load(); have != 5 {
			t.Errorf("%d of 5", have)
		}
	})
}

// A voucher that could be won and would give no code is not published.
func TestPublishWithoutCodes(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "without-codes")
		s.save(s.version(prizes(1, 3)), 0)
		s.load(codes(2)...)
		_, err := b.Publish(s.ctx, s.id, 1, "s1", allow, commitments())
		want := []game.Field{{Name: "outcomes.7.codes", Reason: game.ReasonLess, Want: "3"}}
		if diff := cmp.Diff(want, game.FieldsOf(err)); diff != "" || game.CodeOf(err) != game.CodeStockInvalid {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		s.load(codes(3)...)
		s.publish(1)
	})
}

// Many who want the last packets at once get as many as there are.
func TestPrizesAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := openedWithPrizes(t, b, "prizes-at-once", 20, 20)
		var players sync.WaitGroup
		for i := range 8 {
			players.Go(func() {
				for j := range 5 {
					_, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(game.PlayerID(fmt.Sprint("p", i)),
						s.prize(2*j+1, "packet"), s.prize(2*j+2, "tea"))})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		players.Wait()
		seen := map[string]bool{}
		for i := range 8 {
			for _, e := range s.entries(game.PlayerID(fmt.Sprint("p", i))) {
				if e.Kind == game.EntryVoucher {
					if e.Code != code(e.Serial) || seen[e.Code] {
						t.Errorf("code %q of serial %d, given before: %v", e.Code, e.Serial, seen[e.Code])
					}
					seen[e.Code] = true
				}
			}
		}
		payouts, err := b.Payouts(s.ctx, s.id)
		if len(payouts) != 20 || len(seen) != 20 || err != nil {
			t.Errorf("%d payouts and %d codes of 20 each, %v", len(payouts), len(seen), err)
		}
	})
}
