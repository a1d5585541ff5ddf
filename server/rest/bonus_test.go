package rest_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// bonusWorld is a world whose players have three bonus chances of the round, and may be granted five.
func bonusWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.run.Versions[0].Bonus = &game.Bonus{EachRound: 3, Grants: 5}
	return w
}

func (w *world) bonus() *api.BonusChances {
	w.t.Helper()
	return ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me"}).Bonus
}

// refused sends a request that must be refused, and gives the problem.
func (w *world) refused(q request) api.Problem {
	w.t.Helper()
	answer := w.send(q)
	var p api.Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil || answer.Code < 400 {
		w.t.Fatalf("%d %s, %v", answer.Code, answer.Body, err)
	}
	return p
}

func TestBonus(t *testing.T) {
	w := bonusWorld(t)
	next := func(index int) *api.Next {
		return &api.Next{Round: 1, Index: index, NotBefore: start.Add(time.Millisecond)}
	}
	want := func(when string, granted int, next *api.Next) {
		t.Helper()
		if diff := cmp.Diff(&api.BonusChances{Round: 1, Granted: granted, Next: next}, w.bonus()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	want("at first", 3, next(1))
	d := ask[api.Campaign](w, http.StatusOK, request{path: "/campaigns/spring"})
	if diff := cmp.Diff(&game.Bonus{EachRound: 3, Grants: 5}, d.Round.Bonus); diff != "" {
		t.Errorf("the document (-want +got):\n%s", diff)
	}

	got := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":0,"index":1,"taps":2}`))
	if got.Counted != 2 || len(got.Outcomes) != 2 || got.Remaining != 1 || !cmp.Equal(got.Next, next(3)) {
		t.Errorf("%+v, next %+v", got, got.Next)
	}
	again := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":0,"index":1,"taps":2}`))
	again.PaceMS = got.PaceMS
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("the second answer differs (-first +second):\n%s", diff)
	}
	want("after two", 3, next(3))
	w.redis.away = true
	want("with Redis away", 3, next(3))
	w.redis.away = false
	if got := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":0,"index":3,"taps":1}`)); got.Next != nil || got.Remaining != 0 {
		t.Errorf("after the last: %+v", got)
	}
	want("after all", 3, nil)

	w.book.granted = 2
	want("granted two", 5, next(4))
	w.redis.bonus[w.me] = game.Chance{Round: 1, Index: 4} // used at another server
	want("of which one is used", 5, next(5))
	w.redis.albums[w.me] = game.Album{Campaign: "c1", Player: w.me, N: 3, Last: game.Chance{Round: 1, Index: 3}}
	w.book.broken = unavailable
	want("with the book away", 3, nil)
	w.book.broken = nil

	ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":1,"taps":1}`))
	me := ask[api.Me](w, http.StatusOK, request{path: "/campaigns/spring/me"})
	if me.Next == nil || me.Next.Window != 1 || me.Next.Index != 2 {
		t.Errorf("next %+v beside bonus chances", me.Next)
	}
	w.now = at(3 * time.Minute)
	if got := w.bonus(); got != nil {
		t.Errorf("after the round: %+v", got)
	}
}

func TestBonusIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		body  string
		none  bool
		code  game.Code
		field string
	}{
		"index 0":         {body: `{"round":1,"window":0,"index":0,"taps":1}`, code: game.CodeBeyondChances, field: "index"},
		"beyond":          {body: `{"round":1,"window":0,"index":4,"taps":1}`, code: game.CodeBeyondChances, field: "index"},
		"more than left":  {body: `{"round":1,"window":0,"index":3,"taps":2}`, code: game.CodeBeyondChances, field: "taps"},
		"where none are":  {body: `{"round":1,"window":0,"index":1,"taps":1}`, none: true, code: game.CodeChanceUnknown, field: "window"},
		"of no round":     {body: `{"round":2,"window":0,"index":1,"taps":1}`, code: game.CodeChanceUnknown, field: "round"},
		"window below it": {body: `{"round":1,"window":-1,"index":1,"taps":1}`, code: game.CodeChanceUnknown, field: "window"},
	} {
		t.Run(name, func(t *testing.T) {
			w := bonusWorld(t)
			if c.none {
				w.run.Versions[0].Bonus = nil
			}
			p := w.refused(draws(c.body))
			if p.Code != c.code || len(p.Fields) != 1 || p.Fields[c.field] == "" {
				t.Errorf("%+v, want %s of %s", p, c.code, c.field)
			}
			if c.none && w.bonus() != nil {
				t.Error("me tells of bonus chances")
			}
		})
	}
}
