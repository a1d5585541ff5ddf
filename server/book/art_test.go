package book_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestArt(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "pictured", nil)
		one := game.Art{Place: game.ArtCard1, Hash: "aa", MediaType: "image/png", Content: []byte{1, 2, 0, 255}}
		back := game.Art{Place: game.ArtBack, Hash: "bb", MediaType: "image/jpeg", Content: []byte{3}}
		for _, art := range []game.Art{one, back, one} {
			s.must(b.SetArt(s.ctx, s.id, art, "ada"))
		}
		want := map[game.ArtPlace]string{game.ArtCard1: "/art/aa.png", game.ArtBack: "/art/bb.jpg"}
		got, err := b.ArtOf(s.ctx, s.id)
		s.must(err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		snapshot, err := b.Snapshot(s.ctx)
		s.must(err)
		if diff := cmp.Diff(want, snapshot.Campaigns[0].Art); diff != "" {
			t.Error("in the snapshot", diff)
		}
		found, err := b.Art(s.ctx, "aa")
		s.must(err)
		if found.SavedAt.IsZero() || string(found.Content) != string(one.Content) || found.MediaType != "image/png" {
			t.Errorf("%+v", found)
		}
		_, err = b.Art(s.ctx, "cc")
		wantCode(t, err, game.CodeNotFound)

		other := draft(t, b, "copied")
		s.must(b.CopyArt(s.ctx, s.id, other.id))
		s.must(b.SetArt(s.ctx, s.id, game.Art{Place: game.ArtCard1}, "ada"))
		if left, _ := b.ArtOf(s.ctx, s.id); len(left) != 1 {
			t.Errorf("left are %v", left)
		}
		if copied, _ := b.ArtOf(s.ctx, other.id); cmp.Diff(want, copied) != "" {
			t.Errorf("copied are %v", copied)
		}
		if _, err := b.Art(s.ctx, "aa"); err != nil {
			t.Errorf("the copy's picture is gone with the original's: %v", err)
		}
		acts, err := b.Acts(s.ctx, game.ActFilter{Action: game.ActionArtSet})
		s.must(err)
		if len(acts) != 3 || acts[0].Before != `{"hash":"aa"}` || acts[0].After != "" || acts[0].Subject != "1" {
			t.Errorf("acts %+v", acts)
		}
	})
}
