package book_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// cast makes a shadow of a stage's campaign that lives for so long, and gives a stage on it. Beside a
// limited card its version has packets.
func (s *stage) cast(slug string, life time.Duration) *stage {
	s.t.Helper()
	c, err := s.book.Campaign(s.ctx, strings.TrimPrefix(string(s.id), "id-"))
	s.must(err)
	expires := s.now().Add(life)
	shadow := *s
	shadow.id = game.CampaignID("id-" + slug)
	c.ID, c.Slug, c.ShadowOf, c.ExpiresAt, c.State = shadow.id, slug, s.id, &expires, game.StateOpen
	v := s.version(func(v *game.Version) {
		limit(1)(v)
		v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: "packet", Kind: game.KindCash, Amount: 88, Weight: 0})
		v.Stocks = append(v.Stocks, game.Stock{Outcome: "packet", Total: 10})
	})
	s.must(s.book.CreateShadow(s.ctx, c, []byte("key"), saved(v), nil, time.Minute))
	return &shadow
}

// A shadow is in the snapshot and in no list; cash that is won on it is paid to nobody; and when it
// is over nothing of it is left, while its original stays.
func TestShadow(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		s := opened(t, b, "spring", limit(1))
		s.set("p1")
		before, err := b.Figures(s.ctx, s.id)
		s.must(err)
		shadow := s.cast("spring--preview", time.Hour)
		shadow.wins("p1", s.win(1, "c1"), s.win(2, "c5"), s.win(3, "packet"))
		if list, err := b.Campaigns(s.ctx); err != nil || len(list) != 1 {
			t.Errorf("in the list: %v, %v", list, err)
		}
		if list, err := b.ListCampaigns(s.ctx, game.CampaignFilter{Search: "spring"}); err != nil || len(list) != 1 {
			t.Errorf("in the list of the staff: %v, %v", list, err)
		}
		if list, err := b.Shadows(s.ctx, s.id); err != nil || len(list) != 1 || list[0].ShadowOf != s.id {
			t.Errorf("of its original: %v, %v", list, err)
		}
		if got := slugs(snapshotOf(t, b)); got != "spring spring--preview" {
			t.Errorf("the snapshot has %s", got)
		}
		s.must(b.RemoveExpired(s.ctx))
		if _, err := b.Campaign(s.ctx, "spring--preview"); err != nil {
			t.Fatalf("removed before its time: %v", err)
		}
		s.must(b.Skip(s.ctx, 2*time.Hour))
		if got := slugs(snapshotOf(t, b)); got != "spring" {
			t.Errorf("when it is over the snapshot has %s", got)
		}
		s.must(b.RemoveExpired(s.ctx))
		if _, err := b.Campaign(s.ctx, "spring--preview"); game.CodeOf(err) != game.CodeCampaignUnknown {
			t.Errorf("it is still there: %v", err)
		}
		if left := s.entries("p1"); len(left) != 5 {
			t.Errorf("the original has %d entries", len(left))
		}
		if after, err := b.Figures(s.ctx, s.id); err != nil || after.Wins != before.Wins {
			t.Errorf("the original has %+v, %v", after, err)
		}
		if err := b.RemoveShadow(s.ctx, s.id, nil); game.CodeOf(err) != game.CodeStateConflict {
			t.Errorf("a real campaign is removed: %v", err)
		}
	})
}

// Who came to play a draft is removed with it, unless they are in another campaign, or were there before.
func TestPlayersOfAShadow(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "spring", limit(1))
		enter := func(p game.PlayerID) {
			t.Helper()
			_, _, err := b.CreatePlayer(s.ctx, game.Player{ID: p, SecretHash: string(p), Locale: "en"})
			s.must(err)
		}
		known := func() []game.PlayerID {
			t.Helper()
			ids, err := b.KnownBy(s.ctx, []string{"before", "only", "both", "next"})
			s.must(err)
			slices.Sort(ids)
			return ids
		}
		enter("before")
		s.must(b.Skip(s.ctx, time.Minute))
		first, second := s.cast("spring--preview", time.Hour), s.cast("spring--preview-2", 3*time.Hour)
		for _, p := range []game.PlayerID{"only", "both", "next"} {
			enter(p)
		}
		for _, p := range []game.PlayerID{"before", "only", "both", "next"} {
			first.wins(p, s.win(1, "c1"))
		}
		s.wins("both", s.win(1, "c1"))
		second.wins("next", s.win(1, "c1"))

		s.must(b.Skip(s.ctx, 2*time.Hour))
		s.must(b.RemoveExpired(s.ctx))
		if got := known(); !slices.Equal(got, []game.PlayerID{"before", "both", "next"}) {
			t.Errorf("after the first shadow there are %v", got)
		}
		s.must(b.Skip(s.ctx, 2*time.Hour))
		s.must(b.RemoveExpired(s.ctx))
		if got := known(); !slices.Equal(got, []game.PlayerID{"before", "both"}) {
			t.Errorf("after the second shadow there are %v", got)
		}
	})
}

func snapshotOf(t *testing.T, b *book.Book) *game.Snapshot {
	t.Helper()
	s, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func slugs(snapshot *game.Snapshot) string {
	var all []string
	for _, c := range snapshot.Campaigns {
		all = append(all, c.Slug)
	}
	if len(all) == 2 && all[0] > all[1] {
		all[0], all[1] = all[1], all[0]
	}
	return strings.Join(all, " ")
}
