package admin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

var slugOfLine = regexp.MustCompile(`<tr data-slug="([^"]*)"`)

func (a answer) slugs() []string {
	var slugs []string
	for _, m := range slugOfLine.FindAllStringSubmatch(a.body, -1) {
		slugs = append(slugs, m[1])
	}
	return slugs
}

func TestListIsFiltered(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	s.sow(t, "autumn")
	s.campaigns[0].State = game.StateSettled
	b := s.as(t, "viewer")
	for query, want := range map[string][]string{
		"":                        {"autumn", "spring"},
		"?q=aut":                  {"autumn"},
		"?q=+spring+":             {"spring"},
		"?state=settled":          {"autumn"},
		"?state=settled&q=spr":    nil,
		"?state=nonsense":         {"autumn", "spring"},
		"?after=nonsense":         {"autumn", "spring"},
		"?q=%3Cscript%3Ealert(1)": nil,
	} {
		got := b.get("/admin/campaigns" + query)
		if got.status != http.StatusOK || !slices.Equal(got.slugs(), want) {
			t.Errorf("%q: %d %v, want %v", query, got.status, got.slugs(), want)
		}
		if strings.Contains(got.body, "<script>alert") {
			t.Error("what is searched for is shown as HTML")
		}
	}
	if got := b.get("/admin/campaigns?q=nothing").body; !strings.Contains(got, "No campaign is like that.") {
		t.Error("an empty list does not say why")
	}
}

// The list has a page after the next, with the filter kept, and each campaign once.
func TestListHasPages(t *testing.T) {
	s := newSite(t, false)
	for i := range 120 {
		c, _ := sample(fmt.Sprintf("c%03d", i))
		c.ID, c.State, c.CreatedAt = game.CampaignID(c.Slug), game.StateDraft, begin
		s.campaigns = append([]game.Campaign{c}, s.campaigns...)
	}
	b := s.as(t, "viewer")
	next := regexp.MustCompile(`id="older" href="([^"]*)"`)
	var all []string
	path := "/admin/campaigns?q=c&state=draft"
	for range 4 {
		got := b.get(path)
		all = append(all, got.slugs()...)
		m := next.FindStringSubmatch(got.body)
		if m == nil {
			break
		}
		path = strings.ReplaceAll(m[1], "&amp;", "&")
		if !strings.Contains(path, "q=c") || !strings.Contains(path, "state=draft") {
			t.Fatalf("the next page is %s", path)
		}
	}
	if len(all) != 120 || all[0] != "c119" || all[119] != "c000" {
		t.Errorf("%d campaigns, %v", len(all), all)
	}
}
