package rest_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/overload"
	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/redeem"
	"github.com/fivefold/fivefold/server/rest"
)

const (
	lead  = time.Minute
	grace = 30 * time.Second
)

// start is when the first round opens.
var start = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

func at(d time.Duration) time.Time { return start.Add(d) }

// world is a server with the real use cases over a book and a Redis in memory. The test moves its
// clock and its campaign.
type world struct {
	load  load
	t     testing.TB
	now   time.Time
	run   *game.Running
	book  *memory
	redis *redis
	keys  *fairness.Keys
	rest  *rest.Server
	echo  *echo.Echo
	log   *log
	token string
	me    game.PlayerID
}

// newWorld opens a campaign and lets a player in, at ten seconds past its opening.
func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: at(10 * time.Second), redis: newRedis(), log: &log{}}
	var err error
	if w.keys, err = fairness.NewKeys(bytes.Repeat([]byte{1}, 32)); err != nil {
		t.Fatal(err)
	}
	w.run = w.campaign()
	w.book = newMemory(w.run, w.Now)
	quiet := slog.New(slog.NewTextHandler(w.log, nil))
	albums := album.New(w.book, w.redis, quiet)
	marks := draw.NewMarks(w.redis, quiet)
	tokens := player.NewTokens([]byte("a token's key of 32 bytes, 01234"), time.Hour, w.Now)
	w.rest = &rest.Server{
		Campaigns: w,
		Players:   &player.Service{Book: w.book, Tokens: tokens, Hosts: w.hosts()},
		Draws: draw.New(draw.Config{Load: &w.load, Lead: lead, Grace: grace, Pace: time.Second},
			w, albums, w.book, w.keys, marks, []byte("a ticket's key of 32 bytes, 0123")),
		Pending: marks, Albums: albums,
		Redeem: &redeem.Service{Campaigns: w, Book: w.book, Live: w.redis, Albums: albums},
		Reader: w.book, Marks: w.redis, Receipts: w.keys, Limits: w.redis,
		Lead: lead, Grace: grace, Pace: time.Second, PlayersPerMinute: 7, Load: &w.load,
		Counts:   &rest.Counts{Campaigns: w, Tally: w.redis, Log: quiet},
		Registry: prometheus.NewRegistry(), Log: quiet,
	}
	w.echo = echo.New()
	w.echo.Logger.SetOutput(w.log)
	w.rest.Register(w.echo)
	w.me, w.token = w.enter("5e")
	w.redis.asked = map[string]int{}
	return w
}

var hostKey = []byte("a host's key of 32 bytes, 012345")

func (w *world) hosts() *player.Hosts {
	return player.NewHosts([]player.HostKey{{Issuer: "app", ID: "1", Algorithm: "HS256", Key: hostKey}}, "fivefold", w.Now)
}

// identity is what a host app signs of a subject.
func (w *world) identity(subject string) string {
	encode := base64.RawURLEncoding.EncodeToString
	claims := fmt.Sprintf(`{"iss":"app","sub":%q,"aud":"fivefold","exp":%d}`, subject, w.now.Add(time.Minute).Unix())
	text := encode([]byte(`{"alg":"HS256","kid":"1"}`)) + "." + encode([]byte(claims))
	mac := hmac.New(sha256.New, hostKey)
	mac.Write([]byte(text))
	return text + "." + encode(mac.Sum(nil))
}

// campaign is open, of one round of three windows of a minute with 120 chances, two a second, each
// of which gives card 1 or 2; card 5 is limited.
func (w *world) campaign() *game.Running {
	v := game.Version{
		Odds: game.Odds{Outcomes: []game.Outcome{
			{ID: "one", Kind: game.KindCard, Card: 1, Weight: game.Scale / 2},
			{ID: "two", Kind: game.KindCard, Card: 2, Weight: game.Scale / 2},
			{ID: "five", Kind: game.KindCard, Card: 5, Weight: 0, Fallback: "one"},
		}},
		Rounds: []game.Round{{
			Number: 1, OpensAt: start, ClosesAt: at(3 * time.Minute), WindowSeconds: 60, Chances: 120, TapsPerSecond: 2,
		}},
		Stocks: []game.Stock{{Outcome: "five", Total: 10, Releases: []game.Release{
			{At: start, Released: 4}, {At: at(time.Minute), Released: 10},
		}}},
	}
	if err := v.Check(); err != nil {
		w.t.Fatal(err)
	}
	key, err := w.keys.NewCampaignKey("c1")
	if err != nil {
		w.t.Fatal(err)
	}
	commitments, err := w.keys.Commitments("c1", key, 1, false)
	if err != nil {
		w.t.Fatal(err)
	}
	document, hash, err := fairness.Document("c1", v)
	if err != nil {
		w.t.Fatal(err)
	}
	run := &game.Running{
		Campaign: game.Campaign{
			ID: "c1", Slug: "spring", State: game.StateOpen, TimeZone: "Asia/Shanghai",
			Name: game.Text{"en": "Spring", "zh": "春节"}, Rules: game.Text{"en": "Shake.", "zh": "摇一摇。"},
			Pool:    game.Pool{Amount: 1001, Currency: "CNY", Split: game.SplitEqual},
			OpensAt: v.Opens(), ClosesAt: v.Closes(),
		},
		Versions:    []*game.SavedVersion{{Version: v, Number: 1, Document: document, Hash: hash, PublishedAt: at(-time.Hour)}},
		Commitments: commitments, SealedKey: key, Completed: 41,
		Taken: map[game.OutcomeID]int64{"five": 3},
	}
	for i := range game.SetSize {
		run.Cards = append(run.Cards, game.Card{Position: i + 1, Code: "card", Name: game.Text{"en": "Card", "zh": "卡"}})
	}
	return run
}

func (w *world) Find(slug string) (*game.Running, error) {
	if slug != w.run.Slug {
		return nil, game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
	}
	return w.run, nil
}

func (w *world) All() []*game.Running { return []*game.Running{w.run} }
func (w *world) Now() time.Time       { return w.now }
func (w *world) At() time.Time        { return w.now }

// load is how the server bears it: well, or so badly that all is spared that may be.
type load struct{ heavy bool }

func (l *load) Pace(base time.Duration) time.Duration {
	if l.heavy {
		return 3 * base
	}
	return base
}

func (l *load) SpareDraw() bool { return l.heavy }

func (l *load) Admit(kind overload.Kind, base time.Duration) error {
	if l.heavy && kind == overload.Read {
		return &game.Error{Code: game.CodeOverloaded, RetryAfter: l.Pace(base)}
	}
	return nil
}

// log is what the server writes down.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// request is what a test sends; the zero value of most of it is what a good client sends.
type request struct {
	method  string
	path    string // after the prefix
	body    string
	token   string // "": the player's; "none": no header
	key     string // Idempotency-Key
	lang    string
	chunked bool // the length is not told
}

func (w *world) send(q request) *httptest.ResponseRecorder {
	w.t.Helper()
	var body io.Reader = strings.NewReader(q.body)
	if q.chunked {
		body = io.MultiReader(body)
	}
	r := httptest.NewRequestWithContext(w.t.Context(), q.method, api.Prefix+q.path, body)
	if q.token == "" {
		q.token = "Bearer " + w.token
	}
	if q.token != "none" {
		r.Header.Set("Authorization", q.token)
	}
	if q.key != "" {
		r.Header.Set(api.HeaderIdempotencyKey, q.key)
	}
	if q.lang != "" {
		r.Header.Set("Accept-Language", q.lang)
	}
	if q.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	w.echo.ServeHTTP(answer, r)
	file().CheckAnswer(w.t, q.method, q.path, answer.Code, answer.Header(), answer.Body.Bytes())
	return answer
}

// ask sends a request that must succeed, and decodes its answer.
func ask[T any](w *world, status int, q request) T {
	w.t.Helper()
	if q.method == "" {
		q.method = http.MethodGet
	}
	answer := w.send(q)
	var reply T
	if answer.Code != status {
		w.t.Fatalf("%s %s: %d %s, want %d", q.method, q.path, answer.Code, answer.Body, status)
	}
	if got := answer.Header().Get("Content-Type"); got != "application/json" {
		w.t.Errorf("%s %s: Content-Type %q", q.method, q.path, got)
	}
	d := json.NewDecoder(answer.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&reply); err != nil {
		w.t.Fatalf("%s %s: %v", q.method, q.path, err)
	}
	return reply
}

// enter makes a player of a secret.
func (w *world) enter(secret string) (game.PlayerID, string) {
	w.t.Helper()
	p := ask[api.Player](w, http.StatusCreated, request{
		method: http.MethodPost, path: "/players", token: "none",
		body: `{"client_seed":"` + strings.Repeat("a1", 32) + `","secret":"` + strings.Repeat(secret, 32) + `","locale":"en"}`,
	})
	return game.PlayerID(p.Player), p.Token
}

// seal ends the campaign and makes its seeds public.
func (w *world) seal(state game.State) {
	w.t.Helper()
	closed := at(3 * time.Minute)
	revealed, err := w.keys.Commitments(w.run.ID, w.run.SealedKey, 1, true)
	if err != nil {
		w.t.Fatal(err)
	}
	w.run.State, w.run.ClosedAt, w.run.SealedAt, w.run.Commitments = state, &closed, &closed, revealed
}
