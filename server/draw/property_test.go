package draw_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
)

// Whatever is asked, in whatever order, with the book or the snapshots failing in between and with
// tickets brought back at any time: a chance gives what pick gives, once, by the version of its
// window, and never before it was due or later than its grace.
func TestAnyPlay(t *testing.T) {
	first := version(1, longAgo, game.Scale/2, game.Scale/4, game.Scale/4)
	first.Guarantee = &game.Guarantee{Every: 5, Weights: []int64{0, game.Scale}}
	second := version(2, at(30*time.Second), game.Scale/4, 0, game.Scale*3/4)
	first.Bonus, second.Bonus = &game.Bonus{EachRound: 40, Grants: 60}, &game.Bonus{EachRound: 500}
	governing := func(window int) *game.SavedVersion { // a lead is a minute
		if window < 3 {
			return first
		}
		return second
	}
	rapid.Check(t, func(rt *rapid.T) {
		w, s := newWorld(t, first, second)
		w.granted = 80         // of which 60 count, so that the requests below are within their chances
		var put []draw.Request // off, with their tickets
		taps := rapid.IntRange(1, game.MaxTaps)
		rt.Repeat(map[string]func(*rapid.T){
			"wait": func(rt *rapid.T) {
				w.now = w.now.Add(time.Duration(rapid.IntRange(0, 30_000).Draw(rt, "ms")) * time.Millisecond)
			},
			"break": func(rt *rapid.T) {
				w.broken = rapid.SampledFrom([]error{nil, nil, away, errors.New("broken")}).Draw(rt, "book")
				w.behind = rapid.SampledFrom([]time.Duration{0, 0, lead, 2 * lead}).Draw(rt, "age")
				w.loaded = rapid.SampledFrom([]bool{false, false, true}).Draw(rt, "load")
			},
			"draw": func(rt *rapid.T) {
				window := rapid.IntRange(0, 3).Draw(rt, "window")
				q := request(window, rapid.IntRange(1, 57).Draw(rt, "index"), taps.Draw(rt, "taps"))
				if window == game.BonusWindow {
					q.Span.Taps = min(q.Span.Taps, 101-q.Span.Index)
				}
				if n := play(rt, w, s, q, governing); n != nil {
					put = append(put, *n)
				}
			},
			"bring back": func(rt *rapid.T) {
				if len(put) == 0 {
					return
				}
				play(rt, w, s, rapid.SampledFrom(put).Draw(rt, "ticket"), governing)
			},
			"": func(rt *rapid.T) { checkBook(rt, w, governing) },
		})
	})
}

// play draws and checks the answer; what is put off it gives back with its ticket.
func play(t *rapid.T, w *world, s *draw.Service, q draw.Request, governing func(int) *game.SavedVersion) *draw.Request {
	got, err := s.Draw(t.Context(), q)
	var e *game.Error
	if errors.As(err, &e) && e.Ticket != "" {
		q.Ticket = e.Ticket
		return &q
	}
	if err != nil {
		if w.broken == nil {
			t.Errorf("draw %v: %v", q.Span, err)
		}
		return nil
	}
	part := q
	part.Span.Taps = got.Counted
	want := expected(governing(q.Span.Window), part)
	if got.Counted > 0 && len(got.Entries) != len(want) {
		t.Errorf("draw %v: %d entries, want %d", part.Span, len(got.Entries), len(want))
	}
	for i, e := range got.Entries {
		if got.Counted > 0 && want[e.Chance.Index] != e.Card {
			t.Errorf("draw %v: index %d gives card %d, want %d", part.Span, e.Chance.Index, e.Card, want[e.Chance.Index])
		}
		if i > 0 && !got.Entries[i-1].Chance.Before(e.Chance) {
			t.Errorf("draw %v: entries out of order", part.Span)
		}
		if got.Album == nil || got.Album.N < e.N {
			t.Errorf("draw %v: entry %d with the album %+v", part.Span, e.N, got.Album)
		}
	}
	return nil
}

// checkBook replays the book.
func checkBook(t *rapid.T, w *world, governing func(int) *game.SavedVersion) {
	seen := map[game.Chance]bool{}
	round := w.run.Latest().Rounds[0]
	for i, e := range w.books["p1"] {
		c := e.Chance
		one := request(c.Window, c.Index, 1)
		if seen[c] || e.N != int64(i+1) {
			t.Errorf("entry %d: chance %v, seen before: %v", e.N, c, seen[c])
		}
		seen[c] = true
		if want := expected(governing(c.Window), one)[c.Index]; e.Card != want || e.Version != governing(c.Window).Number {
			t.Errorf("chance %v gave card %d by version %d, want %d", c, e.Card, e.Version, want)
		}
		if e.AcceptedAt.Before(round.NotBefore(c.Window, c.Index)) || !e.AcceptedAt.Before(round.WindowCloses(c.Window).Add(grace)) {
			t.Errorf("chance %v was accepted at %v", c, e.AcceptedAt)
		}
	}
}
