package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

const publishing = "/admin/campaigns/spring/versions/%d/publish"

var standingTag = regexp.MustCompile(`data-version="(\d+)" data-standing="([a-z]+)"`)

func standings(a answer) string {
	var all []string
	for _, m := range standingTag.FindAllStringSubmatch(a.body, -1) {
		all = append(all, m[1]+" "+m[2])
	}
	return strings.Join(all, ", ")
}

func (b *browser) publish(number int) answer {
	b.t.Helper()
	path := fmt.Sprintf(publishing, number)
	return b.submit(path, path, nil)
}

func (b *browser) save(typed url.Values) {
	b.t.Helper()
	if got := b.submit(editing, editing, typed); got.status != http.StatusSeeOther {
		b.t.Fatalf("save: %d %v", got.status, got.wrong())
	}
}

func TestPublishADraft(t *testing.T) {
	s := newSite(t, false)
	designer := s.as(t, "designer")
	designer.post(creating, filled(designer))
	b := s.as(t, "publisher")
	const path = "/admin/campaigns/gala-2026/versions/1/publish"
	page := b.get(path)
	if want := "16 Feb 2026, 20:00:00"; !strings.Contains(page.text("governs-from"), want) {
		t.Errorf("it says %q, want %s in it", page.text("governs-from"), want)
	}
	if s.campaigns[0].State != game.StateDraft {
		t.Error("looking at the page published it")
	}
	got := b.submit(path, path, nil)
	if got.status != http.StatusSeeOther || s.campaigns[0].State != game.StateScheduled {
		t.Errorf("%d, %s", got.status, s.campaigns[0].State)
	}
	page = b.get(got.header.Get("Location"))
	if page.text("done") != "Version 1 is published." || !strings.Contains(page.body, "publisher, <time") {
		t.Errorf("afterwards: %q", page.text("done"))
	}
}

func TestPublishADraftWhoseTimeHasPassed(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "owner")
	b.post(creating, filled(b))
	s.now = time.Date(2026, 2, 16, 12, 0, 0, 0, time.UTC)
	const path = "/admin/campaigns/gala-2026/versions/1/publish"
	got := b.submit(path, path, nil)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Opens at: Must be later than 16 Feb 2026, 20:00:02.") {
		t.Errorf("%d %q", got.status, got.body)
	}
}

// An open campaign takes what is in the players' favour; in development it takes anything.
func TestPublishOnAnOpenCampaign(t *testing.T) {
	for _, test := range []struct {
		dev   bool
		odds  string
		taken bool
	}{{false, "11", true}, {false, "9", false}, {true, "9", true}} {
		s := newSite(t, test.dev)
		c := s.sow(t, "spring")
		b := s.as(t, "owner")
		b.save(url.Values{"odds-1": {test.odds}})
		s.at(c.ID).State = game.StateOpen
		s.now = begin.Add(time.Hour + 90*time.Second)
		got := b.publish(2)
		if taken := !s.versions[c.ID][1].PublishedAt.IsZero(); taken != test.taken {
			t.Errorf("%+v: %d, taken %v", test, got.status, taken)
		}
		if !test.taken && (got.status != http.StatusConflict || !strings.Contains(got.body, "needs an exception")) {
			t.Errorf("%+v: %d, %s", test, got.status, got.text("refused"))
		}
	}
}

func TestPublishRefusesABrokenPromise(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	b.save(url.Values{"stock-5-total": {"999"}})
	got := b.publish(2)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "Stock of Card5: Must not be less than 1,000.") {
		t.Errorf("%d %s", got.status, got.text("refused"))
	}
}

func TestPublishUnknown(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	for _, path := range []string{
		"/admin/campaigns/spring/versions/9/publish", "/admin/campaigns/spring/versions/x/publish", "/admin/campaigns/none/versions/1/publish",
	} {
		if got := b.get(path); got.status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, got.status)
		}
		token := b.get("/admin/campaigns").form(t, "/admin/logout").Get("csrf")
		if got := b.post(path, url.Values{"csrf": {token}}); got.status != http.StatusNotFound {
			t.Errorf("POST %s: %d", path, got.status)
		}
	}
}

func TestComparesWithWhatIsPublished(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "owner")
	b.save(url.Values{"odds-1": {"11.5"}, "stock-5-total": {"2000"}})
	got := b.get(fmt.Sprintf(publishing, 2))
	if n := strings.Count(got.body, `<tr class="changed">`); n != 3 { // card 1, card 5, the miss
		t.Errorf("%d lines are marked, want 3", n)
	}
	for _, want := range []string{"11.5 %", "48.5 %", "1,000 → 2,000"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestStandings(t *testing.T) {
	s := newSite(t, true)
	c := s.sow(t, "spring")
	b := s.as(t, "owner")
	list := func() string { return standings(b.get("/admin/campaigns/spring/versions")) }
	b.save(url.Values{"odds-1": {"11"}})
	if got, want := list(), "2 draft, 1 coming"; got != want {
		t.Errorf("scheduled: %s, want %s", got, want)
	}
	b.publish(2)
	if got, want := list(), "2 coming, 1 past"; got != want {
		t.Errorf("published before the opening: %s, want %s", got, want)
	}
	s.at(c.ID).State = game.StateOpen
	s.now = begin.Add(time.Hour + 30*time.Second)
	b.save(url.Values{"odds-1": {"12"}})
	b.publish(3)
	if got, want := list(), "3 coming, 2 governs, 1 past"; got != want {
		t.Errorf("published in the first window: %s, want %s", got, want)
	}
	s.now = begin.Add(time.Hour + 60*time.Second)
	if got, want := list(), "3 governs, 2 past, 1 past"; got != want {
		t.Errorf("in the second window: %s, want %s", got, want)
	}
	s.at(c.ID).State = game.StateClosed
	if got, want := list(), "3 past, 2 past, 1 past"; got != want {
		t.Errorf("closed: %s, want %s", got, want)
	}
}

func TestListOfVersions(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	b.save(url.Values{"odds-1": {"0.0000001"}, "comment": {"one in a billion"}})
	got := b.get("/admin/campaigns/spring/versions?done=saved&n=2")
	for _, want := range []string{
		"Version 2 is saved. It is not published yet.", "one in a billion", "0.0000001 %", "designer, <time", "of 1,000 pieces",
		s.versions[c.ID][0].Hash, s.versions[c.ID][1].Hash,
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if diff := cmp.Diff("2 draft, 1 coming", standings(got)); diff != "" {
		t.Error(diff)
	}
}

// The list asks once who saved and who published all the versions, however many there are.
func TestVersionsAskForNamesOnce(t *testing.T) {
	s := newSite(t, false)
	s.sow(t, "spring")
	b := s.as(t, "designer")
	for range 4 {
		b.save(nil)
	}
	s.Named = 0
	page := b.get("/admin/campaigns/spring/versions")
	if got := strings.Count(page.body, "designer, <time"); got != 4 {
		t.Errorf("%d versions name who saved them, want 4", got)
	}
	if s.Named != 1 {
		t.Errorf("logins were asked for %d times", s.Named)
	}
}
