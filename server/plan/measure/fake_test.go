package measure_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan/measure"
)

// fake is a server of which the costs are known: each request, chance and entry is so much work.
type fake struct {
	t                      *testing.T
	request, chance, entry int // units of work
	refuse                 string
	short                  bool // counts one chance less than is asked
	winMisses              bool

	mu     sync.Mutex
	spent  map[string]int                  // last index of a token, where chances win
	albums map[game.PlayerID]int64         // last n that was put
	marks  map[game.PlayerID]int           // last index that was marked
	booked map[game.PlayerID][]game.Chance // in order
	broken string                          // a store's method
	made   atomic.Int64
}

func newFake(t *testing.T) *fake {
	return &fake{
		t: t, request: 20, chance: 6, entry: 120,
		spent: map[string]int{}, albums: map[game.PlayerID]int64{}, marks: map[game.PlayerID]int{}, booked: map[game.PlayerID][]game.Chance{},
	}
}

// subject starts the server.
func (f *fake) subject() measure.Subject {
	server := httptest.NewServer(f)
	f.t.Cleanup(server.Close)
	return measure.Subject{
		Addr:   strings.TrimPrefix(server.URL, "http://"),
		Misses: measure.Target{ID: "m", Slug: "misses"}, Wins: measure.Target{ID: "w", Slug: "wins"}, Outcome: "one",
		Book: (*fakeBook)(f), Albums: f, Live: (*fakeLive)(f),
	}
}

// work is one unit for each of n.
func work(n int) {
	var b [512]byte
	for range n {
		sum := sha256.Sum256(b[:])
		copy(b[:], sum[:])
	}
}

const document = 5000 // bytes: more than fit an answer with a length

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.refuse != "" && strings.Contains(r.URL.Path, f.refuse) {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, "not now")
		return
	}
	token := r.Header.Get("Authorization")
	switch {
	case r.URL.Path == api.PlayersPath():
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(api.Player{Token: fmt.Sprint("token", f.made.Add(1))})
	case r.Method == http.MethodPost:
		f.draw(w, r, token)
	case r.URL.Path == api.CampaignPath("misses"):
		fmt.Fprint(w, strings.Repeat("d", document))
	case r.URL.Path == api.MePath("misses") && strings.HasPrefix(token, "Bearer token"):
		fmt.Fprint(w, "{}")
	default:
		f.t.Errorf("asked for %s %s as %q", r.Method, r.URL.Path, token)
	}
}

func (f *fake) draw(w http.ResponseWriter, r *http.Request, token string) {
	var q api.Draw
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || q.Round != 1 || q.Window != 1 {
		f.t.Errorf("a request for %+v, %v", q, err)
	}
	reply := api.Drawn{Counted: q.Taps, Outcomes: []api.Outcome{}}
	work(f.request + f.chance*q.Taps)
	if r.URL.Path == api.DrawsPath("wins") {
		f.mu.Lock()
		if q.Index != f.spent[token]+1 {
			f.t.Errorf("%s spends %d after %d", token, q.Index, f.spent[token])
		}
		f.spent[token] = q.Index + q.Taps - 1
		f.mu.Unlock()
	}
	if r.URL.Path == api.DrawsPath("wins") || f.winMisses {
		work(f.entry * q.Taps)
		reply.Outcomes = make([]api.Outcome, q.Taps)
	}
	if f.short {
		reply.Counted--
	}
	_ = json.NewEncoder(w).Encode(reply)
}

func (f *fake) fails(method string) error {
	if f.broken == method {
		return fmt.Errorf("%s is broken", method)
	}
	return nil
}

func (f *fake) Book(_ context.Context, b game.Booking) (game.Booked, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, win := range b.Wins {
		f.booked[b.Player] = append(f.booked[b.Player], win.Chance)
		if b.Campaign != "w" || win.Outcome != "one" || win.Version != 1 || win.Chance.Index != len(f.booked[b.Player]) {
			f.t.Errorf("a booking of %+v in %s", win, b.Campaign)
		}
	}
	return game.Booked{}, f.fails("Book")
}

type fakeBook fake

func (f *fakeBook) CreatePlayer(_ context.Context, p game.Player) (game.Player, bool, error) {
	if len(p.SecretHash) != 64 || p.ID == "" {
		f.t.Errorf("player %+v", p)
	}
	return p, true, (*fake)(f).fails("CreatePlayer")
}

func (f *fakeBook) Album(_ context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if id != "w" || len(f.booked[p]) == 0 {
		f.t.Errorf("asked for the album of %s in %s", p, id)
	}
	return game.Album{}, (*fake)(f).fails("Album")
}

type fakeLive fake

func (f *fakeLive) Put(_ context.Context, albums []game.Album) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range albums {
		if a.N <= f.albums[a.Player] {
			f.t.Errorf("an album that Redis would not take: n %d after %d", a.N, f.albums[a.Player])
		}
		f.albums[a.Player] = a.N
	}
	return (*fake)(f).fails("Put")
}

func (f *fakeLive) Mark(_ context.Context, marks []game.Mark) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range marks {
		if m.Chance.Index <= f.marks[m.Player] {
			f.t.Errorf("a mark that Redis would not take: %d after %d", m.Chance.Index, f.marks[m.Player])
		}
		f.marks[m.Player] = m.Chance.Index
	}
	return (*fake)(f).fails("Mark")
}

func (f *fakeLive) Album(_ context.Context, _ game.CampaignID, p game.PlayerID) (game.Album, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.albums[p] == 0 {
		f.t.Errorf("asked for the live album of %s, which was not put", p)
	}
	return game.Album{}, true, (*fake)(f).fails("live Album")
}
