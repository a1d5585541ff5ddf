package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// won puts a packet and a voucher into the player's book, of the first two chances.
func (w *world) won() {
	w.book.mu.Lock()
	defer w.book.mu.Unlock()
	a := &game.Album{Campaign: w.run.ID, Player: w.me}
	for i, e := range []game.Entry{
		{Kind: game.EntryCash, Outcome: "packet", Serial: 3, Amount: 88},
		{Kind: game.EntryVoucher, Outcome: "tea", Serial: 12, Code: "TEA-7K2M"},
	} {
		e.Chance = game.Chance{Round: 1, Window: 1, Index: i + 1}
		e.Version, e.AcceptedAt, e.BookedAt = 1, w.now, w.now
		w.book.entries[w.me] = append(w.book.entries[w.me], a.Append(e))
	}
	w.book.albums[w.me] = a
}

// A packet comes with its amount and a voucher with its code, to who has won them.
func TestPrizes(t *testing.T) {
	w := newWorld(t)
	w.won()
	drawn := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":1,"taps":2}`))
	want := []api.Outcome{
		{Index: 1, N: 1, Kind: game.EntryCash, Serial: 3, Amount: 88, Outcome: "packet"},
		{Index: 2, N: 2, Kind: game.EntryVoucher, Serial: 12, Code: "TEA-7K2M", Outcome: "tea"},
	}
	for i, o := range drawn.Outcomes {
		if strings.Contains(o.Receipt, "TEA-7K2M") || len(o.Receipt) < 100 {
			t.Errorf("receipt %q", o.Receipt)
		}
		drawn.Outcomes[i].Receipt = ""
	}
	if diff := cmp.Diff(want, drawn.Outcomes); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	page := ask[api.Entries](w, http.StatusOK, request{path: "/campaigns/spring/me/entries"})
	if len(page.Entries) != 2 || page.Entries[0].Amount != 88 || page.Entries[1].Code != "TEA-7K2M" {
		t.Errorf("entries %+v", page.Entries)
	}
	if kept := w.send(request{method: http.MethodGet, path: "/campaigns/spring/me/entries"}).Header().Get("Cache-Control"); kept != "no-store" {
		t.Errorf("Cache-Control of entries: %q", kept)
	}
	_, other := w.enter("07")
	page = ask[api.Entries](w, http.StatusOK, request{path: "/campaigns/spring/me/entries", token: other})
	if len(page.Entries) != 0 {
		t.Errorf("another player sees %+v", page.Entries)
	}
}

// Everybody sees what there is to win, and how much of it.
func TestDocumentListsPrizes(t *testing.T) {
	w := newWorld(t)
	v := *w.run.Versions[0]
	v.Odds.Outcomes = append([]game.Outcome{
		{ID: "packet", Kind: game.KindCash, Amount: 88, Weight: 5},
		{ID: "tea", Kind: game.KindVoucher, Name: game.Text{"en": "A cup of tea"}, Weight: 3},
	}, v.Odds.Outcomes...)
	v.Stocks = append([]game.Stock{{Outcome: "packet", Total: 50}}, v.Stocks...)
	w.run.Versions[0], w.run.Taken["packet"] = &v, 7
	got := document(w)
	want := []api.Weight{
		{Outcome: "packet", Kind: game.KindCash, Amount: 88, Weight: 5},
		{Outcome: "tea", Kind: game.KindVoucher, Name: game.Text{"en": "A cup of tea"}, Weight: 3},
	}
	if diff := cmp.Diff(want, got.Odds.Weights[:2]); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(api.Stock{Outcome: "packet", Total: 50, Released: 50, Taken: 7}, got.Stock[0]); diff != "" {
		t.Errorf("stock (-want +got):\n%s", diff)
	}
}
