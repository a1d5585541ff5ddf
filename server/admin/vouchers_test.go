package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
)

const vouchering = "/admin/campaigns/spring/vouchers"

// withVoucher gives the campaign a version 2 in which there are three cups of tea to be won.
func (s *site) withVoucher(t *testing.T) {
	t.Helper()
	c := s.sow(t, "spring")
	v := s.versions[c.ID][0].Version
	v.Odds.Outcomes = append(append([]game.Outcome{}, v.Odds.Outcomes...),
		game.Outcome{ID: "tea", Kind: game.KindVoucher, Name: game.Text{"en": "A cup of tea", "zh": "一杯茶"}})
	v.Stocks = append(append([]game.Stock{}, v.Stocks...), game.Stock{Outcome: "tea", Total: 3})
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	s.versions[c.ID] = append(s.versions[c.ID], game.SavedVersion{Version: v, Number: 2})
}

func TestLoadCodes(t *testing.T) {
	s := newSite(t, true)
	s.withVoucher(t)
	b := s.as(t, "designer")
	if page := b.get("/admin/campaigns/spring/versions"); !strings.Contains(page.body, `href="`+vouchering+`"`) {
		t.Error("the versions do not lead to the codes")
	}
	page := b.get(vouchering)
	if !strings.Contains(page.body, "A cup of tea") || !strings.Contains(page.body, "0 of 3 codes.") || !strings.Contains(page.body, "Missing: 3.") {
		t.Fatalf("%d\n%s", page.status, page.body)
	}
	got := b.submit(vouchering, vouchering, url.Values{"outcome": {"tea"}, "codes": {"TEA-1\r\n\r\n TEA-2 \r\n"}})
	if got.status != http.StatusSeeOther || len(s.codes["tea"]) != 2 {
		t.Fatalf("%d, codes %q", got.status, s.codes)
	}
	page = b.get(got.header.Get("Location"))
	if page.text("done") != "Added. Codes of the voucher now: 2." || !strings.Contains(page.body, "Missing: 1.") || strings.Contains(page.body, "TEA-1") {
		t.Errorf("%q\n%s", page.text("done"), page.body)
	}

	// What is refused stays in the form, and says which line.
	got = b.submit(vouchering, vouchering, url.Values{"outcome": {"tea"}, "codes": {"TEA-3\n\n" + strings.Repeat("x", game.MaxCode+1)}})
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "Line 3: A code has 1 to 128 letters.") || !strings.Contains(got.body, "TEA-3") {
		t.Errorf("too long: %d\n%s", got.status, got.body)
	}
	if got = b.submit(vouchering, vouchering, url.Values{"outcome": {"tea"}, "codes": {" \n"}}); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `id="codes-0-wrong"`) {
		t.Errorf("nothing: %d", got.status)
	}
	if got = b.submit(vouchering, vouchering, url.Values{"outcome": {"o1"}, "codes": {"X"}}); got.status != http.StatusNotFound || len(s.codes["o1"]) > 0 {
		t.Errorf("of a card: %d, codes %q", got.status, s.codes)
	}
	if page = s.as(t, "viewer").get(vouchering); strings.Contains(page.body, "<textarea") {
		t.Error("a viewer may load codes")
	}
}

// Who publishes too early is told which voucher lacks codes, and where to add them.
func TestPublishWithoutCodes(t *testing.T) {
	s := newSite(t, true)
	s.withVoucher(t)
	b := s.as(t, "publisher")
	b.lang = "zh"
	got := b.publish(2)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "一杯茶：兑换码少于 3 份。") || !strings.Contains(got.body, `href="`+vouchering+`"`) {
		t.Fatalf("%d\n%s", got.status, got.body)
	}
	b.submit(vouchering, vouchering, url.Values{"outcome": {"tea"}, "codes": {"1\n2\n3"}})
	if got = b.publish(2); got.status != http.StatusSeeOther {
		t.Errorf("%d\n%s", got.status, got.body)
	}
}

func TestNoVouchers(t *testing.T) {
	s := newSite(t, true)
	s.sow(t, "spring")
	if page := s.as(t, "viewer").get(vouchering); !strings.Contains(page.body, "No version of this campaign has a voucher") {
		t.Error(page.body)
	}
}
