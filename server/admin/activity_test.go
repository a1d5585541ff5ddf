package admin_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func (m *memory) Acts(_ context.Context, f game.ActFilter) ([]game.Act, error) {
	var all []game.Act
	for _, a := range slices.Backward(m.recorded) {
		if (f.Campaign == "" || a.Campaign == f.Campaign) && (f.By == "" || a.By == f.By) && (f.Action == "" || a.Action == f.Action) &&
			(f.Before == 0 || a.ID < f.Before) && (!f.InSome || a.Campaign != "") && !a.At.Before(f.From) &&
			(f.Until.IsZero() || a.At.Before(f.Until)) && (f.Limit == 0 || len(all) < f.Limit) {
			all = append(all, a)
		}
	}
	return all, m.bookErr
}

func (m *memory) Slugs(_ context.Context, ids []game.CampaignID) (map[game.CampaignID]string, error) {
	slugs := map[game.CampaignID]string{}
	for _, c := range m.campaigns {
		if slices.Contains(ids, c.ID) {
			slugs[c.ID] = c.Slug
		}
	}
	return slugs, nil
}

// recordActs notes what somebody did, an hour apart, from noon in Shanghai.
func (s *site) recordActs(acts ...game.Act) {
	for _, a := range acts {
		a.ID, a.At = int64(len(s.recorded)+1), begin.Add(time.Duration(len(s.recorded))*time.Hour)
		s.recorded = append(s.recorded, a)
	}
}

var lineOfAct = regexp.MustCompile(`data-act="(\d+)"`)

func (a answer) acts() string {
	var ids []string
	for _, found := range lineOfAct.FindAllStringSubmatch(a.body, -1) {
		ids = append(ids, found[1])
	}
	return strings.Join(ids, " ")
}

func activitySite(t *testing.T) *site {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	owner, _ := s.StaffByLogin(t.Context(), "owner")
	designer, _ := s.StaffByLogin(t.Context(), "designer")
	s.recordActs(
		game.Act{Action: game.ActionStaffAdded, Subject: "bo", After: `{"login":"bo","role":"viewer"}`},
		game.Act{By: designer.ID, Action: game.ActionVersionSaved, Campaign: c.ID, Subject: "2", Reason: "=cmd|' /C calc'!A1"},
		game.Act{
			By: owner.ID, Action: game.ActionSwitchesMoved, Campaign: c.ID, Reason: "a <b>fault</b>",
			Before: `{"shaking_paused":false,"redemption_paused":true}`, After: `{"shaking_paused":true,"redemption_paused":true}`,
		},
	)
	return s
}

func TestActivityShowsWhatChanged(t *testing.T) {
	s := activitySite(t)
	page := s.as(t, "owner").get("/admin/activity")
	if page.acts() != "3 2 1" {
		t.Errorf("acts %s", page.acts())
	}
	for _, want := range []string{"Shaking paused", "<del>no</del>", "<ins>yes</ins>", "a &lt;b&gt;fault&lt;/b&gt;", "<ins>viewer</ins>", "the system"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page.body, "Redemption paused") {
		t.Error("what stayed the same is shown as changed")
	}
}

// What a program did is told from what its maker did.
func TestActivityNamesTokens(t *testing.T) {
	s := activitySite(t)
	designer, _ := s.StaffByLogin(t.Context(), "designer")
	s.tokens = []game.Token{{ID: "t1", Name: "deploy <b>", By: designer.ID}}
	s.recordActs(game.Act{By: designer.ID, Token: "t1", Action: game.ActionVersionSaved, Campaign: s.campaigns[0].ID, Subject: "2"})
	b := s.as(t, "owner")
	if got := b.get("/admin/activity"); strings.Count(got.body, "by the token deploy &lt;b&gt;") != 1 {
		t.Error("the token is not named once")
	}
	if got := b.get("/admin/activity.jsonl?act-action=version_saved"); strings.Count(got.body, `"token":"t1"`) != 1 {
		t.Errorf("exported: %s", got.body)
	}
}

// A version's act says in numbers that people read what is another than before, and leads to the version.
func TestActivityShowsWhatAVersionChanged(t *testing.T) {
	s := activitySite(t)
	s.recordActs(game.Act{
		Action: game.ActionVersionSaved, Campaign: s.campaigns[0].ID, Subject: "2",
		Before: `{"hash":"aa","odds":{"miss":500000000,"outcomes":[{"id":"c5","weight":10000000}]},"stocks":[{"outcome":"c5","total":1000}]}`,
		After: `{"hash":"bb","odds":{"miss":509000000,"outcomes":[{"id":"c5","weight":1000000}]},"stocks":[{"outcome":"c5","total":2000}],
			"guarantee":{"every":30,"weights":[1000000000,0]},"rounds":[{"number":2,"opens_at":"2026-02-10T12:00:00Z"}]}`,
	})
	page := s.as(t, "owner").get("/admin/campaigns/spring/activity")
	for _, want := range []string{
		"Odds of c5", "<del>1 %</del>", "<ins>0.1 %</ins>", "Odds of a miss", "<del>50 %</del>", "<ins>50.9 %</ins>", "Pieces of c5", "<ins>2,000</ins>",
		"<ins>100 %, 0 %</ins>", "Round 2: opens", `<a class="subject" href="/admin/campaigns/spring/versions/2">2</a>`,
	} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page.body, ".weight") {
		t.Error("a field has no sentence")
	}
}

// Who approved is named, and a bare number has a name, too.
func TestActivityNamesWhoApproved(t *testing.T) {
	s := activitySite(t)
	publisher, _ := s.StaffByLogin(t.Context(), "publisher")
	s.recordActs(
		game.Act{Action: game.ActionVersionPublished, Campaign: s.campaigns[0].ID, Subject: "2", After: `{"approved_by":"` + string(publisher.ID) + `"}`},
		game.Act{Action: game.ActionCodesLoaded, Campaign: s.campaigns[0].ID, Subject: "tea", Before: "0", After: "60"},
	)
	page := s.as(t, "owner").get("/admin/activity")
	for _, want := range []string{"<ins>publisher</ins>", `<span class="name">How many</span>`} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestActivityFilters(t *testing.T) {
	s := activitySite(t)
	b := s.as(t, "owner")
	owner, _ := s.StaffByLogin(t.Context(), "owner")
	for query, want := range map[string]string{
		"":                              "3 2 1",
		"?act-by=" + string(owner.ID):   "3",
		"?act-action=version_saved":     "2",
		"?act-campaign=spring":          "3 2",
		"?act-day=2026-02-10":           "3 2 1",
		"?act-day=2026-02-11":           "",
		"?before=3":                     "2 1",
		"?before=3&act-campaign=spring": "2",
	} {
		if got := b.get("/admin/activity" + query); got.status != http.StatusOK || got.acts() != want {
			t.Errorf("%q: %d, acts %q, want %q", query, got.status, got.acts(), want)
		}
	}
	for query, id := range map[string]string{"?act-day=yesterday": "act-day", "?act-campaign=nowhere": "act-campaign"} {
		if got := b.get("/admin/activity" + query); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#`+id+`"`) {
			t.Errorf("%s: %d", query, got.status)
		}
	}
	if got := b.get("/admin/campaigns/spring/activity"); got.acts() != "3 2" || !strings.Contains(got.body, "Asia/Shanghai") {
		t.Errorf("of the campaign: %s", got.acts())
	}
	// Midnight in Shanghai comes before that of UTC.
	s.recordActs(make([]game.Act, 10)...)
	late := &s.recorded[len(s.recorded)-1]
	late.Campaign, late.At = s.campaigns[0].ID, time.Date(2026, 2, 10, 17, 0, 0, 0, time.UTC)
	if got := b.get("/admin/campaigns/spring/activity?act-day=2026-02-11"); got.acts() != fmt.Sprint(late.ID) {
		t.Errorf("of a day in Shanghai: %q", got.acts())
	}
}

// Designers and viewers read what was done to campaigns; people and tokens are not their concern.
func TestActivityOfRoles(t *testing.T) {
	s := activitySite(t)
	for role, want := range map[string]string{"owner": "3 2 1", "publisher": "3 2 1", "auditor": "3 2 1", "designer": "3 2", "viewer": "3 2"} {
		b := s.as(t, role)
		if got := b.get("/admin/activity").acts(); got != want {
			t.Errorf("%s sees %q, want %q", role, got, want)
		}
		if got := strings.Count(b.get("/admin/activity.jsonl").body, "\n"); got != len(strings.Fields(want)) {
			t.Errorf("%s exports %d", role, got)
		}
	}
}

func TestActivityPages(t *testing.T) {
	s := activitySite(t)
	for range 60 {
		s.recordActs(game.Act{Action: game.ActionTokenMade, Subject: "watch"})
	}
	b := s.as(t, "auditor")
	first := b.get("/admin/activity?act-action=token_made")
	older := regexp.MustCompile(`href="([^"]+)" id="older"`).FindStringSubmatch(first.body)
	if older == nil || len(strings.Fields(first.acts())) != 50 {
		t.Fatalf("%d acts, older %v", len(strings.Fields(first.acts())), older)
	}
	second := b.get(strings.ReplaceAll(older[1], "&amp;", "&"))
	if len(strings.Fields(second.acts())) != 10 || strings.Contains(second.body, `id="older"`) || !strings.Contains(second.body, `id="newest"`) {
		t.Errorf("the second page: %s", second.acts())
	}
}

func TestActivityExports(t *testing.T) {
	s := activitySite(t)
	s.recordActs(make([]game.Act, 600)...) // more than are held at once
	b := s.as(t, "auditor")
	sheet := b.get("/admin/activity.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 604 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	want := []string{"2", "2026-02-10T05:00:00Z", "designer", "version_saved", "spring", "2", "'=cmd|' /C calc'!A1", "", "", ""}
	if diff := cmp.Diff(want, rows[602]); diff != "" {
		t.Error(diff)
	}
	if got := sheet.header.Get("Content-Disposition"); !strings.Contains(got, "fivefold-activity.csv") {
		t.Errorf("Content-Disposition: %s", got)
	}
	lines := strings.Split(strings.TrimSpace(b.get("/admin/activity.jsonl?act-action=switches_moved").body), "\n")
	var line struct {
		By, Campaign, Reason string
		Before, After        map[string]bool
	}
	if err := json.Unmarshal([]byte(lines[0]), &line); err != nil || len(lines) != 1 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	if line.By != "owner" || line.Campaign != "spring" || !line.After["shaking_paused"] || line.Before["shaking_paused"] || line.Reason != "a <b>fault</b>" {
		t.Errorf("%+v", line)
	}
	if got := s.browser(t).get("/admin/activity.csv"); got.status != http.StatusSeeOther {
		t.Errorf("without a session: %d", got.status)
	}
	if got := b.get("/admin/activity.csv?act-day=yesterday"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("of no day: %d", got.status)
	}
}
