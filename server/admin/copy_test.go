package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

func TestCopyCampaign(t *testing.T) {
	s := newSite(t, false)
	original := s.sow(t, "spring")
	b := s.as(t, "designer")
	const page = "/admin/campaigns/spring/copy"
	form := b.get(page).form(t, page)
	if form.Get("slug") != "spring-2" || form.Get("name-zh") != "春节" || form.Get("opens-at") != "2026-02-11T13:00:00" {
		t.Errorf("it proposes %v", form)
	}
	for input, typed := range map[string]string{"slug": "spring", "name-zh": "", "opens-at": "soon"} {
		got := b.submit(page, page, url.Values{input: {typed}})
		if got.wrong()[input] == "" || got.form(t, page).Get(input) != typed {
			t.Errorf("%s: %d %v", input, got.status, got.wrong())
		}
	}
	if shown := b.get(page).body; !strings.Contains(shown, "<dd>Spring</dd>") {
		t.Error("it does not call the look by its name")
	}
	got := b.submit(page, page, url.Values{"name-en": {"Again"}, "opens-at": {"2026-03-01T20:00"}})
	if got.status != http.StatusSeeOther || got.header.Get("Location") != "/admin/campaigns/spring-2/edit?done=copied" {
		t.Fatalf("%d %v", got.status, got.wrong())
	}
	c := s.campaigns[0]
	opens := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if c.State != game.StateDraft || c.Name["en"] != "Again" || !c.OpensAt.Equal(opens) || c.Pool.Amount != original.Pool.Amount {
		t.Errorf("%+v", c)
	}
	if v := s.versions[c.ID]; len(v) != 1 || v[0].Stocks[0].Total != 1000 || v[0].Rounds[0].Windows() != 60 {
		t.Errorf("%+v", v)
	}
}

// Every template is a campaign that can be made as it is.
func TestTemplates(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	page := b.get("/admin/new-campaign").body
	for _, name := range []string{"gala", "week", "spring"} {
		path := "/admin/templates/" + name
		if !strings.Contains(page, `href="`+path+`"`) {
			t.Errorf("the page of new campaigns lacks %s", name)
		}
		if opens := b.get(path).form(t, path).Get("opens-at"); !strings.HasSuffix(opens, "T20:00:00") {
			t.Errorf("%s: it proposes to open at %s", name, opens)
		}
		got := b.submit(path, path, nil)
		if got.status != http.StatusSeeOther {
			t.Errorf("%s: %d %v", name, got.status, got.wrong())
		}
	}
	for _, name := range []string{"none", "..%2fcampaigns%2fspring", "*"} {
		if got := b.get("/admin/templates/" + name); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.status)
		}
	}
}
