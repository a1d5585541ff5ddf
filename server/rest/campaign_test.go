package rest_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

func document(w *world) api.Campaign {
	w.t.Helper()
	return ask[api.Campaign](w, http.StatusOK, request{path: "/campaigns/spring", token: "none"})
}

func TestCampaignDocument(t *testing.T) {
	w := newWorld(t)
	w.now = at(65 * time.Second)
	got := document(w)
	want := api.Campaign{
		ID: "c1", Slug: "spring", Name: w.run.Name, Rules: w.run.Rules, State: game.StateOpen, Now: w.now,
		OpensAt: start, ClosesAt: at(3 * time.Minute), TimeZone: "Asia/Shanghai", Cards: w.run.Cards,
		Odds: api.Odds{Version: 1, Hash: w.run.Versions[0].Hash, Weights: []api.Weight{
			{Outcome: "one", Kind: game.KindCard, Card: 1, Weight: game.Scale / 2},
			{Outcome: "two", Kind: game.KindCard, Card: 2, Weight: game.Scale / 2},
			{Outcome: "five", Kind: game.KindCard, Card: 5},
		}},
		Round: &api.Round{
			Number: 1, OpensAt: start, ClosesAt: at(3 * time.Minute), Window: 2, WindowOpensAt: at(time.Minute),
			WindowSeconds: 60, Chances: 120, TapsPerSecond: 2, GraceSeconds: 30,
		},
		Stock:     []api.Stock{{Outcome: "five", Total: 10, Released: 10, Taken: 3}},
		Pool:      api.Pool{Amount: 1001, Currency: "CNY", Split: game.SplitEqual},
		Completed: 41, Seeds: w.run.Commitments,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.now = at(10 * time.Second)
	if got := document(w).Stock[0]; got.Released != 4 {
		t.Errorf("released %d in the first window, want 4", got.Released)
	}
}

func TestCampaignDocumentOverTime(t *testing.T) {
	closed := at(70 * time.Second)
	for _, c := range []struct {
		name  string
		now   time.Duration
		with  func(*world)
		state game.State
		round int // window of the round that is open; 0: none
		next  int // number of the next round; 0: none
	}{
		{"before the opening", -time.Minute, func(w *world) { w.run.State = game.StateScheduled }, game.StateScheduled, 0, 1},
		{"open before a job notes it", time.Second, func(w *world) { w.run.State = game.StateScheduled }, game.StateOpen, 1, 0},
		{"in the last window", 179 * time.Second, nil, game.StateOpen, 3, 0},
		{"closed early", 80 * time.Second, func(w *world) { w.run.State, w.run.ClosedAt = game.StateClosed, &closed }, game.StateClosed, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.now = at(c.now)
			if c.with != nil {
				c.with(w)
			}
			got := document(w)
			window, next := 0, 0
			if got.Round != nil {
				window = got.Round.Window
			}
			if got.NextRound != nil {
				next = got.NextRound.Number
			}
			if got.State != c.state || window != c.round || next != c.next {
				t.Errorf("%s, window %d, next round %d; want %s, %d, %d", got.State, window, next, c.state, c.round, c.next)
			}
		})
	}
}

// The document shows the odds of the window that is open, not those that come.
func TestDocumentShowsGoverningOdds(t *testing.T) {
	w := newWorld(t)
	second := *w.run.Versions[0]
	second.Number, second.PublishedAt = 2, at(5*time.Second)
	second.Guarantee = &game.Guarantee{Every: 12, Weights: []int64{game.Scale, 0, 0}}
	w.run.Versions = append(w.run.Versions, &second)
	for _, c := range []struct {
		now     time.Duration
		version int
	}{{50 * time.Second, 1}, {70 * time.Second, 1}, {130 * time.Second, 2}} {
		w.now = at(c.now)
		got := document(w)
		if got.Odds.Version != c.version || (got.Round.Guarantee != nil) != (c.version == 2) {
			t.Errorf("at %v: version %d, guarantee %v; want %d", c.now, got.Odds.Version, got.Round.Guarantee, c.version)
		}
	}
	f := ask[api.Fairness](w, http.StatusOK, request{path: "/campaigns/spring/fairness"})
	if len(f.Versions) != 2 || !f.Versions[0].EffectiveAt.Equal(start) || !f.Versions[1].EffectiveAt.Equal(at(2*time.Minute)) {
		t.Errorf("versions %+v", f.Versions)
	}
}

// What was published against the players' favour says why, to everybody.
func TestExceptionIsPublic(t *testing.T) {
	w := newWorld(t)
	second := *w.run.Versions[0]
	second.Number, second.PublishedAt = 2, at(5*time.Second)
	second.Exception = game.Text{"en": "A printer failed.", "zh": "印刷出错。"}
	second.Odds.Outcomes = slices.Clone(second.Odds.Outcomes)
	second.Odds.Outcomes[0].Weight -= 12_500_001
	second.Odds.Miss += 12_500_001
	w.run.Versions = append(w.run.Versions, &second)
	got := ask[api.Fairness](w, http.StatusOK, request{path: "/campaigns/spring/fairness", token: "none"})
	if got.Versions[0].Exception != nil {
		t.Errorf("version 1 has an exception: %v", got.Versions[0].Exception)
	}
	want := []game.Text{
		{"en": w.run.Cards[0].Name["en"] + ": 50% → 48.7499999%", "zh": w.run.Cards[0].Name["zh"] + "：50% → 48.7499999%"},
		{"en": "Nothing won: 0% → 1.2500001%", "zh": "未中：0% → 1.2500001%"},
	}
	if diff := cmp.Diff(want, got.Versions[1].Changes); diff != "" || got.Versions[0].Changes != nil {
		t.Errorf("what it changes (-want +got):\n%s; version 1 changes %v", diff, got.Versions[0].Changes)
	}
	if diff := cmp.Diff(second.Exception, got.Versions[1].Exception); diff != "" {
		t.Errorf("version 2 (-want +got):\n%s", diff)
	}
}

func TestListOfCampaigns(t *testing.T) {
	w := newWorld(t)
	got := ask[[]api.CampaignSummary](w, http.StatusOK, request{path: "/campaigns", token: "none"})
	want := []api.CampaignSummary{{
		Slug: "spring", Name: w.run.Name, State: game.StateOpen, OpensAt: start, ClosesAt: at(3 * time.Minute),
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFairness(t *testing.T) {
	w := newWorld(t)
	got := ask[api.Fairness](w, http.StatusOK, request{path: "/campaigns/spring/fairness", token: "none"})
	v := w.run.Versions[0]
	if got.Campaign != "c1" || got.ReceiptKey != w.keys.ReceiptKey() || len(got.Versions) != 1 {
		t.Fatalf("%+v", got)
	}
	if fairness.HashVersion("c1", got.Versions[0].Document) != got.Versions[0].Hash || got.Versions[0].Hash != v.Hash {
		t.Errorf("hash %s, want %s", got.Versions[0].Hash, v.Hash)
	}
	for _, c := range got.Seeds {
		if c.Seed != "" || len(c.Hash) != 64 {
			t.Errorf("commitment %+v of an open campaign", c)
		}
	}
	w.seal(game.StateSealed)
	got = ask[api.Fairness](w, http.StatusOK, request{path: "/campaigns/spring/fairness", token: "none"})
	for _, c := range got.Seeds {
		if len(c.Seed) != 64 {
			t.Errorf("commitment %+v of a sealed campaign", c)
		}
	}
}

func TestSettlement(t *testing.T) {
	w := newWorld(t)
	settledAt := at(time.Hour)
	w.book.settlement = &game.Settlement{
		Campaign: "c1", Split: game.SplitEqual, Shares: game.Shares{Redemptions: 2, Share: 500, Leftover: 1}, SettledAt: settledAt,
	}
	q := request{path: "/campaigns/spring/settlement", token: "none", method: http.MethodGet}
	// A server whose snapshot is a moment old has not the seed yet: it waits with the rest.
	w.seal(game.StateSealed)
	w.run.Commitments[0].Seed = ""
	if answer := w.send(q); answer.Code != http.StatusConflict {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	w.seal(game.StateSettled)
	want := api.Settlement{
		Pool:  api.Pool{Amount: 1001, Currency: "CNY", Split: game.SplitEqual},
		Split: game.SplitEqual, Redemptions: 2, Share: 500, Leftover: 1, SettledAt: settledAt,
		OrderRule: redeem.OrderRule, OrderSeed: w.run.Commitments[0].Seed,
	}
	if diff := cmp.Diff(want, ask[api.Settlement](w, http.StatusOK, q)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRandomSettlement(t *testing.T) {
	w := newWorld(t)
	w.run.Pool.Split, w.run.Pool.Floor, w.run.Pool.Cap = game.SplitRandom, 88, 900
	settledAt, root := at(time.Hour), strings.Repeat("ab", 32)
	w.book.settlement = &game.Settlement{
		Campaign: "c1", Split: game.SplitRandom, Root: root, Weights: 1 << 33,
		Shares: game.Shares{Redemptions: 2, Share: 88, Leftover: 1}, SettledAt: settledAt,
	}
	w.seal(game.StateSettled)
	want := api.Settlement{
		Pool:  api.Pool{Amount: 1001, Currency: "CNY", Split: game.SplitRandom, Floor: 88, Cap: 900},
		Split: game.SplitRandom, Redemptions: 2, Share: 88, Leftover: 1, SettledAt: settledAt,
		OrderRule: redeem.OrderRule, OrderSeed: w.run.Commitments[0].Seed,
		Random: &api.RandomSplit{
			RootRule: redeem.RootRule, Root: root, WeightRule: redeem.WeightRule, Weights: 1 << 33, ShareRule: redeem.ShareRule,
		},
	}
	q := request{path: "/campaigns/spring/settlement", token: "none", method: http.MethodGet}
	if diff := cmp.Diff(want, ask[api.Settlement](w, http.StatusOK, q)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is the same for everybody may be cached for a second; what is a player's may not.
func TestCaching(t *testing.T) {
	w := newWorld(t)
	for path, want := range map[string]string{
		"/campaigns": "public, max-age=1", "/campaigns/spring": "public, max-age=1", "/campaigns/spring/fairness": "public, max-age=1",
		"/campaigns/spring/me": "", "/campaigns/spring/me/entries": "no-store", // vouchers are in it
	} {
		if got := w.send(request{method: http.MethodGet, path: path}).Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: Cache-Control %q, want %q", path, got, want)
		}
	}
	if got := w.send(request{method: http.MethodGet, path: "/campaigns/autumn"}).Header().Get("Cache-Control"); got != "" {
		t.Errorf("a refusal: Cache-Control %q", got)
	}
}

// Lists are never null, which a client would have to think of.
func TestEmptyListsAreLists(t *testing.T) {
	w := newWorld(t)
	w.run.Versions[0].Stocks = nil
	for path, name := range map[string]string{"/campaigns/spring": "stock", "/campaigns/spring/me/entries": "entries"} {
		var reply map[string]any
		if err := json.Unmarshal(w.send(request{method: http.MethodGet, path: path}).Body.Bytes(), &reply); err != nil {
			t.Fatal(err)
		}
		if list, ok := reply[name].([]any); !ok || len(list) != 0 {
			t.Errorf("%s: %s is %v", path, name, reply[name])
		}
	}
}
