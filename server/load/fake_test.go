package load_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

const (
	fakeGrace = 2 * time.Second
	fakeLead  = time.Second
)

// fake is a small server that keeps its books in memory. It is right, but for what a test makes it do.
type fake struct {
	now func() time.Time

	// lie changes what a chance gives: the position of an outcome, or game.Miss.
	lie func(c game.Chance, drawn int) int
	// refuse answers a request with an error, where it gives one.
	refuse func(what string) *game.Error
	// slow is how long each answer takes.
	slow time.Duration
	// pace is what clients are asked to wait.
	pace time.Duration

	mu       sync.Mutex
	keys     *fairness.Keys
	run      *game.Running
	drawers  map[int]*pick.Drawer
	table    *pick.Table
	stock    map[game.OutcomeID]int64 // taken
	players  map[string]*guest        // by secret
	settled  *game.Settlement
	payouts  map[game.PlayerID]int64
	requests map[string]int
}

// guest is a player of the fake.
type guest struct {
	id         pick.Identity
	album      game.Album
	entries    []game.Entry
	redemption *api.Redemption
	used       game.Chance
}

// version is what the fake's campaign runs by: rounds of an hour from a time on, windows of four
// seconds; five cards, of which the last is limited and falls back to the first, a wildcard, and a
// card that is sold out when its three pieces are gone; packets, and vouchers for tea. Each round has six bonus
// chances.
func version(opens time.Time) game.Version {
	card := func(n int, weight int64) game.Outcome {
		return game.Outcome{ID: game.OutcomeID(fmt.Sprintf("card%d", n)), Kind: game.KindCard, Card: n, Weight: weight}
	}
	v := game.Version{
		Odds: game.Odds{Outcomes: []game.Outcome{
			card(1, 3e7), card(2, 3e7), card(3, 3e7), card(4, 3e7), card(5, 2e7),
			{ID: "wild", Kind: game.KindWildcard, Weight: 1e7},
			{ID: "rare", Kind: game.KindCard, Card: 5, Weight: 1e7},
			{ID: "packet", Kind: game.KindCash, Amount: 88, Weight: 1e7},
			{ID: "tea", Kind: game.KindVoucher, Weight: 1e7, Fallback: "card1"},
		}, Miss: 82e7},
		Guarantee: &game.Guarantee{Every: 16, Weights: []int64{5e8, 5e8, 0, 0, 0, 0, 0, 0, 0}},
		Rounds: []game.Round{
			{Number: 1, OpensAt: opens, ClosesAt: opens.Add(time.Hour), WindowSeconds: 4, Chances: 160, TapsPerSecond: 50},
			{Number: 2, OpensAt: opens.Add(2 * time.Hour), ClosesAt: opens.Add(3 * time.Hour), WindowSeconds: 4, Chances: 16},
		},
		Bonus:  &game.Bonus{EachRound: 6, Grants: 2},
		Stocks: []game.Stock{{Outcome: "card5", Total: 12}, {Outcome: "rare", Total: 3}, {Outcome: "packet", Total: 6}, {Outcome: "tea", Total: 4}},
	}
	v.Odds.Outcomes[4].Fallback = "card1"
	return v
}

func newFake(t *testing.T, now func() time.Time) *fake {
	t.Helper()
	f := &fake{
		now: now, pace: 100 * time.Millisecond, drawers: map[int]*pick.Drawer{},
		stock: map[game.OutcomeID]int64{}, players: map[string]*guest{}, payouts: map[game.PlayerID]int64{},
		requests: map[string]int{},
	}
	f.keys = must(fairness.NewKeys([]byte(strings.Repeat("s3cret", 8))))(t)
	id := game.CampaignID("c1")
	v := game.SavedVersion{Version: version(now()), Number: 1, PublishedAt: now().Add(-time.Hour)}
	var err error
	if v.Document, v.Hash, err = fairness.Document(id, v.Version); err != nil {
		t.Fatal(err)
	}
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	f.run = &game.Running{
		Campaign: game.Campaign{
			ID: id, Slug: "spring", State: game.StateOpen, OpensAt: v.Opens(), ClosesAt: v.Closes(),
			Pool: game.Pool{Amount: 100_003, Currency: "CNY", Split: game.SplitEqual},
		},
		Versions:  []*game.SavedVersion{&v},
		SealedKey: must(f.keys.NewCampaignKey(id))(t),
	}
	f.run.Commitments = must(f.keys.Commitments(id, f.run.SealedKey, 2, false))(t)
	for round := 1; round <= 2; round++ {
		f.drawers[round] = pick.New(must(f.keys.Seed(id, f.run.SealedKey, round))(t))
	}
	f.table = pick.NewTable(v.Odds, v.Guarantee)
	return f
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// seeds are those of the campaign, by round.
func (f *fake) seeds(t *testing.T) map[int]string {
	t.Helper()
	seeds := map[int]string{}
	for _, c := range must(f.keys.Commitments(f.run.ID, f.run.SealedKey, 2, true))(t) {
		seeds[c.Round] = c.Seed
	}
	return seeds
}

// document is the public document.
func (f *fake) document() api.Campaign {
	now, v := f.now(), f.run.Latest()
	d := api.Campaign{ID: f.run.ID, Slug: "spring", State: f.run.State, Now: now}
	if r, open := v.RoundAt(now); open && f.run.State == game.StateOpen {
		d.Round = &api.Round{
			Number: r.Number, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt, Window: r.WindowAt(now), WindowOpensAt: r.WindowOpens(r.WindowAt(now)),
			WindowSeconds: r.WindowSeconds, Chances: r.Chances, TapsPerSecond: r.TapsPerSecond, Bonus: v.Bonus,
		}
	}
	if r, ok := v.RoundAfter(now); ok {
		d.NextRound = &api.NextRound{Number: r.Number, OpensAt: r.OpensAt}
	}
	return d
}

func (f *fake) enter(q api.NewPlayer) api.Player {
	g, ok := f.players[q.Secret]
	if !ok {
		g = &guest{id: pick.Identity{Campaign: f.run.ID, Player: game.PlayerID(fmt.Sprintf("p%d", len(f.players)+1))}}
		_, _ = hex.Decode(g.id.ClientSeed[:], []byte(q.ClientSeed))
		g.album = game.Album{Campaign: f.run.ID, Player: g.id.Player}
		f.players[q.Secret] = g
	}
	return api.Player{Player: string(g.id.Player), Token: q.Secret}
}

func (f *fake) me(g *guest) api.Me {
	me := api.Me{
		Player: g.id.Player, ClientSeed: hex.EncodeToString(g.id.ClientSeed[:]),
		Album: wireAlbum(g.album), Redemption: g.redemption,
	}
	if next, ok := f.run.Latest().Next(f.now(), g.used); ok {
		me.Next = wireNext(next)
	}
	if amount, ok := f.payouts[g.id.Player]; ok {
		me.Payout = &api.Payout{Amount: amount, Currency: "CNY", State: game.PayoutPending}
	}
	return me
}

func wireAlbum(a game.Album) api.Album {
	return api.Album{N: a.N, Counts: a.Counts, Wildcards: a.Wildcards}
}

func wireNext(n game.NextChance) *api.Next {
	return &api.Next{Round: n.Chance.Round, Window: n.Chance.Window, Index: n.Chance.Index, NotBefore: n.NotBefore}
}

func (f *fake) entries(g *guest, after int64) api.Entries {
	page := api.Entries{Entries: []api.Entry{}}
	for _, e := range g.entries[min(after, int64(len(g.entries))):] {
		if len(page.Entries) == api.EntriesPage {
			page.More = true
			break
		}
		page.Entries = append(page.Entries, api.Entry{
			N: e.N, Kind: e.Kind, Round: e.Chance.Round, Window: e.Chance.Window, Index: e.Chance.Index, Version: e.Version,
			Outcome: e.Outcome, Raw: e.Raw, Card: e.Card, Serial: e.Serial,
			Amount: e.Amount, Code: e.Code, Counts: e.Counts, Wildcards: e.Wildcards, BookedAt: e.BookedAt,
		})
	}
	return page
}
