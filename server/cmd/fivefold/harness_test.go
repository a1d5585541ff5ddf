package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/testenv"
)

// stores are the places that a server may keep its state in; each end-to-end test runs on all.
var stores = []struct {
	name string
	use  func(t *testing.T, c *config)
}{
	{"embedded", func(*testing.T, *config) {}},
	{"servers", func(t *testing.T, c *config) {
		c.DatabaseURL, c.RedisURL = testenv.Postgres(t), testenv.Redis(t)
	}},
	{"cluster", func(t *testing.T, c *config) {
		c.DatabaseURL = testenv.Postgres(t)
		c.RedisURL = "redis+cluster://" + strings.Join(testenv.RedisCluster(t), ",")
	}},
}

func onAllStores(t *testing.T, test func(t *testing.T, c config)) {
	for _, s := range stores {
		t.Run(s.name, func(t *testing.T) {
			c := testConfig(t)
			s.use(t, &c)
			test(t, c)
		})
	}
}

// testConfig is of a server on the embedded stores.
func testConfig(t *testing.T) config {
	return config{
		DataDir: t.TempDir(), Addr: "127.0.0.1:0", LogLevel: "warn",
		Secret: strings.Repeat("s3cret", 8), PlayersPerMinute: 1000,
		Migrate: true, Dev: true,
		Lead: time.Second, Grace: 2 * time.Second, Drain: 2 * time.Second,
		Poll: 100 * time.Millisecond, Pace: 100 * time.Millisecond,
	}
}

// server is an app that runs.
type server struct {
	*app
	url  string
	stop func()
}

func start(t *testing.T, c config) *server {
	t.Helper()
	a, err := newApp(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return startApp(t, a)
}

// startApp runs an app that is wired.
func startApp(t *testing.T, a *app) *server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	addr, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- a.run(ctx, func(at string) { addr <- at }) }()
	s := &server{app: a}
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the server stopped with %v", err)
		}
		a.close()
	}
	t.Cleanup(s.stop)
	select {
	case at := <-addr:
		s.url = "http://" + at
	case err := <-done:
		t.Fatalf("the server did not start: %v", err)
	}
	return s
}

// newCampaign publishes a campaign whose first window opens in three seconds.
func (s *server) newCampaign(t *testing.T, slug string, v game.Version) {
	t.Helper()
	s.newPool(t, slug, v, game.Pool{Amount: 100_001, Currency: "CNY", Split: game.SplitEqual})
}

// newPool is newCampaign with a pool.
func (s *server) newPool(t *testing.T, slug string, v game.Version, pool game.Pool) {
	t.Helper()
	name := game.Text{"en": slug, "zh": slug}
	c := game.Campaign{Slug: slug, Name: name, TimeZone: "Asia/Shanghai", Pool: pool}
	for i := range game.SetSize {
		c.Cards = append(c.Cards, game.Card{Position: i + 1, Code: "c", Name: name})
	}
	if _, err := s.campaigns.Create(t.Context(), c, v, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.campaigns.Publish(t.Context(), slug, 1, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.watch.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// endRounds closes a campaign, once the leader has noted that it is open.
func (s *server) endRounds(t *testing.T, slug string) {
	t.Helper()
	for range 100 {
		r, err := s.watch.Find(slug)
		if err != nil {
			t.Fatal(err)
		}
		if r.State == game.StateOpen {
			if err := s.leader.Lifecycle.Close(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the campaign did not open within five seconds")
}

// cards is an odds table of the five cards and the wildcard with the same weight each, in percent.
func cards(percent int64) game.Odds {
	o := game.Odds{Miss: game.Scale}
	for i := range game.SetSize {
		o.Outcomes = append(o.Outcomes, game.Outcome{
			ID: game.OutcomeID("card" + string(rune('1'+i))), Kind: game.KindCard, Card: i + 1, Weight: percent * game.Scale / 100,
		})
		o.Miss -= percent * game.Scale / 100
	}
	return o
}

// rounds is one round of many windows of two seconds, with 128 chances and no pace.
func (s *server) rounds(t *testing.T) []game.Round {
	t.Helper()
	now, err := s.book.Now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	opens := now.UTC().Truncate(time.Millisecond).Add(s.Lead + 2*time.Second)
	return []game.Round{{Number: 1, OpensAt: opens, ClosesAt: opens.Add(10 * time.Minute), WindowSeconds: 2, Chances: 128}}
}

// player plays over HTTP.
type playing struct {
	t      *testing.T
	s      *server
	slug   string
	id     game.PlayerID
	seed   string
	secret string
	token  string
}

func (s *server) enter(t *testing.T, slug, digit string) *playing {
	t.Helper()
	p := &playing{t: t, s: s, slug: slug, seed: strings.Repeat("a"+digit, 32), secret: strings.Repeat("b"+digit, 32)}
	var reply api.Player
	if status := p.do(http.MethodPost, api.PlayersPath(), api.NewPlayer{ClientSeed: p.seed, Secret: p.secret, Locale: "zh"}, &reply); status >= 300 {
		t.Fatalf("entering answered %d", status)
	}
	p.id, p.token = game.PlayerID(reply.Player), reply.Token
	return p
}

// do sends a request and decodes the answer; headers are name, value, name, value.
func (p *playing) do(method, path string, body, reply any, headers ...string) int {
	p.t.Helper()
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			p.t.Fatal(err)
		}
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.s.url+path, &sent)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(reply); err != nil {
		p.t.Fatalf("%s %s answered %d with no JSON: %v", method, path, answer.StatusCode, err)
	}
	return answer.StatusCode
}

func (p *playing) me(n int64) api.Me {
	p.t.Helper()
	var me api.Me
	if status := p.do(http.MethodGet, api.MePath(p.slug)+"?n="+jsonNumber(n), nil, &me); status != http.StatusOK {
		p.t.Fatalf("me answered %d", status)
	}
	return me
}

func jsonNumber(n int64) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// open waits for a window to be open and gives it.
func (p *playing) open() api.Next {
	p.t.Helper()
	for range 100 {
		if me := p.me(0); me.Next != nil && !me.Next.NotBefore.After(p.s.watch.Now()) {
			return *me.Next
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatal("no window opened within five seconds")
	return api.Next{}
}

func (p *playing) draw(c game.Chance, taps int) (api.Drawn, int) {
	p.t.Helper()
	var drawn api.Drawn
	status := p.do(http.MethodPost, api.DrawsPath(p.slug), api.Draw{Round: c.Round, Window: c.Window, Index: c.Index, Taps: taps}, &drawn)
	return drawn, status
}

// collect draws until every card is there, and gives the receipts.
func (p *playing) collect() []string {
	p.t.Helper()
	var receipts []string
	for range 200 {
		next := p.open()
		drawn, status := p.draw(game.Chance{Round: next.Round, Window: next.Window, Index: next.Index}, 16)
		if status != http.StatusOK {
			p.t.Fatalf("drawing answered %d", status)
		}
		for _, o := range drawn.Outcomes {
			receipts = append(receipts, o.Receipt)
		}
		if drawn.Album != nil && complete(*drawn.Album) {
			return receipts
		}
	}
	p.t.Fatal("no set after 200 requests")
	return nil
}

func complete(a api.Album) bool {
	for _, n := range a.Counts {
		if n == 0 {
			return false
		}
	}
	return true
}

func (p *playing) redeem(key string) (api.Redeemed, int) {
	p.t.Helper()
	var redeemed api.Redeemed
	status := p.do(http.MethodPost, api.RedemptionPath(p.slug), api.Redeem{}, &redeemed, api.HeaderIdempotencyKey, key)
	return redeemed, status
}

// oneWindow is one round of a single window of ten minutes, with as many chances as there may be and no pace.
func (s *server) oneWindow(t *testing.T) []game.Round {
	t.Helper()
	r := s.rounds(t)
	r[0].WindowSeconds, r[0].Chances = 600, game.MaxChances
	return r
}

// awaitOpen waits until a server knows that a campaign is open.
func awaitOpen(t *testing.T, slug string, servers ...string) {
	t.Helper()
	for _, url := range servers {
		eventually(t, 15*time.Second, slug+" is open at "+url, func() bool {
			answer, body, err := ask(t.Context(), patient, http.MethodGet, url+api.CampaignPath(slug), "", nil)
			var c api.Campaign
			return err == nil && answer.StatusCode == http.StatusOK && json.Unmarshal(body, &c) == nil && c.Round != nil
		})
	}
}
