package book_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestCampaignIsReadAsWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		want := campaign("written")
		want.Pool = game.Pool{Amount: 1e15, Currency: "CNY", Split: game.SplitEqual, Cap: 5, Overflow: game.Text{"zh": "公益"}}
		want.OpensAt = time.Date(2026, 2, 1, 8, 0, 0, 1_000, time.UTC)
		want.ClosesAt = want.OpensAt.Add(time.Hour)
		if err := b.CreateCampaign(t.Context(), want, []byte{0, 1, 255}); err != nil {
			t.Fatal(err)
		}
		got, err := b.Campaign(t.Context(), "written")
		if err != nil {
			t.Fatal(err)
		}
		if got.CreatedAt.IsZero() {
			t.Error("the creation is not stamped")
		}
		want.CreatedAt = got.CreatedAt
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error("campaign (-written +read):", diff)
		}
		key, err := b.CampaignKey(t.Context(), want.ID)
		if err != nil || string(key) != "\x00\x01\xff" {
			t.Errorf("key %x, %v", key, err)
		}
		_, err = b.Campaign(t.Context(), "nothing")
		wantCode(t, err, game.CodeCampaignUnknown)
		_, err = b.CampaignKey(t.Context(), "nothing")
		wantCode(t, err, game.CodeCampaignUnknown)
	})
}

func TestCampaigns(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		draft(t, b, "older")
		draft(t, b, "newer")
		again := campaign("older")
		again.ID = "another id"
		wantCode(t, b.CreateCampaign(t.Context(), again, []byte("key")), game.CodeSlugTaken)
		all, err := b.Campaigns(t.Context())
		if err != nil || len(all) != 2 || all[0].Slug != "newer" || all[1].Slug != "older" {
			t.Errorf("campaigns %+v, %v", all, err)
		}
		wantCode(t, b.SetSwitches(t.Context(), "nothing", game.Switches{ShakingPaused: true, RedemptionPaused: true}, "ada", "a fault"), game.CodeCampaignUnknown)
	})
}

// A campaign is there with its first version or not at all, so that a failure leaves no slug taken.
func TestCampaignBeginsWithItsVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := &stage{t: t, book: b, ctx: t.Context(), id: "id-begun"}
		s.accepted = s.now()
		first := saved(s.version(nil))
		if err := b.CreateCampaign(s.ctx, campaign("begun"), []byte("key"), first); err != nil {
			t.Fatal(err)
		}
		versions, err := b.Versions(s.ctx, s.id)
		if err != nil || len(versions) != 1 || versions[0].Number != 1 || versions[0].Hash != first.Hash || versions[0].SavedAt.IsZero() {
			t.Errorf("versions %+v, %v; want the one that it began with", versions, err)
		}
		broken, cancel := context.WithCancel(s.ctx)
		cancel()
		if err := b.CreateCampaign(broken, campaign("broken"), []byte("key"), first); err == nil {
			t.Error("a campaign was made although the context had ended")
		}
		if _, err := b.Campaign(s.ctx, "broken"); game.CodeOf(err) != game.CodeCampaignUnknown {
			t.Errorf("a broken campaign is there: %v", err)
		}
	})
}

func TestSnapshotAndFigures(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		draft(t, b, "unseen")
		s := opened(t, b, "seen", limit(1))
		s.set("p1")
		s.redeem("p1")
		s.wins("p2", s.win(1, "c5"), s.win(2, "wild"))
		notice := game.Text{"en": "A fault.", "zh": "故障"}
		s.must(b.SetSwitches(s.ctx, s.id, game.Switches{ShakingPaused: true, ShakingNotice: notice}, "ada", "a fault"))

		snapshot, err := b.Snapshot(s.ctx)
		s.must(err)
		if len(snapshot.Campaigns) != 1 || snapshot.At.Location() != time.UTC {
			t.Fatalf("snapshot %+v", snapshot)
		}
		r := snapshot.Campaigns[0]
		if diff := cmp.Diff(notice, r.ShakingNotice); diff != "" || r.RedemptionNotice != nil {
			t.Error("the notice (-want +got):", diff, r.RedemptionNotice)
		}
		if r.Slug != "seen" || !r.ShakingPaused || r.RedemptionPaused || r.Completed != 1 || r.Taken["c5"] != 1 {
			t.Errorf("running %+v", r)
		}
		f, err := b.Figures(s.ctx, s.id)
		s.must(err)
		want := game.Figures{
			Players: 2, Wins: 7, SoldOut: 1, Redemptions: 1,
			Issued: map[game.OutcomeID]int64{"c1": 1, "c2": 1, "c3": 1, "c4": 1, "c5": 1, "wild": 1},
			Taken:  map[game.OutcomeID]int64{"c5": 1},
			Drawn:  map[int]map[game.OutcomeID]int64{1: {"c1": 1, "c2": 1, "c3": 1, "c4": 1, "c5": 2, "wild": 1}},
		}
		if diff := cmp.Diff(want, f); diff != "" {
			t.Error("figures (-want +got):", diff)
		}
	})
}

// What comes in an address or a body may be no text at all: then it is the asker's fault, not ours.
func TestTextThatNoDatabaseHolds(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		for _, slug := range []string{"a\x00b", "a\xffb"} {
			if _, err := b.Campaign(t.Context(), slug); game.CodeOf(err) != game.CodeCampaignUnknown && game.CodeOf(err) != game.CodeMalformed {
				t.Errorf("campaign %q: %v", slug, err)
			}
		}
		c := campaign("odd")
		c.Name = game.Text{"en": "a\x00b"}
		if err := b.CreateCampaign(t.Context(), c, []byte{1}); err != nil && game.CodeOf(err) != game.CodeMalformed {
			t.Errorf("a name with a byte 0: %v", err)
		}
	})
}
