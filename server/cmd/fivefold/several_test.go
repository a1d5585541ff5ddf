package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/testenv"
)

// clusterConfig is of a server on a real PostgreSQL and a real Redis Cluster.
func clusterConfig(t *testing.T) config {
	c := testConfig(t)
	c.DatabaseURL = testenv.Postgres(t)
	c.RedisURL = "redis+cluster://" + strings.Join(testenv.RedisCluster(t), ",")
	return c
}

// startSeveral starts servers of one book and one Redis.
func startSeveral(t *testing.T, c config, n int) (servers []*server, urls []string) {
	t.Helper()
	for range n {
		s := start(t, c)
		servers, urls = append(servers, s), append(urls, s.url)
	}
	return servers, urls
}

// Whichever server a request goes to, the player is in one game: the album is never older than it
// was, a chance has one answer, and a receipt is the same to the letter.
func TestAnyRequestToAnyServer(t *testing.T) {
	c := clusterConfig(t)
	servers, urls := startSeveral(t, c, 3)
	office := servers[0]
	office.newCampaign(t, "spring", game.Version{Odds: cards(10), Rounds: office.oneWindow(t)})
	awaitOpen(t, "spring", urls...)
	play, ctx := errgroup.WithContext(t.Context())
	for range 6 {
		g := enter(t, "spring", office.keys.ReceiptKey(), urls...)
		play.Go(func() error {
			if err := g.roam(ctx, 40); err != nil {
				return err
			}
			return g.compare(ctx)
		})
	}
	if err := play.Wait(); err != nil {
		t.Error(err)
	}
	booktest.Check(t, c.DatabaseURL, c.Grace)
}

// roam draws, each time from another server, and looks at what the next one says of it.
func (g *guest) roam(ctx context.Context, requests int) error {
	for range requests {
		if _, err := g.spend(ctx, g.next, 4); err != nil {
			return err
		}
		g.next += 4
		me, err := g.look(ctx)
		if err != nil {
			return err
		}
		if me.Next == nil || me.Next.Index > g.next {
			return fmt.Errorf("after %d chances me says next is %+v", g.next-1, me.Next)
		}
	}
	return nil
}

// compare asks all servers for all that was drawn, redeems at one and asks the others for it.
func (g *guest) compare(ctx context.Context) error {
	for index := 1; index < g.next; index += 32 {
		if err := g.sameEverywhere(ctx, index, 32); err != nil {
			return err
		}
	}
	var pages []api.Entries
	for range g.servers {
		var page api.Entries
		if _, err := g.insist(ctx, http.MethodGet, api.EntriesPath(g.slug), nil, &page); err != nil {
			return err
		}
		pages = append(pages, page)
	}
	if diff := cmp.Diff(pages[0], pages[1]) + cmp.Diff(pages[1], pages[2]); diff != "" || len(pages[0].Entries) != len(g.won) {
		return fmt.Errorf("%d entries for %d wins, and pages that differ:\n%s", len(pages[0].Entries), len(g.won), diff)
	}
	first, err := g.redeem(ctx)
	if err != nil {
		return err
	}
	for range g.servers {
		again, err := g.redeem(ctx)
		if err != nil || again.Redemption != first.Redemption {
			return fmt.Errorf("redeemed as %+v, and repeated as %+v: %w", first.Redemption, again.Redemption, err)
		}
		me, err := g.look(ctx)
		if err != nil || me.Redemption == nil || me.Album != first.Album {
			return fmt.Errorf("after redeeming to %+v me is %+v: %w", first.Album, me, err)
		}
	}
	return nil
}

func (g *guest) sameEverywhere(ctx context.Context, index, taps int) error {
	first, err := g.spend(ctx, index, taps)
	for range len(g.servers) - 1 {
		if err != nil {
			return err
		}
		var again api.Drawn
		again, err = g.spend(ctx, index, taps)
		if diff := cmp.Diff(first.Outcomes, again.Outcomes); err == nil && diff != "" {
			return fmt.Errorf("the same chances answered otherwise:\n%s", diff)
		}
	}
	return err
}

// gate holds snapshots back.
type gate struct {
	shut atomic.Bool
	book interface {
		Snapshot(ctx context.Context) (*game.Snapshot, error)
	}
}

func (g *gate) Snapshot(ctx context.Context) (*game.Snapshot, error) {
	if g.shut.Load() {
		return nil, errors.New("held back by the test")
	}
	return g.book.Snapshot(ctx)
}

// A version that is published through one server governs the draws of all from the same window on.
// One that has not heard of it refuses those draws, with a ticket that any server takes later,
// rather than decide them by the version before.
func TestVersionGovernsOnAllServers(t *testing.T) {
	c := clusterConfig(t)
	c.Grace, c.Drain = 3*time.Second, 3*time.Second
	servers, urls := startSeveral(t, c, 2)
	late, err := newApp(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	held := &gate{book: late.book}
	late.watch.Snapshots = held
	urls = append(urls, startApp(t, late).url)
	office := servers[0]
	v := game.Version{Odds: cards(0), Rounds: office.rounds(t)}
	v.Rounds[0].WindowSeconds = 3
	office.newCampaign(t, "spring", v)
	awaitOpen(t, "spring", urls...)
	guests := make([]*guest, len(urls))
	for i, url := range urls {
		guests[i] = enter(t, "spring", office.keys.ReceiptKey(), url)
	}

	held.shut.Store(true)
	effective := office.publishCertain(t, v)
	window := v.Rounds[0].WindowAt(effective)
	for _, g := range guests[:2] {
		if drawn := g.mustDraw(t, window-1); len(drawn.Outcomes) != 0 {
			t.Errorf("the new version decided a draw of the window before: %+v", drawn.Outcomes)
		}
	}
	time.Sleep(time.Until(effective) + 100*time.Millisecond)
	for _, g := range guests[:2] {
		onlyThirds(t, g.mustDraw(t, window))
	}
	var drawn api.Drawn
	var refused *refusal
	draw := api.Draw{Round: 1, Window: window, Index: 1, Taps: 16}
	_, err = guests[2].once(t.Context(), http.MethodPost, api.DrawsPath("spring"), draw, &drawn)
	if !errors.As(err, &refused) || refused.Code != game.CodeUnavailable || refused.Ticket == "" || refused.after == "" {
		t.Fatalf("without the version a draw answered %+v, %v; want a 503 with a ticket and when to come again", drawn, err)
	}
	held.shut.Store(false)
	draw.Ticket = refused.Ticket
	time.Sleep(time.Until(effective) + 3*time.Second + c.Grace) // past the window and its grace
	for _, url := range urls {
		if _, err := guests[2].at(t.Context(), url, http.MethodPost, api.DrawsPath("spring"), draw, &drawn); err != nil {
			t.Fatalf("the ticket at %s: %v", url, err)
		}
		onlyThirds(t, drawn)
	}
	booktest.Check(t, c.DatabaseURL, c.Grace)
}

// publishCertain publishes a version in which every chance is card 3, and gives when it begins.
func (s *server) publishCertain(t *testing.T, v game.Version) time.Time {
	t.Helper()
	v.Odds = cards(0)
	v.Odds.Outcomes[2].Weight, v.Odds.Miss = game.Scale, 0
	if _, err := s.campaigns.SaveVersion(t.Context(), "spring", v, "certain", 1, ""); err != nil {
		t.Fatal(err)
	}
	_, effective, err := s.campaigns.Publish(t.Context(), "spring", 2, "")
	if err != nil {
		t.Fatal(err)
	}
	return effective
}

func (g *guest) mustDraw(t *testing.T, window int) api.Drawn {
	t.Helper()
	var drawn api.Drawn
	q := api.Draw{Round: 1, Window: window, Index: 1, Taps: 16}
	if _, err := g.once(t.Context(), http.MethodPost, api.DrawsPath(g.slug), q, &drawn); err != nil {
		t.Fatal(err)
	}
	if drawn.Counted != 16 {
		t.Errorf("of window %d were counted %d chances, want 16: %s", window, drawn.Counted, drawn.Code)
	}
	return drawn
}

func onlyThirds(t *testing.T, drawn api.Drawn) {
	t.Helper()
	if len(drawn.Outcomes) != 16 {
		t.Errorf("%d outcomes, want 16", len(drawn.Outcomes))
	}
	for _, o := range drawn.Outcomes {
		if o.Card != 3 {
			t.Errorf("chance %d gave card %d, want 3", o.Index, o.Card)
		}
	}
}

const pieces = 1000

// scarce is odds of two limited cards, of which one has a fallback, and their stocks.
func scarce() (game.Odds, []game.Stock) {
	odds := cards(0)
	odds.Outcomes[3].Weight, odds.Outcomes[4].Weight, odds.Miss = game.Scale*4/10, game.Scale*4/10, game.Scale*2/10
	odds.Outcomes[3].Fallback = odds.Outcomes[0].ID
	return odds, []game.Stock{
		{Outcome: odds.Outcomes[3].ID, Total: pieces}, {Outcome: odds.Outcomes[4].ID, Total: pieces},
	}
}

// Sixteen writers at three servers want more of two limited cards than there are, and now and then
// ask twice at once: each card is given out to the last piece and no further.
func TestScarceStockOfSeveralServers(t *testing.T) {
	c := clusterConfig(t)
	servers, urls := startSeveral(t, c, 3)
	office := servers[0]
	odds, stocks := scarce()
	office.newCampaign(t, "spring", game.Version{Odds: odds, Stocks: stocks, Rounds: office.oneWindow(t)})
	awaitOpen(t, "spring", urls...)
	var all sync.Mutex
	var booked []game.Entry
	writers, ctx := errgroup.WithContext(t.Context())
	for range 16 {
		g := enter(t, "spring", office.keys.ReceiptKey(), urls...)
		twin := *g // the same player's other device
		writers.Go(func() error {
			if err := write(ctx, g, &twin); err != nil {
				return err
			}
			all.Lock()
			defer all.Unlock()
			for _, e := range g.won {
				booked = append(booked, e)
			}
			return nil
		})
	}
	if err := writers.Wait(); err != nil {
		t.Fatal(err)
	}
	checkScarce(t, odds, booked)
	booktest.CheckKept(t, c.DatabaseURL, booked)
	booktest.Check(t, c.DatabaseURL, c.Grace)
}

// write draws 256 chances; every third request goes to two servers at once.
func write(ctx context.Context, g, twin *guest) error {
	twin.won = map[int]game.Entry{}
	for request := range 16 {
		index := 1 + 16*request
		twin.turn = g.turn + 1
		both, ctx := errgroup.WithContext(ctx)
		both.Go(func() error {
			_, err := g.spend(ctx, index, 16)
			return err
		})
		if request%3 == 0 {
			both.Go(func() error {
				_, err := twin.spend(ctx, index, 16)
				return err
			})
		}
		if err := both.Wait(); err != nil {
			return err
		}
	}
	for index, e := range twin.won {
		if g.won[index] != e {
			return fmt.Errorf("chance %d was answered as %+v and as %+v", index, g.won[index], e)
		}
	}
	return nil
}

// checkScarce wants each limited card given out to the last piece, each piece once, and what was
// drawn beyond that to be the fallback or sold out.
func checkScarce(t *testing.T, odds game.Odds, booked []game.Entry) {
	t.Helper()
	serials, beyond := map[game.OutcomeID][]int64{}, map[game.OutcomeID]int{}
	for _, e := range booked {
		if e.Raw == "" {
			serials[e.Outcome] = append(serials[e.Outcome], e.Serial)
			continue
		}
		beyond[e.Raw]++
		drawn, _ := odds.Find(e.Raw)
		if e.Outcome != drawn.Fallback || e.Serial != 0 || (e.Kind == game.EntrySoldOut) != (drawn.Fallback == "") {
			t.Errorf("beyond the last piece was given %+v", e)
		}
	}
	for _, id := range []game.OutcomeID{odds.Outcomes[3].ID, odds.Outcomes[4].ID} {
		slices.Sort(serials[id])
		if n := len(slices.Compact(slices.Clone(serials[id]))); n != len(serials[id]) || n != pieces {
			t.Errorf("%s: %d pieces were given out, %d of them distinct; want %d", id, len(serials[id]), n, pieces)
		} else if serials[id][0] != 1 || serials[id][n-1] != pieces {
			t.Errorf("%s: serials %d to %d", id, serials[id][0], serials[id][n-1])
		}
		if beyond[id] == 0 {
			t.Errorf("%s: nobody came too late, so that the test says nothing", id)
		}
	}
}
