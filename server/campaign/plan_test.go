package campaign_test

import (
	"context"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

func (m *memory) PlanPublication(_ context.Context, p game.Publication, check campaign.PlanCheck) (game.Publication, error) {
	var published []*game.SavedVersion
	for _, n := range m.order {
		published = append(published, &m.versions[p.Campaign][n-1])
	}
	due, err := check(game.Candidate{
		Campaign: *m.of(p.Campaign), Published: published, Next: &m.versions[p.Campaign][p.Version-1], Approval: m.approval, Now: m.now,
	}, m.plan)
	if err != nil {
		return p, err
	}
	p.Due, p.State = due, game.PublicationWaits
	m.plan = &p
	return p, nil
}

func (m *memory) CancelPublication(_ context.Context, _ game.CampaignID, by game.StaffID) error {
	if m.plan == nil {
		return game.Fail(game.CodePublicationOver, "")
	}
	return m.plan.Cancel(by, m.now)
}

func (m *memory) DuePublications(context.Context) ([]game.DuePublication, error) {
	if m.plan == nil || m.plan.State != game.PublicationWaits || m.now.Before(m.plan.Due) {
		return nil, nil
	}
	return []game.DuePublication{{Publication: *m.plan, Slug: "spring"}}, nil
}

func (m *memory) FailPublication(_ context.Context, _ game.Publication, why game.Code) error {
	m.plan.State, m.plan.Failure = game.PublicationFailed, why
	return nil
}

var raised = with(func(v *game.Version) { v.Stocks[0].Total = 200 })

// planned is a campaign that is open, of which version 2 is planned for a time.
func planned(t *testing.T, when time.Duration) (*memory, *campaign.Service) {
	t.Helper()
	m, s, kept := published(t)
	save(t, s, raised)
	kept.State, m.now = game.StateOpen, at(time.Second)
	if _, err := s.Plan(t.Context(), "spring", 2, at(when), "s1"); err != nil {
		t.Fatal(err)
	}
	return m, s
}

func TestPlanIsPublishedWhenItIsDue(t *testing.T) {
	m, s := planned(t, 30*time.Minute)
	// It governs from the round of the next hour, and is published two leads before.
	if want := at(time.Hour - 2*lead); !m.plan.Due.Equal(want) {
		t.Errorf("due %v, want %v", m.plan.Due, want)
	}
	m.now = at(time.Hour - 2*lead - 1)
	if err := s.PublishDue(t.Context()); err != nil || len(m.order) != 1 {
		t.Errorf("before it was due: %v, %v", m.order, err)
	}
	m.now = at(time.Hour - 2*lead)
	if err := s.PublishDue(t.Context()); err != nil || len(m.order) != 2 {
		t.Errorf("when it was due: %v, %v", m.order, err)
	}
}

func TestPlanCancelled(t *testing.T) {
	m, s := planned(t, 30*time.Minute)
	if err := s.CancelPlan(t.Context(), "spring", "s2"); err != nil || m.plan.State != game.PublicationCancelled || m.plan.EndedBy != "s2" {
		t.Errorf("%+v, %v", m.plan, err)
	}
	if err := s.CancelPlan(t.Context(), "spring", "s2"); game.CodeOf(err) != game.CodePublicationOver {
		t.Errorf("twice: %v", err)
	}
	m.now = at(2 * time.Hour)
	if err := s.PublishDue(t.Context()); err != nil || len(m.order) != 1 {
		t.Errorf("published all the same: %v, %v", m.order, err)
	}
}

// What the rules refuse when it is due is marked with the reason; it is not tried for ever.
func TestPlanThatTheRulesRefuse(t *testing.T) {
	m, s := planned(t, 30*time.Minute)
	m.now = at(time.Hour)
	m.of(m.plan.Campaign).State = game.StateClosed
	if err := s.PublishDue(t.Context()); err != nil || m.plan.State != game.PublicationFailed || m.plan.Failure != game.CodeStateConflict {
		t.Errorf("%+v, %v", m.plan, err)
	}
}

func TestPlanRefused(t *testing.T) {
	m, s := planned(t, 30*time.Minute)
	for name, test := range map[string]struct {
		at   time.Duration
		wait bool
		code game.Code
	}{
		"another waits":     {40 * time.Minute, true, game.CodePublicationWaits},
		"in the past":       {0, false, game.CodeInvalid},
		"no window is left": {3 * time.Hour, false, game.CodeStateConflict},
	} {
		waits := m.plan
		if !test.wait {
			m.plan = nil
		}
		if _, err := s.Plan(t.Context(), "spring", 2, at(test.at), "s1"); game.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
		m.plan = waits
	}
}

// With four eyes a version needs the consent of a second person, which is for this version alone.
func TestFourEyes(t *testing.T) {
	m, s, _ := published(t)
	s.FourEyes = true
	save(t, s, raised)
	m.now = at(-30 * time.Minute)
	for name, approval := range map[string]*game.Approval{
		"none":               nil,
		"of another version": {Version: 1, State: game.ApprovalGiven},
		"asked":              {Version: 2, State: game.ApprovalAsked},
	} {
		m.approval = approval
		if _, _, err := s.Publish(t.Context(), "spring", 2, "s1"); game.CodeOf(err) != game.CodeApprovalNeeded {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.approval = &game.Approval{Version: 2, State: game.ApprovalGiven}
	if _, _, err := s.Publish(t.Context(), "spring", 2, "s1"); err != nil {
		t.Error(err)
	}
}

// What is against the players needs an exception from the opening on, by the clock.
func TestAgainstThePlayers(t *testing.T) {
	for _, test := range []struct {
		state game.State
		now   time.Duration
		code  game.Code
	}{
		{game.StateScheduled, -30 * time.Minute, ""},
		{game.StateScheduled, time.Second, game.CodeExceptionNeeded},
		{game.StateOpen, time.Second, game.CodeExceptionNeeded},
	} {
		m, s, kept := published(t)
		save(t, s, with(func(v *game.Version) { v.Odds.Outcomes[0].Weight--; v.Odds.Miss++ }))
		kept.State, m.now = test.state, at(test.now)
		if _, _, err := s.Publish(t.Context(), "spring", 2, "s1"); game.CodeOf(err) != test.code {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

// Against the players' favour an exception is needed, with the consent of a second person, whether
// all else needs it or not.
func TestException(t *testing.T) {
	m, s, kept := published(t)
	save(t, s, with(func(v *game.Version) { v.Odds.Outcomes[0].Weight--; v.Odds.Miss++ }))
	kept.State, m.now = game.StateOpen, at(time.Second)
	public := game.Text{"en": "a reason", "zh": "理由"}
	for name, test := range map[string]struct {
		approval *game.Approval
		code     game.Code
	}{
		"none":                 {nil, game.CodeExceptionNeeded},
		"without an exception": {&game.Approval{Version: 2, State: game.ApprovalGiven}, game.CodeExceptionNeeded},
		"asked for":            {&game.Approval{Version: 2, State: game.ApprovalAsked, Exception: public}, game.CodeExceptionNeeded},
		"of another version":   {&game.Approval{Version: 1, State: game.ApprovalGiven, Exception: public}, game.CodeExceptionNeeded},
	} {
		m.approval = test.approval
		if _, _, err := s.Publish(t.Context(), "spring", 2, "s1"); game.CodeOf(err) != test.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.approval = &game.Approval{Version: 2, State: game.ApprovalGiven, Exception: public}
	if _, _, err := s.Publish(t.Context(), "spring", 2, "s1"); err != nil {
		t.Error(err)
	}
}
