package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

const (
	ofPlayer = "/admin/campaigns/spring/support/p1"
	proposal = ofPlayer + "/corrections"
	decision = "/admin/campaigns/spring/corrections/1"
)

func openSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t, true)
	s.sow(t, "spring")
	s.campaigns[0].State = game.StateOpen
	return s
}

func TestCorrectionTakesTwo(t *testing.T) {
	s := openSite(t)
	ann, bob := s.as(t, "owner"), s.as(t, "publisher")
	got := ann.submit(ofPlayer, proposal, url.Values{"correct-card": {"2"}, "correct-count": {"3"}, "correct-reason": {"a <fault> of ours"}})
	if got.status != http.StatusSeeOther || !strings.Contains(got.header.Get("Location"), ofPlayer+"?done=correction_proposed") {
		t.Fatalf("%d %s", got.status, got.header.Get("Location"))
	}
	if c := s.corrections[0]; c.Kind != game.EntryGrant || c.Card != 2 || c.Count != 3 || c.Player != "p1" || c.Reason != "a <fault> of ours" {
		t.Errorf("%+v", c)
	}
	if page := ann.get(ofPlayer); strings.Contains(page.body, "/1/consent") || !strings.Contains(page.body, "Waits for another person") {
		t.Error("who proposed it is offered to consent, or not told whom it waits for")
	}
	own := ann.post(decision+"/consent", ann.get(ofPlayer).form(t, decision+"/decline"))
	if own.status != http.StatusForbidden || !strings.Contains(own.body, "another person has to consent") {
		t.Errorf("own consent: %d", own.status)
	}
	for _, page := range []string{ofPlayer, "/admin/campaigns/spring/support"} {
		if body := bob.get(page).body; !strings.Contains(body, decision+"/consent") || !strings.Contains(body, "a &lt;fault&gt; of ours") {
			t.Errorf("%s does not ask bob", page)
		}
	}
	if got := bob.submit(ofPlayer, decision+"/consent", nil); got.status != http.StatusSeeOther || s.corrections[0].State != game.CorrectionBooked {
		t.Errorf("consent: %d, %+v", got.status, s.corrections[0])
	}
	again := bob.post(decision+"/consent", bob.get(ofPlayer).form(t, proposal))
	if again.status != http.StatusConflict || !strings.Contains(again.body, "decided already") {
		t.Errorf("again: %d", again.status)
	}
}

func TestCorrectionDeclined(t *testing.T) {
	s := openSite(t)
	s.as(t, "owner").submit(ofPlayer, proposal, url.Values{"correct-card": {"0"}, "correct-reason": {"because"}})
	bob := s.as(t, "publisher")
	if got := bob.submit(ofPlayer, decision+"/decline", url.Values{"answer": {" "}}); got.status != http.StatusUnprocessableEntity || s.corrections[0].State != game.CorrectionProposed {
		t.Errorf("without a reason: %d", got.status)
	}
	if got := bob.submit(ofPlayer, decision+"/decline", url.Values{"answer": {"no fault"}}); got.status != http.StatusSeeOther || s.corrections[0].State != game.CorrectionDeclined {
		t.Errorf("%d", got.status)
	}
	if got := bob.post("/admin/campaigns/spring/corrections/77/consent", bob.get(ofPlayer).form(t, proposal)); got.status != http.StatusNotFound {
		t.Errorf("no such: %d", got.status)
	}
}

func TestCorrectionRefused(t *testing.T) {
	s := openSite(t)
	b := s.as(t, "owner")
	for _, test := range []struct {
		typed url.Values
		want  string
	}{
		{url.Values{"correct-card": {"1"}, "correct-count": {"0"}, "correct-reason": {"x"}}, `id="correct-count-wrong"`},
		{url.Values{"correct-card": {"1"}, "correct-count": {"two"}, "correct-reason": {"x"}}, "whole number"},
		{url.Values{"correct-card": {"1"}, "correct-reason": {""}}, `id="correct-reason-wrong"`},
		{url.Values{"correct-card": {"7"}, "correct-reason": {"x"}}, `href="#correct-card"`},
		{url.Values{"correct-card": {"1"}, "correct-count": {"9"}, "correct-reason": {"x"}}, "does not have so many"},
		{url.Values{"correct-reverses": {"58"}, "correct-reason": {"<kept>"}}, "nothing to take back"},
	} {
		got := b.submit(ofPlayer, proposal, test.typed)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, test.want) {
			t.Errorf("%v: %d, no %s", test.typed, got.status, test.want)
		}
	}
	if len(s.corrections) > 0 {
		t.Errorf("%+v", s.corrections)
	}
	taking := b.get(ofPlayer + "?correct-reverses=59")
	if form := taking.form(t, proposal); form.Get("correct-reverses") != "59" || !strings.Contains(taking.body, "Take back what entry 59 gave") {
		t.Errorf("%v", form)
	}
}

func TestCorrectionsAreForPublishers(t *testing.T) {
	s := openSite(t)
	b := s.as(t, "auditor")
	if got := b.get(ofPlayer); strings.Contains(got.body, `id="propose"`) {
		t.Error("an auditor is offered to correct")
	}
	for _, path := range []string{proposal, decision + "/consent", decision + "/decline"} {
		got := b.do(http.MethodPost, path, nil, http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Sec-Fetch-Site": {"same-origin"}})
		if got.status != http.StatusForbidden {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	s.campaigns[0].State = game.StateSealed
	if got := s.as(t, "owner").get(ofPlayer); strings.Contains(got.body, `id="propose"`) {
		t.Error("a sealed campaign is offered to be corrected")
	}
}
