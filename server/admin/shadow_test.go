package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What stands in the editor is played before it is saved; what does not fit together says where.
func TestPlayWhatIsTyped(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "designer")
	got := b.submit(editing, editing, url.Values{"act": {"play"}, "odds-1": {"11"}})
	at := got.header.Get("Location")
	if got.status != http.StatusSeeOther || !strings.HasPrefix(at, "/play/spring--preview-") {
		t.Fatalf("%d, to %q: %v", got.status, at, got.wrong())
	}
	shadow := s.campaigns[0]
	if v := s.versions[shadow.ID][0]; v.Odds.Outcomes[0].Weight != 110_000_000 || shadow.ShadowOf != c.ID {
		t.Errorf("it is played by %+v", v.Odds)
	}
	if len(s.versions[c.ID]) != 1 {
		t.Error("it was saved")
	}
	got = b.submit(editing, editing, url.Values{"act": {"play"}, "odds-1": {"many"}})
	if got.status != http.StatusUnprocessableEntity || len(got.wrong()) == 0 || len(s.campaigns) != 2 {
		t.Errorf("odds that are none: %d, %v", got.status, got.wrong())
	}
}

// A designer plays a draft: on a shadow that is in no list, and says itself what it is.
func TestPlayDraft(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "designer")
	got := b.submit(overview+"/versions", overview+"/versions/1/play", url.Values{})
	at := got.header.Get("Location")
	if got.status != http.StatusSeeOther || !strings.HasPrefix(at, "/play/spring--preview-") {
		t.Fatalf("%d, to %q", got.status, at)
	}
	shadow := s.campaigns[0]
	if shadow.ShadowOf != id || "/play/"+shadow.Slug != at {
		t.Errorf("%+v", shadow)
	}
	page := b.get("/admin/campaigns/" + shadow.Slug)
	if !strings.Contains(page.text("shadow"), "play money") {
		t.Error("its page does not say what it is")
	}
	if versions := b.get("/admin/campaigns/" + shadow.Slug + "/versions"); strings.Contains(versions.body, "play-draft") {
		t.Error("a shadow of the shadow is offered")
	}
	viewer := s.as(t, "viewer")
	token := viewer.get(overview).form(t, "/admin/logout").Get("csrf")
	if got := viewer.post(overview+"/versions/1/play", url.Values{"csrf": {token}}); got.status != http.StatusForbidden {
		t.Errorf("a viewer: %d", got.status)
	}
}
