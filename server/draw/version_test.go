package draw_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// A version governs the windows that open a lead or more after its publication.
func TestVersionGovernsByLead(t *testing.T) {
	for _, c := range []struct {
		name      string
		published time.Duration
		window    int
		version   int
	}{
		{"a lead before the window", 0, 2, 2},
		{"less than a lead before it", 1, 2, 1},
		{"the window after that", 1, 3, 2},
		{"before the round", -time.Minute, 1, 2},
		{"in the window", 61 * time.Second, 2, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			second := version(2, at(c.published), 0, 0, game.Scale)
			w, s := newWorld(t, always(), second)
			w.now = at(time.Duration(c.window)*time.Minute - time.Second)
			got := mustDraw(t, s, request(c.window, 1, 64))
			if len(got.Entries) != 64 {
				t.Fatalf("%d cards of 64", len(got.Entries))
			}
			for _, e := range got.Entries {
				if e.Version != c.version || e.Card != c.version {
					t.Fatalf("index %d: card %d by version %d, want version %d", e.Chance.Index, e.Card, e.Version, c.version)
				}
			}
		})
	}
}

func TestGuaranteeIsHonoured(t *testing.T) {
	v := never()
	v.Guarantee = &game.Guarantee{Every: 12, Weights: []int64{game.Scale}}
	w, s := newWorld(t, v)
	w.now = at(59500 * time.Millisecond)
	var won []int
	for i := 1; i <= 120; i += 8 { // so that blocks begin and end within requests
		for _, e := range mustDraw(t, s, request(1, i, 8)).Entries {
			won = append(won, e.Chance.Index)
		}
	}
	if len(won) != 10 {
		t.Fatalf("won at %v, want at each twelfth", won)
	}
	for i, index := range won {
		if index != 12*(i+1) {
			t.Errorf("won at %v, want at each twelfth", won)
		}
	}
}

// Between the look for the campaign and the look at the snapshot's age a new snapshot may come. A
// campaign of the older must not be judged by the age of the newer: it may lack a version that
// governs the window.
func TestSnapshotChangesInMidDraw(t *testing.T) {
	w, s := newWorld(t, always())
	w.now, w.behind = at(2*time.Minute+time.Second), 3*time.Minute
	w.onFind = func() {
		published := *w.run
		published.Versions = append(published.Versions[:1:1], version(2, at(30*time.Second), 0, 0, game.Scale))
		w.run, w.behind = &published, 0
	}
	q := request(3, 1, 1)
	q.Ticket = ticketOf(t, s, q)
	got := mustDraw(t, s, q)
	if len(got.Entries) != 1 || got.Entries[0].Version != 2 {
		t.Errorf("%+v, want a card by version 2", got.Entries)
	}
}
