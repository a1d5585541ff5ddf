package book_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// What the staff change is recorded with it, by whom and why.
func TestActsAreRecorded(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "acts", nil)
		s.must(b.SetSwitches(s.ctx, s.id, game.Switches{ShakingPaused: true}, "ada", "a fault"))
		s.must(b.CreateStaff(s.ctx, game.Staff{ID: "s1", Login: "bo", Role: game.RoleViewer}))
		acts, err := b.Acts(s.ctx, game.ActFilter{Limit: 2})
		s.must(err)
		for i := range acts {
			acts[i].ID, acts[i].At = 0, time.Time{}
		}
		want := []game.Act{
			{Action: game.ActionStaffAdded, Subject: "bo", After: `{"login":"bo","role":"viewer"}`},
			{
				By: "ada", Action: game.ActionSwitchesMoved, Campaign: s.id, Reason: "a fault",
				Before: `{"shaking_paused":false,"redemption_paused":false}`,
				After:  `{"shaking_paused":true,"redemption_paused":false}`,
			},
		}
		if diff := cmp.Diff(want, acts); diff != "" {
			t.Error(diff)
		}
		moved, err := b.Acts(s.ctx, game.ActFilter{Campaign: s.id, By: "ada", Action: game.ActionSwitchesMoved})
		if err != nil || len(moved) != 1 {
			t.Fatalf("%d acts, %v", len(moved), err)
		}
		earlier, err := b.Acts(s.ctx, game.ActFilter{Campaign: s.id, Before: moved[0].ID})
		if err != nil || len(earlier) != 3 || earlier[0].Action != game.ActionVersionPublished ||
			earlier[1].Action != game.ActionVersionSaved || earlier[2].Action != game.ActionCampaignCreated {
			t.Errorf("before it %+v, %v", earlier, err)
		}
	})
}

// The act of a version has what is another than before: of the one that was saved last, and of the
// one in force where it is published.
func TestActOfAVersionSaysWhatChanged(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "differ", limit(7))
		s.save(s.version(func(v *game.Version) {
			limit(9)(v)
			v.Odds.Outcomes[0].Weight++
			v.Odds.Miss--
			v.Rounds[0].Chances *= 2
		}), 1)
		s.publish(2)
		for _, action := range []game.Action{game.ActionVersionSaved, game.ActionVersionPublished} {
			acts, err := b.Acts(s.ctx, game.ActFilter{Action: action, Limit: 1})
			s.must(err)
			var was, is struct {
				Hash   string
				Odds   game.Odds
				Rounds []map[string]any
				Stocks []game.Stock
			}
			s.must(json.Unmarshal([]byte(acts[0].Before), &was))
			s.must(json.Unmarshal([]byte(acts[0].After), &is))
			if was.Hash == is.Hash || was.Hash == "" || is.Odds.Miss != was.Odds.Miss-1 || len(is.Odds.Outcomes) != 1 ||
				is.Odds.Outcomes[0].Weight != was.Odds.Outcomes[0].Weight+1 || is.Odds.Outcomes[0].ID == "" || len(is.Rounds[0]) != 2 ||
				was.Stocks[0].Total != 7 || is.Stocks[0].Total != 9 {
				t.Errorf("%s: before %s\nafter %s", action, acts[0].Before, acts[0].After)
			}
		}
	})
}

// However much of a version is another, its act stays small, and says that it is not all.
func TestActOfAVersionIsBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "bounded")
		days := func(hour int) game.Version {
			return s.version(func(v *game.Version) {
				first := v.Rounds[0]
				v.Rounds = nil
				for i := range 400 {
					r := first
					r.Number, r.OpensAt = i+1, first.OpensAt.AddDate(0, 0, i).Add(time.Duration(hour)*time.Minute)
					r.ClosesAt = r.OpensAt.Add(first.ClosesAt.Sub(first.OpensAt))
					v.Rounds = append(v.Rounds, r)
				}
			})
		}
		s.save(days(0), 0)
		s.save(days(1), 1)
		acts, err := b.Acts(s.ctx, game.ActFilter{Action: game.ActionVersionSaved, Limit: 1})
		s.must(err)
		var is struct {
			More   int
			Rounds []map[string]any
		}
		s.must(json.Unmarshal([]byte(acts[0].After), &is))
		if is.More+2*len(is.Rounds) != 800 || len(acts[0].After) > 10_000 {
			t.Errorf("%d rounds and %d more in %d bytes", len(is.Rounds), is.More, len(acts[0].After))
		}
	})
}

// What a program did is told from what its maker did.
func TestActsNameTheirToken(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "token", nil)
		s.must(b.SetSwitches(game.ByToken(s.ctx, "t1"), s.id, game.Switches{ShakingPaused: true}, "ada", "a fault"))
		s.must(b.SetSwitches(s.ctx, s.id, game.Switches{}, "ada", "mended"))
		acts, err := b.Acts(s.ctx, game.ActFilter{Action: game.ActionSwitchesMoved})
		if err != nil || len(acts) != 2 || acts[0].Token != "" || acts[1].Token != "t1" {
			t.Errorf("%+v, %v", acts, err)
		}
	})
}

func TestActsAreChosenByDay(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := opened(t, b, "acts", nil)
		s.must(b.CreateStaff(s.ctx, game.Staff{ID: "s1", Login: "bo", Role: game.RoleViewer}))
		acts, err := b.Acts(s.ctx, game.ActFilter{})
		s.must(err)
		last := acts[0]
		for name, test := range map[string]struct {
			filter game.ActFilter
			want   int
		}{
			"from its time":   {game.ActFilter{From: last.At, Before: last.ID + 1, By: last.By, Action: last.Action}, 1},
			"until its time":  {game.ActFilter{Until: last.At, Action: last.Action}, 0},
			"until afterward": {game.ActFilter{Until: last.At.Add(time.Microsecond), Action: last.Action}, 1},
			"after it":        {game.ActFilter{From: last.At.Add(time.Microsecond)}, 0},
			"of campaigns":    {game.ActFilter{InSome: true}, len(acts) - 1},
		} {
			if got, err := b.Acts(s.ctx, test.filter); err != nil || len(got) != test.want {
				t.Errorf("%s: %d acts, want %d, %v", name, len(got), test.want, err)
			}
		}
		slugs, err := b.Slugs(s.ctx, []game.CampaignID{s.id, "nowhere"})
		if err != nil || len(slugs) != 1 || slugs[s.id] != "acts" {
			t.Errorf("slugs %v, %v", slugs, err)
		}
		people, err := b.People(s.ctx)
		if err != nil || len(people) != 1 || people[0].Login != "bo" {
			t.Errorf("people %v, %v", people, err)
		}
	})
}

// The database itself refuses to change an act or to take one away.
func TestActsAreOnlyAdded(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		opened(t, b, "acts", nil)
		for _, statement := range []string{"UPDATE acts SET reason = 'another'", "DELETE FROM acts"} {
			driver := openDriver(t, url)
			if _, err := driver.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%s: was done", statement)
			}
			driver.Close()
		}
	})
}
