package admin_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

func (m *memory) AskApproval(_ context.Context, a game.Approval) (game.Approval, error) {
	v := m.versions[a.Campaign][a.Version-1]
	var live *game.Approval
	for i := range m.approvals {
		if m.approvals[i].Live() {
			live = &m.approvals[i]
		}
	}
	if err := v.CheckAsk(len(m.versions[a.Campaign]), live); err != nil {
		return a, err
	}
	a.ID, a.SavedBy, a.State, a.At = int64(len(m.approvals)+1), v.SavedBy, game.ApprovalAsked, m.now
	m.approvals = append(m.approvals, a)
	return a, nil
}

func (m *memory) DecideApproval(_ context.Context, _ game.CampaignID, request int64, d game.Decision) (game.Approval, error) {
	a := &m.approvals[request-1]
	err := a.Decide(d, m.now)
	return *a, err
}

func (m *memory) Approvals(context.Context, game.CampaignID) ([]game.Approval, error) {
	return slices.Clone(m.approvals), nil
}

func (m *memory) AwaitingApproval(_ context.Context, by game.StaffID, _ int) ([]game.AwaitedApproval, error) {
	var all []game.AwaitedApproval
	for _, a := range m.approvals {
		if a.State == game.ApprovalAsked && a.CheckJudge(by) == nil {
			all = append(all, game.AwaitedApproval{Approval: a, Slug: "spring", Name: game.Text{"en": "Spring", "zh": "春"}})
		}
	}
	return all, nil
}

func (m *memory) Publications(context.Context, game.CampaignID) ([]game.Publication, error) {
	return slices.Clone(m.plans), nil
}

func (m *memory) PlanPublication(_ context.Context, p game.Publication, check campaign.PlanCheck) (game.Publication, error) {
	c := m.at(p.Campaign)
	var published []*game.SavedVersion
	for i := range m.versions[p.Campaign] {
		if v := &m.versions[p.Campaign][i]; !v.PublishedAt.IsZero() {
			published = append(published, v)
		}
	}
	due, err := check(game.Candidate{Campaign: *c, Published: published, Next: &m.versions[p.Campaign][p.Version-1], Approval: m.given(p.Campaign, p.Version), Now: m.now}, nil)
	if err == nil {
		p.Due, p.State = due, game.PublicationWaits
		m.plans = append(m.plans, p)
	}
	return p, err
}

func (m *memory) CancelPublication(_ context.Context, _ game.CampaignID, by game.StaffID) error {
	if len(m.plans) == 0 {
		return game.Fail(game.CodePublicationOver, "")
	}
	return m.plans[len(m.plans)-1].Cancel(by, m.now)
}

func (m *memory) DuePublications(context.Context) ([]game.DuePublication, error) { return nil, nil }

func (m *memory) FailPublication(context.Context, game.Publication, game.Code) error { return nil }

const reviewing = "/admin/campaigns/spring/versions/2"

// rarer is a site with the campaign spring, of which a designer has saved a version that makes a card rarer.
func rarer(t *testing.T) (*site, *browser) {
	t.Helper()
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	b.save(url.Values{"odds-1": {"5"}})
	return s, b
}

func TestReviewSaysWhatChanges(t *testing.T) {
	_, b := rarer(t)
	page := b.get(reviewing)
	for _, want := range []string{"becomes rarer: 1 in 10 → 1 in 20 (10 % → 5 %)", "Not in the players&#39; favour.", "finishes a set with a chance of"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("no %q", want)
		}
	}
	if other := b.get("/admin/campaigns/spring/versions/1?against=2"); !strings.Contains(other.body, "comes more often: 1 in 20 → 1 in 10") {
		t.Error("not compared the other way round")
	}
	if strings.Contains(page.body, `<option value="2"`) {
		t.Error("it offers to compare the version with itself")
	}
	if got := b.get(reviewing + "?against=9"); got.status != http.StatusNotFound {
		t.Errorf("against a version that is not there: %d", got.status)
	}
}

// A designer asks, a publisher finds it in the list and approves; the designer's own approval is refused.
func TestApprovalByASecondPerson(t *testing.T) {
	s, b := rarer(t)
	if got := b.submit(reviewing, reviewing+"/approval", url.Values{"review-comment": {"please look"}}); got.status != http.StatusSeeOther {
		t.Fatalf("ask: %d %v", got.status, got.wrong())
	}
	publisher := s.as(t, "publisher")
	if list := publisher.get("/admin/campaigns"); !strings.Contains(list.body, "Waiting for your approval") || !strings.Contains(list.body, reviewing) {
		t.Error("the publisher's list does not show it")
	}
	if list := b.get("/admin/campaigns"); strings.Contains(list.body, "Waiting for your approval") {
		t.Error("the designer's list shows it")
	}
	refused := publisher.submit(reviewing, reviewing+"/decision", url.Values{"decision": {"decline"}})
	if refused.status != http.StatusUnprocessableEntity || s.approvals[0].State != game.ApprovalAsked || refused.wrong()["review-comment"] == "" {
		t.Errorf("declined without a reason: %d %v", refused.status, refused.wrong())
	}
	if got := publisher.submit(reviewing, reviewing+"/decision", url.Values{"decision": {"give"}}); got.status != http.StatusSeeOther || s.approvals[0].State != game.ApprovalGiven {
		t.Errorf("approve: %d, %s", got.status, s.approvals[0].State)
	}
	if page := b.get(reviewing); !strings.Contains(page.body, `data-approval="given"`) {
		t.Error("the page does not say that it is approved")
	}
}

func TestNobodyApprovesOfTheirOwn(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "publisher")
	b.save(url.Values{"odds-1": {"5"}})
	b.submit(reviewing, reviewing+"/approval", nil)
	if page := b.get(reviewing); strings.Contains(page.body, `id="give"`) {
		t.Error("the button is there")
	}
	token := b.get(reviewing).form(t, "/admin/logout")
	got := b.post(reviewing+"/decision", url.Values{"csrf": token["csrf"], "request": {"1"}, "decision": {"give"}})
	if got.status != http.StatusConflict || s.approvals[0].State != game.ApprovalAsked {
		t.Errorf("%d, %s", got.status, s.approvals[0].State)
	}
}

// What was typed into a refused request is still there.
func TestExceptionInBothLanguages(t *testing.T) {
	s, b := rarer(t)
	got := b.submit(reviewing, reviewing+"/approval", url.Values{"exception-en": {"the first odds were wrong"}})
	if got.status != http.StatusUnprocessableEntity || got.wrong()["exception-zh"] == "" || !strings.Contains(got.body, "the first odds were wrong") || len(s.approvals) != 0 {
		t.Errorf("%d %v", got.status, got.wrong())
	}
}

func TestRestore(t *testing.T) {
	s, b := rarer(t)
	got := b.submit("/admin/campaigns/spring/versions/1", "/admin/campaigns/spring/versions/1/restore", nil)
	if got.status != http.StatusSeeOther || !strings.Contains(got.header.Get("Location"), "/versions/3") {
		t.Fatalf("%d %s", got.status, got.header.Get("Location"))
	}
	versions := s.versions[s.campaigns[0].ID]
	if versions[2].Hash != versions[0].Hash || versions[2].Comment != "Restores version 1." {
		t.Errorf("%+v", versions[2])
	}
	if page := b.get("/admin/campaigns/spring/versions/3"); !strings.Contains(page.body, "Nothing that players would notice.") {
		t.Error("against the one in force something changes")
	}
}

func TestPlan(t *testing.T) {
	s, _ := rarer(t)
	b := s.as(t, "publisher")
	for typed, field := range map[string]string{"": "plan-at", "2026-01-01T00:00:00": "plan-at"} {
		got := b.submit(reviewing, reviewing+"/plan", url.Values{"plan-at": {typed}})
		if got.status != http.StatusUnprocessableEntity || got.wrong()[field] == "" || len(s.plans) != 0 {
			t.Errorf("at %q: %d %v", typed, got.status, got.wrong())
		}
	}
	at := begin.Add(30 * time.Minute).In(time.FixedZone("", 8*3600)).Format("2006-01-02T15:04:05")
	if got := b.submit(reviewing, reviewing+"/plan", url.Values{"plan-at": {at}}); got.status != http.StatusSeeOther || len(s.plans) != 1 {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	if !s.plans[0].At.Equal(begin.Add(30 * time.Minute)) {
		t.Errorf("at %v", s.plans[0].At)
	}
	if got := b.submit(reviewing, reviewing+"/cancel", nil); got.status != http.StatusSeeOther || s.plans[0].State != game.PublicationCancelled {
		t.Errorf("cancel: %d %s", got.status, s.plans[0].State)
	}
}
