package backend_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
)

// answer is what the server of a test says to one request; status 0: nothing comes back.
type answer struct {
	status int
	body   any
	after  time.Duration
}

// play is a client against a scripted server, with what it sent, waited and told.
type play struct {
	*backend.Client
	sent     []backend.Request
	waited   []time.Duration
	troubles []backend.Trouble
	served   []time.Time
	age      time.Duration
	script   []answer
	vault    vault
}

type vault map[string]string

func (v vault) Get(key string) string { return v[key] }
func (v vault) Set(key, value string) { v[key] = value }
func problem(code game.Code) api.Problem {
	return api.Problem{Code: code, Detail: "said " + string(code)}
}

func newPlay(t *testing.T, script ...answer) *play {
	p := &play{script: script, vault: vault{}}
	random := byte(0)
	p.Client = &backend.Client{
		Fetch: func(_ context.Context, r backend.Request) (backend.Response, error) {
			p.sent = append(p.sent, r)
			if len(p.script) == 0 {
				t.Fatalf("unexpected %s %s", r.Method, r.Path)
			}
			a := p.script[0]
			p.script = p.script[1:]
			if a.status == 0 {
				return backend.Response{}, backend.ErrOffline
			}
			body, err := json.Marshal(a.body)
			if err != nil {
				t.Fatal(err)
			}
			if raw, ok := a.body.(string); ok {
				body = []byte(raw)
			}
			return backend.Response{Status: a.status, RetryAfter: a.after, Body: body, Age: p.age}, nil
		},
		Vault: p.vault,
		Random: func(b []byte) {
			for i := range b {
				random++
				b[i] = random
			}
		},
		Sleep:   func(_ context.Context, d time.Duration) error { p.waited = append(p.waited, d); return nil },
		Jitter:  func() float64 { return 0.5 },
		Lang:    func() string { return "zh" },
		Trouble: func(tr backend.Trouble) { p.troubles = append(p.troubles, tr) },
		Served:  func(now time.Time, _ time.Duration) { p.served = append(p.served, now) },
	}
	return p
}

var made = answer{status: 201, body: api.Player{Player: "p1", Token: "t1"}}

func (p *play) paths() (paths []string) {
	for _, r := range p.sent {
		paths = append(paths, r.Method+" "+strings.TrimPrefix(r.Path, api.Prefix))
	}
	return paths
}

func (p *play) draw(t *testing.T, i int) (d api.Draw) {
	t.Helper()
	if err := json.Unmarshal(p.sent[i].Body, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFirstVisitMakesThePlayer(t *testing.T) {
	p := newPlay(t, made, answer{status: 200, body: api.Me{Album: api.Album{N: 7}}})
	me, err := p.Me(t.Context(), "fu-2026", 3)
	if err != nil || me.Album.N != 7 {
		t.Fatalf("got %+v, %v", me, err)
	}
	want := []string{"POST /players", "GET /campaigns/fu-2026/me?n=3"}
	if diff := cmp.Diff(want, p.paths()); diff != "" {
		t.Error(diff)
	}
	var asked api.NewPlayer
	if err := json.Unmarshal(p.sent[0].Body, &asked); err != nil {
		t.Fatal(err)
	}
	if len(asked.ClientSeed) != 64 || len(asked.Secret) != 64 || asked.ClientSeed == asked.Secret || asked.Locale != "zh" {
		t.Errorf("asked for %+v", asked)
	}
	if h := p.sent[1].Header; h["Authorization"] != "Bearer t1" || h["Accept-Language"] != "zh" {
		t.Errorf("headers %v", h)
	}

	// The next visit knows the player.
	again := newPlay(t, answer{status: 200, body: api.Me{}})
	again.Vault = p.vault
	if _, err := again.Me(t.Context(), "fu-2026", 0); err != nil {
		t.Fatal(err)
	}
}

func TestTokenNoLongerTakenIsRenewedWithTheSameSecret(t *testing.T) {
	renewed := answer{status: 200, body: api.Player{Player: "p1", Token: "t2"}}
	p := newPlay(t, made, answer{status: 401, body: problem(game.CodeTokenExpired)}, renewed, answer{status: 200, body: api.Me{}})
	if _, err := p.Me(t.Context(), "s", 0); err != nil {
		t.Fatal(err)
	}
	if string(p.sent[0].Body) != string(p.sent[2].Body) {
		t.Errorf("asked for %s, then for %s", p.sent[0].Body, p.sent[2].Body)
	}
	if got := p.sent[3].Header["Authorization"]; got != "Bearer t2" {
		t.Errorf("went on as %q", got)
	}
}

func TestTokenRefusedTwiceIsAnError(t *testing.T) {
	no := answer{status: 401, body: problem(game.CodeUnauthorized)}
	p := newPlay(t, made, no, made, no)
	if _, err := p.Me(t.Context(), "s", 0); backend.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("got %v, want unauthorized", err)
	}
}

func TestLostDrawIsSentAgainAsItWas(t *testing.T) {
	p := newPlay(t, made, answer{}, answer{status: 200, body: "{cut"}, answer{status: 502, body: "<html>"},
		answer{status: 200, body: api.Drawn{Counted: 5}})
	s := game.Span{Chance: game.Chance{Round: 1, Window: 2, Index: 9}, Taps: 5}
	d, err := p.Draw(t.Context(), "s", s)
	if err != nil || d.Counted != 5 {
		t.Fatalf("got %+v, %v", d, err)
	}
	for i := 1; i < 5; i++ {
		if diff := cmp.Diff(api.Draw{Round: 1, Window: 2, Index: 9, Taps: 5}, p.draw(t, i)); diff != "" {
			t.Errorf("attempt %d: %s", i, diff)
		}
	}
	if diff := cmp.Diff([]backend.Trouble{backend.Offline, backend.Busy, backend.NoTrouble}, p.troubles); diff != "" {
		t.Error(diff)
	}
	if p.waited[0] >= p.waited[2] {
		t.Errorf("waited %v, want longer each time", p.waited)
	}
}

func TestTicketGoesBackWithTheSameDraw(t *testing.T) {
	busy := problem(game.CodeUnavailable)
	busy.Ticket, busy.RetryAfterMS = "tick", 2000
	p := newPlay(t, made, answer{status: 503, body: busy, after: time.Second}, answer{status: 200, body: api.Drawn{Counted: 2}})
	s := game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: 1}, Taps: 2}
	if _, err := p.Draw(t.Context(), "s", s); err != nil {
		t.Fatal(err)
	}
	if got := p.draw(t, 2).Ticket; got != "tick" {
		t.Errorf("sent again with ticket %q", got)
	}
	if p.waited[0] < 2*time.Second || p.waited[0] > 3*time.Second {
		t.Errorf("waited %v, want what the server asked and a little", p.waited[0])
	}
	if _, held := p.Undecided("s"); held {
		t.Error("the ticket is still held after the answer")
	}
}

func TestTicketOutlivesThePage(t *testing.T) {
	busy := problem(game.CodeUnavailable)
	busy.Ticket = "tick"
	p := newPlay(t, made, answer{status: 503, body: busy})
	closed := errors.New("page closed")
	p.Sleep = func(context.Context, time.Duration) error { return closed }
	s := game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: 4}, Taps: 3}
	if _, err := p.Draw(t.Context(), "s", s); !errors.Is(err, closed) {
		t.Fatalf("got %v", err)
	}
	again := newPlay(t, answer{status: 200, body: api.Drawn{Counted: 3}})
	again.Vault = p.vault
	held, ok := again.Undecided("s")
	if !ok || held != s {
		t.Fatalf("held %+v, %v", held, ok)
	}
	if _, err := again.Draw(t.Context(), "s", held); err != nil {
		t.Fatal(err)
	}
	if got := again.draw(t, 0).Ticket; got != "tick" {
		t.Errorf("sent with ticket %q", got)
	}
}

func TestRefusalForGoodIsNotRepeated(t *testing.T) {
	p := newPlay(t, made, answer{status: 409, body: problem(game.CodeCampaignClosed)})
	_, err := p.Draw(t.Context(), "s", game.Span{Taps: 1})
	if backend.CodeOf(err) != game.CodeCampaignClosed {
		t.Errorf("got %v", err)
	}
	var refused *backend.Refusal
	if !errors.As(err, &refused) || refused.Sentence() != "said campaign_closed" {
		t.Errorf("the server's sentence is lost: %v", err)
	}
}

func TestRedemptionKeepsItsKeyUntilAnswered(t *testing.T) {
	done := answer{status: 201, body: api.Redeemed{Completed: 3}}
	p := newPlay(t, made, answer{}, answer{status: 503, body: problem(game.CodeBusy)}, done, done, done)
	redeem := func(w game.Substitution) string {
		t.Helper()
		if _, fresh, err := p.Redeem(t.Context(), "s", w); err != nil || !fresh {
			t.Fatalf("fresh %v, %v", fresh, err)
		}
		return p.sent[len(p.sent)-1].Header[api.HeaderIdempotencyKey]
	}
	key := redeem(nil)
	for _, r := range p.sent[1:] {
		if r.Header[api.HeaderIdempotencyKey] != key || key == "" {
			t.Errorf("key %q, want %q each time", r.Header[api.HeaderIdempotencyKey], key)
		}
	}
	if other := redeem(nil); other == key {
		t.Error("another redemption has the same key")
	}
	if wild := redeem(game.Substitution{5: 1}); !strings.HasPrefix(wild, "redeem-5.") {
		t.Errorf("key %q does not belong to its body", wild)
	}
}

func TestRepeatedRedemptionIsNotFresh(t *testing.T) {
	p := newPlay(t, made, answer{status: 200, body: api.Redeemed{}})
	if _, fresh, err := p.Redeem(t.Context(), "s", nil); fresh || err != nil {
		t.Errorf("fresh %v, %v", fresh, err)
	}
}

func TestPublicDocumentIsAskedOnce(t *testing.T) {
	now := time.Date(2026, 1, 28, 12, 0, 0, 0, time.UTC)
	p := newPlay(t, answer{}, answer{status: 200, body: api.Campaign{Now: now}})
	p.age = 2 * time.Second // the page had asked for it ahead of time
	if _, err := p.Campaign(t.Context(), "s"); !errors.Is(err, backend.ErrOffline) {
		t.Errorf("got %v", err)
	}
	if _, err := p.Campaign(t.Context(), "a/b"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Time{now.Add(2 * time.Second)}, p.served); diff != "" {
		t.Error(diff)
	}
	if got := p.sent[1].Path; !strings.HasSuffix(got, "/a%2Fb") {
		t.Errorf("asked for %s", got)
	}
	for _, slug := range []string{"fu-2026", "a b?c#d%", "福", "~._-Zz09", "\xff"} {
		p := newPlay(t, answer{})
		_, _ = p.Campaign(t.Context(), slug)
		segment := strings.TrimPrefix(p.sent[0].Path, api.CampaignsPath()+"/")
		if got, err := url.PathUnescape(segment); err != nil || got != slug || strings.ContainsAny(segment, "/?#") {
			t.Errorf("%q is asked for as %q", slug, segment)
		}
	}
}

// A host's player leaves nothing on the device by which the next to hold it would be them.
func TestIdentityOfAHost(t *testing.T) {
	entered := answer{status: 200, body: api.Player{Player: "p9", Token: "t9"}}
	busy := answer{status: 503, body: api.Problem{Code: game.CodeUnavailable, Ticket: "kept"}}
	p := newPlay(t, entered, busy, answer{status: 401, body: problem(game.CodeTokenExpired)}, entered, answer{status: 200, body: api.Drawn{Counted: 1}},
		answer{status: 200, body: api.Me{}})
	p.vault["fivefold.token"] = "the device's own"
	given := 0
	p.Identity = func(context.Context) (string, error) {
		given++
		return "signed", nil
	}
	held := ""
	p.Sleep = func(context.Context, time.Duration) error { held = p.vault["fivefold.ticket.p9.s"]; return nil }
	if _, err := p.Draw(t.Context(), "s", game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: 1}, Taps: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Me(t.Context(), "s", 0); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 3} {
		var asked api.NewPlayer
		if err := json.Unmarshal(p.sent[i].Body, &asked); err != nil || asked.Identity != "signed" || asked.Secret != "" || len(asked.ClientSeed) != 64 {
			t.Errorf("asked for %+v, %v", asked, err)
		}
	}
	if given != 2 || p.sent[1].Header["Authorization"] != "Bearer t9" || !strings.Contains(held, "kept") {
		t.Errorf("identity was asked for %d times, sent %v, ticket %q", given, p.sent[1].Header, held)
	}
	if p.vault["fivefold.token"] != "the device's own" || p.vault["fivefold.secret"] != "" {
		t.Errorf("the vault has %v", p.vault)
	}
}
