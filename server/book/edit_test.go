package book_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// edited reads the stage's campaign and changes what was read.
func (s *stage) edited(slug string, change func(*game.Campaign)) game.Edit {
	s.t.Helper()
	c, err := s.book.Campaign(s.ctx, slug)
	s.must(err)
	e := game.Edit{Campaign: c, Revision: c.Revision, By: "ada", Reason: "of a test"}
	change(&e.Campaign)
	return e
}

func TestEditCampaign(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "edited")
		e := s.edited("edited", func(c *game.Campaign) {
			c.Name, c.Rules, c.TimeZone, c.Theme = game.Text{"en": "New"}, game.Text{"zh": "新"}, "UTC", "moon"
			c.Cards[2].Code = "other"
			c.Pool = game.Pool{Amount: 5, Currency: "EUR", Split: game.SplitEqual, Cap: 2, Overflow: game.Text{"en": "x"}}
			c.State, c.ShakingPaused = game.StateSettled, true // are not a designer's to write
		})
		want := e.Campaign
		want.State, want.ShakingPaused, want.Revision = game.StateDraft, false, 2
		answer, err := b.EditCampaign(s.ctx, s.id, e)
		s.must(err)
		read, err := b.Campaign(s.ctx, "edited")
		s.must(err)
		if diff := cmp.Diff(want, answer) + cmp.Diff(want, read); diff != "" {
			t.Error(diff)
		}
		acts, err := b.Acts(s.ctx, game.ActFilter{Action: game.ActionCampaignEdited})
		if err != nil || len(acts) != 1 || acts[0].By != "ada" || acts[0].Reason != "of a test" || acts[0].Subject != "edited" {
			t.Fatalf("acts %+v, %v", acts, err)
		}

		// The same once more, by somebody who has not seen it: a conflict. By one who has: nothing new.
		_, err = b.EditCampaign(s.ctx, s.id, e)
		wantCode(t, err, game.CodeVersionConflict)
		again, err := b.EditCampaign(s.ctx, s.id, s.edited("edited", func(*game.Campaign) {}))
		s.must(err)
		if again.Revision != 2 {
			t.Errorf("an edit of nothing made revision %d", again.Revision)
		}
		_, err = b.EditCampaign(s.ctx, "nothing", e)
		wantCode(t, err, game.CodeCampaignUnknown)
	})
}

// An act says what changed and nothing else, before and after.
func TestEditIsRecorded(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "recorded")
		_, err := b.EditCampaign(s.ctx, s.id, s.edited("recorded", func(c *game.Campaign) {
			c.Pool.Amount, c.Theme = 20_000, "moon"
		}))
		s.must(err)
		acts, err := b.Acts(s.ctx, game.ActFilter{Campaign: s.id, Limit: 1})
		s.must(err)
		acts[0].ID, acts[0].At = 0, time.Time{}
		want := game.Act{
			By: "ada", Action: game.ActionCampaignEdited, Campaign: s.id, Subject: "recorded", Reason: "of a test",
			Before: `{"pool.amount":10000,"theme":""}`, After: `{"pool.amount":20000,"theme":"moon"}`,
		}
		if diff := cmp.Diff(want, acts[0]); diff != "" {
			t.Error(diff)
		}
	})
}

// An edit and the version that comes with it are kept both or neither.
func TestEditWithVersion(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "both")
		s.save(s.version(nil), 0)
		e := s.edited("both", func(c *game.Campaign) { c.Theme = "moon" })
		v := saved(s.version(limit(7)))
		e.Version, e.After = &v, 0 // somebody has saved version 1
		_, err := b.EditCampaign(s.ctx, s.id, e)
		wantCode(t, err, game.CodeVersionConflict)
		if c, _ := b.Campaign(s.ctx, "both"); c.Theme == "moon" || c.Revision != 1 {
			t.Errorf("half of it was done: %+v", c)
		}
		e.After = 1
		_, err = b.EditCampaign(s.ctx, s.id, e)
		s.must(err)
		versions, err := b.Versions(s.ctx, s.id)
		if err != nil || len(versions) != 2 || versions[1].Hash != v.Hash {
			t.Errorf("versions %+v, %v", versions, err)
		}
	})
}

func TestEditAfterPublication(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "open", nil)
		_, err := b.EditCampaign(s.ctx, s.id, s.edited("open", func(c *game.Campaign) { c.Pool.Amount-- }))
		wantCode(t, err, game.CodeChangeRefused)
		_, err = b.EditCampaign(s.ctx, s.id, s.edited("open", func(c *game.Campaign) { c.Pool.Amount++ }))
		s.must(err)
		s.end()
		_, err = b.EditCampaign(s.ctx, s.id, s.edited("open", func(c *game.Campaign) { c.Pool.Amount++ }))
		wantCode(t, err, game.CodeChangeRefused)
	})
}

// Of many who edit at once, each loses nothing: one is through and the others are told.
func TestEditsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "at-once")
		var through, told int
		var mu sync.Mutex
		var all sync.WaitGroup
		edits := make([]game.Edit, 8) // each begins with the campaign as it is now
		for i := range edits {
			edits[i] = s.edited("at-once", func(c *game.Campaign) { c.Pool.Amount = int64(i) })
		}
		for _, e := range edits {
			all.Go(func() {
				_, err := b.EditCampaign(s.ctx, s.id, e)
				mu.Lock()
				defer mu.Unlock()
				switch game.CodeOf(err) {
				case "":
					through++
				case game.CodeVersionConflict:
					told++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if through != 1 || told != 7 {
			t.Errorf("%d were through and %d told", through, told)
		}
	})
}

// A draft opens and closes as its newest version says.
func TestDraftFollowsItsVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "follows")
		v := s.version(nil)
		s.save(v, 0)
		v.Rounds[0].OpensAt, v.Rounds[0].ClosesAt = v.Rounds[0].OpensAt.Add(time.Hour), v.Rounds[0].ClosesAt.Add(time.Hour)
		s.save(v, 1)
		c, err := b.Campaign(s.ctx, "follows")
		if err != nil || !c.OpensAt.Equal(v.Opens()) || !c.ClosesAt.Equal(v.Closes()) {
			t.Errorf("%v to %v, %v", c.OpensAt, c.ClosesAt, err)
		}
	})
}
