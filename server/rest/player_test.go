package rest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

func TestPlayers(t *testing.T) {
	w := newWorld(t)
	body := `{"client_seed":"` + strings.Repeat("0b", 32) + `","secret":"` + strings.Repeat("0c", 32) + `","locale":"zh"}`
	made := ask[api.Player](w, http.StatusCreated, players(body))
	again := ask[api.Player](w, http.StatusOK, players(body))
	if made.ClientSeed != strings.Repeat("0b", 32) || made.Player == "" || again.Player != made.Player || made.Player == string(w.me) {
		t.Errorf("made %s, again %s", made.Player, again.Player)
	}
	me := ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me", token: "Bearer " + again.Token})
	if string(me.Player) != made.Player || me.ClientSeed != strings.Repeat("0b", 32) {
		t.Errorf("me %+v", me)
	}
	if got := w.redis.keysAsked(); len(got) != 1 || got[0] != "players:192.0.2.1" || w.redis.asked[got[0]] != 7 {
		t.Errorf("limits asked for: %v", w.redis.asked)
	}
}

func TestPlayersOfAHost(t *testing.T) {
	w := newWorld(t)
	body := func(seed, sub string) string {
		return `{"client_seed":"` + strings.Repeat(seed, 32) + `","identity":"` + w.identity(sub) + `","locale":"en"}`
	}
	made := ask[api.Player](w, http.StatusCreated, players(body("0b", "user-7")))
	again := ask[api.Player](w, http.StatusOK, players(body("0c", "user-7")))
	if again.Player != made.Player || again.ClientSeed != strings.Repeat("0b", 32) {
		t.Errorf("made %+v, again %+v", made, again)
	}
	if other := ask[api.Player](w, http.StatusCreated, players(body("0b", "user-8"))); other.Player == made.Player {
		t.Errorf("another subject is %+v", other)
	}
	me := ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me", token: "Bearer " + again.Token})
	if string(me.Player) != made.Player || me.ClientSeed != made.ClientSeed {
		t.Errorf("me %+v", me)
	}
}

func TestMe(t *testing.T) {
	w := newWorld(t)
	w.redis.away = true
	me := func(query string) api.Me {
		t.Helper()
		return ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me" + query})
	}
	got := me("")
	want := api.Me{
		Player: w.me, ClientSeed: strings.Repeat("a1", 32), Remaining: 120,
		Next: &api.Next{Round: 1, Window: 1, Index: 1, NotBefore: start.Add(time.Millisecond)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("at first (-want +got):\n%s", diff)
	}

	ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":1,"taps":4}`))
	if got := me(""); got.Album.N != 4 || got.Next.Index != 5 || got.Remaining != 116 {
		t.Errorf("with Redis away: %+v, next %+v", got.Album, got.Next)
	}
	w.redis.away = false
	w.redis.albums[w.me] = game.Album{Campaign: "c1", Player: w.me, N: 6} // another server has booked two more
	w.redis.marks[w.me] = game.Chance{Round: 1, Window: 1, Index: 9}
	if got := me("?n=2"); got.Album.N != 6 || got.Next.Index != 10 {
		t.Errorf("from Redis: %+v, next %+v", got.Album, got.Next)
	}
	w.redis.albums[w.me] = game.Album{Campaign: "c1", Player: w.me, N: 2}
	if got := me(""); got.Album.N != 4 {
		t.Errorf("with a Redis behind what this server has booked: %+v", got.Album)
	}

	w.now = at(10 * time.Minute)
	if got := me("?n=4"); got.Next != nil || got.Remaining != 0 || got.Album.N != 4 {
		t.Errorf("after the round: %+v", got)
	}
}

func TestEntries(t *testing.T) {
	w := newWorld(t)
	for range api.EntriesPage + 5 {
		w.book.give(w.me, 0, 1)
	}
	page := func(after string) api.Entries {
		t.Helper()
		return ask[api.Entries](w, http.StatusOK, request{path: "/campaigns/spring/me/entries" + after})
	}
	first := page("")
	if len(first.Entries) != api.EntriesPage || !first.More || first.Entries[0].N != 1 || first.Entries[0].Counts[0] != 1 {
		t.Errorf("%d entries, more %v", len(first.Entries), first.More)
	}
	second := page("?after=200")
	if len(second.Entries) != 5 || second.More || second.Entries[0].N != 201 {
		t.Errorf("%d entries, more %v", len(second.Entries), second.More)
	}
	if last := page("?after=205"); last.Entries == nil || len(last.Entries) != 0 || last.More {
		t.Errorf("%+v, want an empty list", last)
	}
	if exact := page("?after=5"); len(exact.Entries) != api.EntriesPage || exact.More {
		t.Errorf("%d entries, more %v; want a full page and no more", len(exact.Entries), exact.More)
	}
}

func TestRedemption(t *testing.T) {
	w := newWorld(t)
	w.book.give(w.me, 1, 2, 1, 1, 1, 0)
	q := redemption("key-1", `{"wildcards":{"5":1}}`)
	made := ask[api.Redeemed](w, http.StatusCreated, q)
	want := api.Redeemed{
		Redemption: api.Redemption{N: 2, RedeemedAt: w.now},
		Album:      api.Album{N: 2, Counts: [game.SetSize]int64{1, 0, 0, 0, 0}},
		Completed:  42,
	}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.run.Completed = 42
	if diff := cmp.Diff(want, ask[api.Redeemed](w, http.StatusOK, q)); diff != "" {
		t.Errorf("repeated (-want +got):\n%s", diff)
	}
	q.body = `{"wildcards":{"5":1,"1":0}}`
	ask[api.Redeemed](w, http.StatusOK, q)

	got := ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me?n=2"})
	if diff := cmp.Diff(&want.Redemption, got.Redemption); diff != "" || got.Payout != nil {
		t.Errorf("me: payout %+v, redemption (-want +got):\n%s", got.Payout, diff)
	}

	// The share is shown once the campaign is settled, and not before.
	w.book.payouts[w.me] = game.Payout{Player: w.me, Amount: 501, Currency: "CNY", State: game.PayoutPending}
	w.seal(game.StateSealed)
	if got := ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me"}); got.Payout != nil || got.Redemption == nil {
		t.Errorf("sealed: %+v", got)
	}
	w.seal(game.StateSettled)
	got = ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me"})
	if diff := cmp.Diff(&api.Payout{Amount: 501, Currency: "CNY", State: game.PayoutPending}, got.Payout); diff != "" {
		t.Errorf("settled: payout (-want +got):\n%s", diff)
	}
}

// A redemption without a body asks for no wildcard.
func TestRedemptionWithoutABody(t *testing.T) {
	w := newWorld(t)
	w.book.give(w.me, 0, 1, 1, 1, 1, 1)
	ask[api.Redeemed](w, http.StatusCreated, redemption("k", ""))
	ask[api.Redeemed](w, http.StatusOK, redemption("k", "{}"))
	chunked := redemption("k", "")
	chunked.chunked = true
	ask[api.Redeemed](w, http.StatusOK, chunked)
}
