package book_test

import (
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func (s *stage) ask(version int, by game.StaffID, exception game.Text) game.Approval {
	s.t.Helper()
	a, err := s.book.AskApproval(s.ctx, game.Approval{Campaign: s.id, Version: version, By: by, Comment: "please", Exception: exception})
	s.must(err)
	return a
}

func TestApproval(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "approval")
		s.save(s.version(nil), 0) // by s1
		public := game.Text{"en": "why", "zh": "为何"}
		asked := s.ask(1, "ada", public)
		if asked.SavedBy != "s1" || asked.State != game.ApprovalAsked || asked.At.IsZero() {
			t.Errorf("%+v", asked)
		}
		_, err := b.AskApproval(s.ctx, game.Approval{Campaign: s.id, Version: 1, By: "ada"})
		wantCode(t, err, game.CodeApprovalOver)
		for by, want := range map[game.StaffID]int{"s1": 0, "ada": 0, "bo": 1} {
			waits, err := b.AwaitingApproval(s.ctx, by, 10)
			if err != nil || len(waits) != want {
				t.Errorf("for %s %d wait, %v", by, len(waits), err)
			}
		}
		for _, own := range []game.StaffID{"s1", "ada"} {
			_, err := b.DecideApproval(s.ctx, s.id, asked.ID, game.Decision{By: own, Give: true, Exception: true})
			wantCode(t, err, game.CodeApprovalOwn)
		}
		_, err = b.DecideApproval(s.ctx, s.id, asked.ID+1, game.Decision{By: "bo", Give: true})
		wantCode(t, err, game.CodeNotFound)
		_, err = b.DecideApproval(s.ctx, s.id, asked.ID, game.Decision{By: "bo", Give: true})
		wantCode(t, err, game.CodeInvalid) // the exception has to be consented to
		given, err := b.DecideApproval(s.ctx, s.id, asked.ID, game.Decision{By: "bo", Give: true, Exception: true})
		s.must(err)
		_, err = b.DecideApproval(s.ctx, s.id, asked.ID, game.Decision{By: "bo", Comment: "no"})
		wantCode(t, err, game.CodeApprovalOver)

		var seen game.Candidate
		saved, err := b.Publish(s.ctx, s.id, 1, "cy", func(c game.Candidate) error { seen = c; return nil }, commitments())
		s.must(err)
		if seen.Approval == nil || seen.Approval.ID != given.ID || saved.ApprovedBy != "bo" || saved.Exception["en"] != "why" {
			t.Errorf("seen %+v, saved by the consent of %q: %v", seen.Approval, saved.ApprovedBy, saved.Exception)
		}
		all, err := b.Approvals(s.ctx, s.id)
		if err != nil || len(all) != 1 || all[0].State != game.ApprovalUsed {
			t.Errorf("%+v, %v", all, err)
		}
		versions, err := b.Versions(s.ctx, s.id)
		if err != nil || versions[0].ApprovedBy != "bo" || versions[0].Exception["zh"] != "为何" {
			t.Errorf("%+v, %v", versions, err)
		}
	})
}

// What was approved of is not what is there any more: the approval is void, and with it the plan.
func TestANewerVersionVoidsTheApproval(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "void")
		s.save(s.version(nil), 0)
		asked := s.ask(1, "ada", nil)
		_, err := b.DecideApproval(s.ctx, s.id, asked.ID, game.Decision{By: "bo", Give: true})
		s.must(err)
		s.plan(1, time.Hour)
		s.save(s.version(limit(3)), 1)
		all, err := b.Approvals(s.ctx, s.id)
		if err != nil || all[0].State != game.ApprovalVoid {
			t.Errorf("%+v, %v", all, err)
		}
		plans, err := b.Publications(s.ctx, s.id)
		if err != nil || plans[0].State != game.PublicationFailed || plans[0].Failure != game.CodeApprovalNeeded {
			t.Errorf("%+v, %v", plans, err)
		}
		_, err = b.AskApproval(s.ctx, game.Approval{Campaign: s.id, Version: 1, By: "ada"})
		wantCode(t, err, game.CodeVersionConflict)
		s.ask(2, "ada", nil)
	})
}

func (s *stage) plan(version int, after time.Duration) game.Publication {
	s.t.Helper()
	at := s.now().Add(after)
	p, err := s.book.PlanPublication(s.ctx, game.Publication{Campaign: s.id, Version: version, At: at, By: "ada"},
		func(c game.Candidate, waiting *game.Publication) (time.Time, error) {
			return at, c.CheckPlan(at, waiting)
		})
	s.must(err)
	return p
}

func TestPublicationAtATime(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "planned")
		s.save(s.version(nil), 0)
		p := s.plan(1, time.Hour)
		_, err := b.PlanPublication(s.ctx, game.Publication{Campaign: s.id, Version: 1},
			func(_ game.Candidate, waiting *game.Publication) (time.Time, error) {
				if waiting == nil || waiting.ID != p.ID {
					t.Errorf("%+v waits", waiting)
				}
				return time.Time{}, game.Fail(game.CodePublicationWaits, "")
			})
		wantCode(t, err, game.CodePublicationWaits)
		none, err := b.DuePublications(s.ctx)
		if err != nil || len(none) != 0 {
			t.Errorf("due at once: %+v, %v", none, err)
		}
		s.must(b.CancelPublication(s.ctx, s.id, "bo"))
		wantCode(t, b.CancelPublication(s.ctx, s.id, "bo"), game.CodePublicationOver)

		s.plan(1, time.Minute)
		s.must(b.Skip(s.ctx, 2*time.Minute))
		due, err := b.DuePublications(s.ctx)
		if err != nil || len(due) != 1 || due[0].Slug != "planned" || due[0].Version != 1 {
			t.Fatalf("%+v, %v", due, err)
		}
		wantCode(t, b.CancelPublication(s.ctx, s.id, "bo"), game.CodePublicationOver) // it is due
		s.publish(1)
		plans, err := b.Publications(s.ctx, s.id)
		if err != nil || len(plans) != 2 || plans[0].State != game.PublicationDone || plans[1].State != game.PublicationCancelled {
			t.Errorf("%+v, %v", plans, err)
		}
	})
}

func TestPublicationThatFails(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "fails")
		s.save(s.version(nil), 0)
		p := s.plan(1, time.Minute)
		s.must(b.FailPublication(s.ctx, p, game.CodeStateConflict))
		plans, err := b.Publications(s.ctx, s.id)
		if err != nil || plans[0].State != game.PublicationFailed || plans[0].Failure != game.CodeStateConflict {
			t.Errorf("%+v, %v", plans, err)
		}
		s.plan(1, time.Minute)
	})
}

// Of many who ask, decide or plan at once, one does.
func TestApprovalsRace(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "race")
		s.save(s.version(nil), 0)
		count := func(one func() error) (done int) {
			t.Helper()
			errs := make([]error, 6)
			var g errgroup.Group
			for i := range errs {
				g.Go(func() error { errs[i] = one(); return nil })
			}
			s.must(g.Wait())
			for _, err := range errs {
				switch game.CodeOf(err) {
				case "":
					done++
				case game.CodeApprovalOver, game.CodePublicationWaits:
				default:
					t.Error(err)
				}
			}
			return done
		}
		if n := count(func() error {
			_, err := b.AskApproval(s.ctx, game.Approval{Campaign: s.id, Version: 1, By: "ada"})
			return err
		}); n != 1 {
			t.Errorf("asked %d times", n)
		}
		all, err := b.Approvals(s.ctx, s.id)
		s.must(err)
		if n := count(func() error {
			_, err := b.DecideApproval(s.ctx, s.id, all[0].ID, game.Decision{By: "bo", Give: true})
			return err
		}); n != 1 {
			t.Errorf("decided %d times", n)
		}
		at := s.now().Add(time.Hour)
		if n := count(func() error {
			_, err := b.PlanPublication(s.ctx, game.Publication{Campaign: s.id, Version: 1, At: at},
				func(c game.Candidate, waiting *game.Publication) (time.Time, error) {
					return at, c.CheckPlan(at, waiting)
				})
			return err
		}); n != 1 {
			t.Errorf("planned %d times", n)
		}
	})
}
