package rest_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

func TestDraw(t *testing.T) {
	w := newWorld(t)
	got := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":3,"taps":5}`))
	if got.Counted != 5 || len(got.Outcomes) != 5 || got.Code != "" || got.SampledOut != 0 {
		t.Fatalf("%+v", got)
	}
	public, err := hex.DecodeString(w.keys.ReceiptKey())
	if err != nil {
		t.Fatal(err)
	}
	want := api.Album{N: 5}
	for i, o := range got.Outcomes {
		if o.Index != 3+i || o.N != int64(i+1) || o.Kind != game.EntryCard || o.Card < 1 || o.Card > 2 {
			t.Errorf("outcome %d: %+v", i, o)
		}
		want.Counts[o.Card-1]++
		receipt, err := fairness.CheckReceipt(ed25519.PublicKey(public), o.Receipt)
		if err != nil || receipt.Player != w.me || receipt.Index != o.Index || receipt.N != o.N {
			t.Errorf("receipt %+v, %v", receipt, err)
		}
	}
	if diff := cmp.Diff(&want, got.Album); diff != "" {
		t.Errorf("album (-want +got):\n%s", diff)
	}
	if got.Next == nil || got.Next.Index != 8 || got.Remaining != 113 || got.PaceMS < 800 || got.PaceMS > 1200 {
		t.Errorf("next %+v, remaining %d, pace %d ms", got.Next, got.Remaining, got.PaceMS)
	}
	// Never earlier than the chance is: a client that comes at that very time is not too early.
	if due := at(3500 * time.Millisecond); got.Next.NotBefore.Before(due) || got.Next.NotBefore.After(due.Add(2*time.Millisecond)) {
		t.Errorf("next from %v, want %v", got.Next.NotBefore, due)
	}

	again := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":3,"taps":5}`))
	again.PaceMS = got.PaceMS
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("the second answer differs (-first +second):\n%s", diff)
	}
}

// A chance ahead of its pace and one outside its window are told apart, and are not spent.
func TestUnspentChances(t *testing.T) {
	for _, c := range []struct {
		name    string
		now     time.Duration
		body    string
		counted int
		code    game.Code
	}{
		{"ahead of the pace", 10 * time.Second, `{"round":1,"window":1,"index":20,"taps":9}`, 2, game.CodeTooEarly},
		{"far ahead of the pace", 10 * time.Second, `{"round":1,"window":1,"index":100,"taps":9}`, 0, game.CodeTooEarly},
		{"before the window", 10 * time.Second, `{"round":1,"window":2,"index":1,"taps":9}`, 0, game.CodeTooEarly},
		{"after the window", 91 * time.Second, `{"round":1,"window":1,"index":1,"taps":9}`, 0, game.CodeWindowOver},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.now = at(c.now)
			before := w.book.state()
			got := ask[api.Drawn](w, http.StatusOK, draws(c.body))
			if got.Counted != c.counted || got.Code != c.code || len(got.Outcomes) != c.counted {
				t.Errorf("%+v, want %d and %s", got, c.counted, c.code)
			}
			if changed := w.book.state() != before; changed != (c.counted > 0) {
				t.Errorf("changed is %v", changed)
			}
		})
	}
}

// With the book away a draw is put off by a ticket, and made up for after its window.
func TestTicket(t *testing.T) {
	w := newWorld(t)
	w.book.broken = unavailable
	answer := w.send(draws(`{"round":1,"window":1,"index":1,"taps":3}`))
	var p api.Problem
	if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil || p.Ticket == "" {
		t.Fatalf("%s, %v", answer.Body, err)
	}
	w.book.broken, w.now = nil, at(170*time.Second)
	body, err := json.Marshal(api.Draw{Round: 1, Window: 1, Index: 1, Taps: 3, Ticket: p.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	if got := ask[api.Drawn](w, http.StatusOK, draws(string(body))); got.Counted != 3 || len(got.Outcomes) != 3 {
		t.Errorf("%+v, want three cards", got)
	}
	if got := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":4,"taps":3}`)); got.Counted != 0 {
		t.Errorf("%+v without a ticket", got)
	}
}

// Under load a draw is put off, with the pace to come back at; a redemption is not.
func TestUnderLoad(t *testing.T) {
	w := newWorld(t)
	w.load.heavy = true
	got := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":1,"taps":5}`))
	if got.Counted != 0 || got.SampledOut != 5 || got.PaceMS != 3000 || got.Next.Index != 1 {
		t.Errorf("%+v, want five sampled out and the first of them next", got)
	}
	w.book.give(w.me, 0, 1, 1, 1, 1, 1)
	ask[api.Redeemed](w, http.StatusCreated, redemption("k", ""))
	w.load.heavy = false
	if got := ask[api.Drawn](w, http.StatusOK, draws(`{"round":1,"window":1,"index":1,"taps":5}`)); got.Counted != 5 {
		t.Errorf("%+v at rest, want five", got)
	}
}
