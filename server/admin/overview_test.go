package admin_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

const overview = "/admin/campaigns/spring"

// running is a site with the campaign in its third window.
func running(t *testing.T, dev bool) (*site, game.CampaignID) {
	t.Helper()
	s := newSite(t, dev)
	c := s.sow(t, "spring")
	s.at(c.ID).State = game.StateOpen
	s.now = begin.Add(time.Hour + 130*time.Second)
	s.draws = 1_234_567
	s.figures[c.ID] = game.Figures{
		Players: 4321, Wins: 60_000, SoldOut: 7, Redemptions: 3,
		Issued: map[game.OutcomeID]int64{"o1": 12_345, "o5": 1000},
		Taken:  map[game.OutcomeID]int64{"o5": 993},
	}
	return s, c.ID
}

// The navigation says where one is.
func TestNavigation(t *testing.T) {
	s, _ := running(t, true)
	b := s.as(t, "owner")
	for path, part := range map[string]string{
		overview: "campaigns", "/admin/campaigns": "campaigns", "/admin/new-campaign": "campaigns", "/admin/templates/gala": "campaigns",
		"/admin/import": "campaigns", "/admin/staff": "staff", "/admin/activity": "activity", "/admin/tokens": "tokens", "/admin/dev": "dev",
	} {
		if got := b.get(path).body; !strings.Contains(got, `href="/admin/`+part+`" aria-current="page"`) {
			t.Errorf("%s is not said to be of %s", path, part)
		}
	}
}

func TestFigures(t *testing.T) {
	s, _ := running(t, false)
	b := s.as(t, "viewer")
	for _, path := range []string{overview, overview + "/live"} {
		got := b.get(path)
		shown := map[string]string{}
		for _, id := range []string{"figure-players", "figure-draws", "figure-wins", "figure-redemptions", "figure-share", "figure-sold-out", "progress"} {
			shown[id] = got.text(id)
		}
		want := map[string]string{
			"figure-players": "4,321", "figure-draws": "1,234,567", "figure-wins": "60,000", "figure-redemptions": "3",
			"figure-share": "CNY\u00a02,962.96", "figure-sold-out": "7", "progress": "Round 1, window 3 of 60, 0:50 left",
		}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
		for _, want := range []string{"12,345", `<td class="num total" data-label="Stock">1,000</td>`, `data-label="Taken">993 <progress max="1000" value="993">`} {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	if fragment := b.get(overview + "/live"); strings.Contains(fragment.body, "<html") {
		t.Error("the fragment is a whole page")
	}
}

// What is released now is shown, not what will be.
func TestReleasedStock(t *testing.T) {
	s, id := running(t, false)
	s.versions[id][0].Stocks[0].Releases = []game.Release{{At: begin, Released: 250}, {At: begin.Add(2 * time.Hour), Released: 1000}}
	if got := s.as(t, "viewer").get(overview); !strings.Contains(got.body, `data-label="Released">250</td>`) {
		t.Error("the page lacks what is released")
	}
}

func TestFiguresWithoutRedis(t *testing.T) {
	s, _ := running(t, false)
	s.redisErr = errors.New("redis is away")
	got := s.as(t, "viewer").get(overview)
	if got.status != http.StatusOK || got.text("figure-draws") != "–" || got.text("figure-players") != "4,321" {
		t.Errorf("%d, draws %q, players %q", got.status, got.text("figure-draws"), got.text("figure-players"))
	}
}

func TestShare(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "viewer")
	s.at(id).Pool.Cap = 100_000
	if got := b.get(overview).text("figure-share"); got != "CNY\u00a01,000.00" {
		t.Errorf("capped: %q", got)
	}
	s.at(id).State = game.StateSettled
	s.settled[id] = game.Settlement{Shares: game.Shares{Redemptions: 2, Share: 444_444}}
	if got := b.get(overview); got.text("figure-share") != "CNY\u00a04,444.44" || got.text("progress") != "The pool is shared out" {
		t.Errorf("settled: %q, %q", got.text("figure-share"), got.text("progress"))
	}
	s.at(id).State = game.StateOpen
	s.figures[id] = game.Figures{}
	if got := b.get(overview).text("figure-share"); got != "–" {
		t.Errorf("nobody has redeemed: %q", got)
	}
}

func TestOverviewInEveryState(t *testing.T) {
	s, id := running(t, true)
	b := s.as(t, "owner")
	for _, state := range []game.State{
		game.StateDraft, game.StateScheduled, game.StateOpen, game.StateClosed, game.StateSealed, game.StateSettled,
	} {
		for _, now := range []time.Time{begin, begin.Add(time.Hour), begin.Add(2 * time.Hour), begin.Add(100 * time.Hour)} {
			s.at(id).State, s.now = state, now
			got := b.get(overview)
			if got.status != http.StatusOK || got.text("progress") == "" || !strings.Contains(got.body, `data-state="`+string(s.at(id).StateAt(now))+`"`) {
				t.Errorf("%s at %s: %d, %q", state, now, got.status, got.text("progress"))
			}
		}
	}
}

func TestList(t *testing.T) {
	s, _ := running(t, false)
	now := s.now
	s.now = begin
	autumn := s.sow(t, "autumn")
	s.now = now
	s.at(autumn.ID).OpensAt = now.Add(time.Second)
	got := s.as(t, "viewer").get("/admin/campaigns")
	for _, want := range []string{`data-slug="spring"`, `data-slug="autumn"`, `data-label="Full sets">3<`, "CNY\u00a08,888.88", "Open", "Scheduled", "10 Feb 2026, 13:00:00"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	if empty := newSite(t, false); !strings.Contains(empty.as(t, "viewer").get("/admin/campaigns").body, "There is no campaign yet.") {
		t.Error("an empty list says nothing")
	}
}

func TestSwitches(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "publisher")
	token := b.get(overview).form(t, "/admin/logout").Get("csrf")
	press := func(name, paused string, reason ...string) answer {
		return b.post(overview+"/switch", url.Values{"csrf": {token}, "switch": {name}, "paused": {paused}, "reason": reason})
	}
	for _, name := range []string{"shaking", "redemption", "all"} {
		got := press(name, "true", "  ")
		if c := s.at(id); got.status != http.StatusUnprocessableEntity || c.ShakingPaused || c.RedemptionPaused {
			t.Errorf("%s without a reason: %d, %t, %t", name, got.status, c.ShakingPaused, c.RedemptionPaused)
		}
		if !strings.Contains(got.body, `id="reason-`+name+`" maxlength="300" required autocomplete="off" placeholder="Reason (staff only)" aria-label="Reason (staff only)" aria-invalid="true"`) {
			t.Errorf("%s without a reason: the page does not ask for it", name)
		}
	}
	for _, step := range []struct {
		name, paused        string
		shaking, redemption bool
		done                string
	}{
		{"shaking", "true", true, false, "Shaking is paused."},
		{"redemption", "true", true, true, "Redemption is paused."},
		{"shaking", "false", false, true, "Shaking goes on."},
		{"shaking", "false", false, true, "Shaking goes on."},
		{"redemption", "false", false, false, "Redemption goes on."},
		{"all", "true", true, true, "Everything is paused."},
		{"all", "false", false, false, "Everything goes on."},
	} {
		got := press(step.name, step.paused, "a fault")
		c := s.at(id)
		if got.status != http.StatusSeeOther || c.ShakingPaused != step.shaking || c.RedemptionPaused != step.redemption {
			t.Errorf("%+v: %d, %t, %t", step, got.status, c.ShakingPaused, c.RedemptionPaused)
		}
		if page := b.get(got.header.Get("Location")); page.text("done") != step.done {
			t.Errorf("%+v: the page says %q", step, page.text("done"))
		}
	}
	if got := press("gravity", "true"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown switch: %d", got.status)
	}
}

// What players read is apart from the reason, and stands with what is paused; one that is refused is not
// typed twice.
func TestNotices(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "publisher")
	token := b.get(overview).form(t, "/admin/logout").Get("csrf")
	press := func(name string, typed url.Values) answer {
		typed.Set("csrf", token)
		typed.Set("switch", name)
		return b.post(overview+"/switch", typed)
	}
	paused := url.Values{"paused": {"true"}, "reason": {"the disk is full"}, "notice-shaking-en": {"A fault. Back at 8 pm."}}
	got := press("shaking", paused)
	page := b.get(got.header.Get("Location"))
	if told := page.text("told-shaking"); !strings.Contains(told, "A fault. Back at 8 pm.") || strings.Contains(told, "disk") {
		t.Errorf("it says that players read %q", told)
	}
	if diff := cmp.Diff(game.Text{"en": "A fault. Back at 8 pm."}, s.at(id).ShakingNotice); diff != "" {
		t.Error("notice (-want +got):", diff)
	}

	got = press("shaking", url.Values{"paused": {"true"}, "notice-shaking-zh": {"故障，20:00 恢复"}})
	if page := b.get(got.header.Get("Location")); page.text("done") != "Players read the new text." {
		t.Errorf("the page says %q", page.text("done"))
	}
	if diff := cmp.Diff(game.Text{"zh": "故障，20:00 恢复"}, s.at(id).ShakingNotice); diff != "" {
		t.Error("changed notice (-want +got):", diff)
	}

	long := strings.Repeat("福", game.MaxNotice+1)
	got = press("redemption", url.Values{"paused": {"true"}, "reason": {"looked at"}, "notice-redemption-zh": {long}})
	if got.status != http.StatusUnprocessableEntity || s.at(id).RedemptionPaused || got.text("switch-refused") == "" {
		t.Errorf("a long notice: %d, %q", got.status, got.text("switch-refused"))
	}
	for _, typed := range []string{`value="looked at"`, `value="` + long + `"`} {
		if !strings.Contains(got.body, typed) {
			t.Errorf("the refused form lacks %s", typed)
		}
	}

	press("all", url.Values{"paused": {"true"}, "reason": {"a fault"}})
	if c := s.at(id); !c.RedemptionPaused || c.ShakingNotice["zh"] == "" || c.RedemptionNotice != nil {
		t.Errorf("all is paused, with the notices %v and %v", c.ShakingNotice, c.RedemptionNotice)
	}
	press("all", url.Values{"paused": {"false"}, "notice-all-en": {"Nothing."}})
	if c := s.at(id); c.ShakingPaused || c.ShakingNotice != nil || c.RedemptionNotice != nil {
		t.Errorf("all goes on, with the notices %v and %v", c.ShakingNotice, c.RedemptionNotice)
	}
}

// Where there are packets to be won, the page says how much has been, and how much can be.
func TestOverviewCountsPackets(t *testing.T) {
	s := newSite(t, false)
	c := s.sow(t, "spring")
	b := s.as(t, "viewer")
	if page := b.get(overview); strings.Contains(page.body, "figure-cash") {
		t.Error("there are no packets")
	}
	v := &s.versions[c.ID][0].Version
	v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: "packet", Kind: game.KindCash, Amount: 88})
	v.Stocks = append(v.Stocks, game.Stock{Outcome: "packet", Total: 500})
	s.figures[c.ID] = game.Figures{Issued: map[game.OutcomeID]int64{"packet": 7}}
	page := b.get(overview)
	if page.text("figure-cash") != "CNY\u00a06.16" || !strings.Contains(page.body, "Cash won, of CNY\u00a0440.00") {
		t.Errorf("%q\n%s", page.text("figure-cash"), page.body)
	}
}
