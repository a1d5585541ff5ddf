package book_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// bonus gives a version bonus chances.
func bonus(each, grants int) func(*game.Version) {
	return func(v *game.Version) { v.Bonus = &game.Bonus{EachRound: each, Grants: grants} }
}

// begun is a lead by which a version governs a round that had opened when it was published, as a stage's.
const begun = -time.Hour

// bonusWin is a win by a bonus chance.
func (s *stage) bonusWin(index int, o game.OutcomeID) game.Win {
	w := s.win(index, o)
	w.Chance.Window = game.BonusWindow
	return w
}

// known makes players who have an identity.
func (s *stage) known(players ...game.PlayerID) {
	s.t.Helper()
	for _, p := range players {
		_, _, err := s.book.CreatePlayer(s.ctx, game.Player{ID: p, SecretHash: "hash of " + string(p)})
		s.must(err)
	}
}

func (s *stage) bonusGrant(p game.PlayerID, chances int, key string) game.BonusGrant {
	return game.BonusGrant{
		Campaign: s.id, Player: p, Round: 1, Chances: chances, Key: game.OperationKey(key), Reason: "a friend came", By: "s1",
	}
}

// grant makes a grant that must be made, and wants so many bonus chances to be there then.
func (s *stage) grant(g game.BonusGrant, want int) {
	s.t.Helper()
	granted, err := s.book.GrantBonus(s.ctx, g, begun)
	s.must(err)
	if granted != (game.BonusGranted{Round: g.Round, Granted: want}) {
		s.t.Errorf("%+v after %d by %s, want %d", granted, g.Chances, g.Key, want)
	}
}

func (s *stage) refuseGrant(g game.BonusGrant, code game.Code) {
	s.t.Helper()
	_, err := s.book.GrantBonus(s.ctx, g, begun)
	wantCode(s.t, err, code)
}

// A bonus chance is booked as any other: once, beside those of the windows, in whatever order they come.
func TestBonusIsBooked(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "bonus", bonus(3, 0))
		s.wins("p", s.win(1, "c1"), s.win(2, "c2"))
		first := s.wins("p", s.bonusWin(2, "c3"), s.bonusWin(3, "wild"))
		if first.Album.N != 4 || first.Album.Last != s.win(2, "").Chance {
			t.Errorf("album %+v", first.Album)
		}
		if again := s.wins("p", s.bonusWin(2, "c3"), s.bonusWin(3, "wild")); !cmp.Equal(first, again) {
			t.Errorf("the second answer differs (-first +second):\n%s", cmp.Diff(first, again))
		}
		found, err := b.EntriesOf(s.ctx, s.id, "p", game.Span{Chance: s.bonusWin(1, "").Chance, Taps: 3})
		s.must(err)
		if diff := cmp.Diff(first.Entries, found); diff != "" {
			t.Errorf("looked up (-booked +found):\n%s", diff)
		}
		for p, want := range map[game.PlayerID]int{"p": 3, "q": 0} {
			if highest, err := b.BonusBooked(s.ctx, s.id, p, 1); highest != want || err != nil {
				t.Errorf("%s: %d %v, want %d", p, highest, err, want)
			}
		}
	})
}

// Servers that book the same bonus chance at once give one entry, and a limited card its one serial.
func TestBonusOfLimitedCardAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "limited", func(v *game.Version) { bonus(3, 0)(v); limit(2)(v) })
		var all [8][]game.Entry
		var g errgroup.Group
		for i := range all {
			g.Go(func() error {
				p := game.PlayerID(fmt.Sprint("p", i%4))
				booked, err := b.BookWins(s.ctx, s.id, []game.Booking{s.booking(p, s.bonusWin(1, "c5"))})
				if err == nil {
					all[i] = booked[0].Entries
				}
				return err
			})
		}
		s.must(g.Wait())
		var entries []game.Entry
		sold := map[game.PlayerID]bool{}
		for i, one := range all {
			if diff := cmp.Diff(all[i%4], one); diff != "" {
				t.Errorf("two answers to one chance:\n%s", diff)
			}
			entries = append(entries, one...)
			if one[0].Kind == game.EntrySoldOut {
				sold[one[0].Player] = true
			}
		}
		wantSerials(t, entries, 2)
		if len(sold) != 2 {
			t.Errorf("%v found it sold out, want two", sold)
		}
	})
}

// A bonus chance ends no block of the guarantee, so it is counted with those that the odds decide.
func TestBonusIsNoEndOfABlock(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "ends", func(v *game.Version) {
			bonus(4, 0)(v)
			v.Guarantee = &game.Guarantee{Every: 2, Weights: []int64{game.Scale, 0, 0, 0, 0, 0}}
		})
		s.wins("p", s.win(2, "c1"), s.win(3, "c1"), s.bonusWin(2, "c1"))
		f, err := b.Figures(s.ctx, s.id)
		s.must(err)
		if f.Drawn[1]["c1"] != 2 || f.Issued["c1"] != 3 {
			t.Errorf("%+v, want two by the odds", f)
		}
	})
}

func TestGrants(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "grants", bonus(3, 5))
		s.known("p", "q")
		s.grant(s.bonusGrant("p", 2, "one"), 5)
		s.grant(s.bonusGrant("p", 3, "two"), 8)
		s.grant(s.bonusGrant("p", 2, "one"), 5) // as it was answered
		s.grant(s.bonusGrant("q", 1, "three"), 4)
		for p, want := range map[game.PlayerID]int{"p": 5, "q": 1, "r": 0} {
			if n, err := b.Granted(s.ctx, s.id, p, 1); n != want || err != nil {
				t.Errorf("%s: %d %v, want %d", p, n, err, want)
			}
		}
		s.refuseGrant(s.bonusGrant("p", 1, "four"), game.CodeBeyondChances)
		s.refuseGrant(s.bonusGrant("q", 5, "four"), game.CodeBeyondChances)
		s.refuseGrant(s.bonusGrant("p", 1, "one"), game.CodeKeyReused)
		s.refuseGrant(s.bonusGrant("q", 2, "one"), game.CodeKeyReused)
		s.refuseGrant(s.bonusGrant("nobody", 1, "four"), game.CodeNotFound)
		other := s.bonusGrant("q", 1, "four")
		other.Campaign = "nowhere"
		s.refuseGrant(other, game.CodeCampaignUnknown)
		other = s.bonusGrant("q", 1, "four")
		other.Round = 2
		s.refuseGrant(other, game.CodeChanceUnknown)

		acts, err := b.Acts(s.ctx, game.ActFilter{Action: game.ActionBonusGranted})
		s.must(err)
		if len(acts) != 3 || acts[1].Subject != "p" || acts[1].By != "s1" || acts[1].Reason != "a friend came" ||
			acts[1].After != `{"chances":3,"granted":8,"round":1}` {
			t.Errorf("acts %+v", acts)
		}

		s.enter(game.StateClosed)
		s.refuseGrant(s.bonusGrant("q", 1, "five"), game.CodeCampaignClosed)
		s.grant(s.bonusGrant("p", 2, "one"), 5) // what was granted before is answered still
		_, err = b.Seal(s.ctx, s.id, revealed())
		s.must(err)
		s.refuseGrant(s.bonusGrant("q", 1, "five"), game.CodeCampaignSealed)
	})
}

// Grants at once do not pass the most together, and one key is used once.
func TestGrantsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "rush", bonus(0, 5))
		s.known("p", "q")
		var made, refused, reused atomic.Int64
		var g errgroup.Group
		for i := range 12 {
			grants := []game.BonusGrant{
				s.bonusGrant("p", 2, fmt.Sprint("key ", i)),
				s.bonusGrant([]game.PlayerID{"q", "p"}[i%2], 1, "the same"),
			}
			for _, grant := range grants {
				g.Go(func() error {
					_, err := b.GrantBonus(s.ctx, grant, begun)
					switch game.CodeOf(err) {
					case "":
						made.Add(1)
					case game.CodeBeyondChances:
						refused.Add(1)
					case game.CodeKeyReused:
						reused.Add(1)
					default:
						return err
					}
					return nil
				})
			}
		}
		s.must(g.Wait())
		if n, err := b.Granted(s.ctx, s.id, "p", 1); err != nil || n < 4 || n > 5 {
			t.Errorf("%d were granted, %v, want 4 or 5", n, err)
		}
		if made.Load()+refused.Load()+reused.Load() != 24 || made.Load() < 2 {
			t.Errorf("%d made, %d refused, %d keys reused", made.Load(), refused.Load(), reused.Load())
		}
	})
}
