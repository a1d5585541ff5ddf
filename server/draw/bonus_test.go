package draw_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
)

// withBonus gives each player three bonus chances, and up to five more by grants.
func withBonus(v *game.SavedVersion) *game.SavedVersion {
	v.Bonus = &game.Bonus{EachRound: 3, Grants: 5}
	return v
}

func bonus(index, taps int) draw.Request { return request(game.BonusWindow, index, taps) }

func TestBonusIsDrawnAtAnyTimeOfTheRound(t *testing.T) {
	v := withBonus(even())
	v.Guarantee = &game.Guarantee{Every: 2, Weights: []int64{0, game.Scale}} // which counts no bonus chance
	for _, c := range []struct {
		name    string
		now     time.Duration
		counted int
		code    game.Code
	}{
		{"as the round opens", 0, 3, ""},
		{"in its last window", 170 * time.Second, 3, ""},
		{"in its grace", 210*time.Second - 1, 3, ""},
		{"after its grace", 210 * time.Second, 0, game.CodeWindowOver},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(t, v)
			w.now = at(c.now)
			got := mustDraw(t, s, bonus(1, 3))
			if got.Counted != c.counted || got.Code != c.code {
				t.Errorf("counted %d, code %q; want %d, %q", got.Counted, got.Code, c.counted, c.code)
			}
			part := bonus(1, c.counted)
			if diff := cmp.Diff(expected(v, part), cards(got.Entries)); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBonusBeforeItsRound(t *testing.T) {
	v := withBonus(always())
	v.Rounds = append(v.Rounds, v.Rounds[0])
	v.Rounds[1].Number, v.Rounds[1].OpensAt, v.Rounds[1].ClosesAt = 2, at(time.Hour), at(time.Hour+3*time.Minute)
	w, s := newWorld(t, v)
	q := bonus(1, 3)
	q.Span.Round = 2
	if got := mustDraw(t, s, q); got.Counted != 0 || got.Code != game.CodeTooEarly || got.Next != nil || len(w.books) != 0 {
		t.Errorf("%+v, want too early", got)
	}
}

func TestBonusRefusals(t *testing.T) {
	closed := at(70 * time.Second)
	for _, c := range []struct {
		name  string
		q     draw.Request
		with  func(*world)
		code  game.Code
		field string
	}{
		{name: "index 0", q: bonus(0, 1), code: game.CodeBeyondChances, field: "index"},
		{name: "beyond those of all", q: bonus(4, 1), code: game.CodeBeyondChances, field: "index"},
		{name: "taps beyond", q: bonus(3, 2), code: game.CodeBeyondChances, field: "taps"},
		{name: "beyond the grants", q: bonus(6, 1), with: func(w *world) { w.granted = 2 }, code: game.CodeBeyondChances, field: "index"},
		{name: "beyond the most", q: bonus(9, 1), with: func(w *world) { w.granted = 7 }, code: game.CodeBeyondChances, field: "index"},
		{name: "none yet", q: bonus(1, 1), with: func(w *world) { w.run.Versions[0].Bonus.EachRound = 0 }, code: game.CodeBeyondChances, field: "index"},
		{name: "none at all", q: bonus(1, 1), with: func(w *world) { w.run.Versions[0].Bonus = nil }, code: game.CodeChanceUnknown, field: "window"},
		{name: "no taps", q: bonus(1, 0), code: game.CodeInvalid, field: "taps"},
		{name: "paused", q: bonus(1, 1), with: func(w *world) { w.run.ShakingPaused = true }, code: game.CodeShakingPaused},
		{name: "closed", q: bonus(1, 1), with: func(w *world) {
			w.run.State, w.run.ClosedAt, w.now = game.StateClosed, &closed, at(101*time.Second)
		}, code: game.CodeCampaignClosed},
		{name: "sealed", q: bonus(1, 1), with: func(w *world) { w.run.State, w.run.ClosedAt = game.StateSealed, &closed }, code: game.CodeCampaignSealed},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(t, withBonus(always()))
			if c.with != nil {
				c.with(w)
			}
			_, err := s.Draw(t.Context(), c.q)
			if fields := game.FieldsOf(err); game.CodeOf(err) != c.code || c.field != "" && (len(fields) != 1 || fields[0].Name != c.field) {
				t.Errorf("%v, want %s of %s", err, c.code, c.field)
			}
			if w.calls["Book"] != 0 {
				t.Error("something was booked")
			}
		})
	}
}

func TestGrantedBonus(t *testing.T) {
	w, s := newWorld(t, withBonus(always()))
	w.granted = 2
	got := mustDraw(t, s, bonus(4, 2))
	if got.Counted != 2 || len(got.Entries) != 2 || got.Next != nil {
		t.Errorf("%+v, want two cards and none left", got)
	}
	w.granted = 3
	again := mustDraw(t, s, bonus(4, 2))
	if diff := cmp.Diff(got.Entries, again.Entries); diff != "" {
		t.Errorf("the second answer differs (-first +second):\n%s", diff)
	}
	if want := (game.Chance{Round: 1, Index: 6}); again.Next == nil || again.Next.Chance != want || again.Next.Remaining != 1 {
		t.Errorf("next %+v, want %v", again.Next, want)
	}
}

// Bonus chances and those of the windows are used side by side.
func TestNextBesideBonus(t *testing.T) {
	w, s := newWorld(t, withBonus(always()))
	w.now = at(20 * time.Second)
	mustDraw(t, s, request(1, 1, 5))
	got := mustDraw(t, s, bonus(1, 1))
	if want := (game.Chance{Round: 1, Index: 2}); got.Next == nil || got.Next.Chance != want || got.Next.Remaining != 2 || !got.Next.NotBefore.Equal(start) {
		t.Errorf("next bonus %+v, want %v of two, from %v", got.Next, want, start)
	}
	if got := mustDraw(t, s, request(1, 6, 1)); got.Next.Chance != (game.Chance{Round: 1, Window: 1, Index: 7}) {
		t.Errorf("next %+v", got.Next)
	}
	w.loaded = true // a second device is told what the first has used
	mark := game.Mark{Campaign: "c1", Player: "p1", Chance: game.Chance{Round: 1, Index: 2}}
	w.marks.Add(mark, 1)
	if got := mustDraw(t, s, bonus(1, 1)); got.SampledOut != 1 || got.Next == nil || got.Next.Chance.Index != 3 {
		t.Errorf("sampled out %d, next %+v", got.SampledOut, got.Next)
	}
}

// What every player has needs no book: a miss of it is answered with the book away, and only a win or a
// granted chance is put off.
func TestBonusWithoutTheBook(t *testing.T) {
	w, s := newWorld(t, withBonus(never()))
	w.broken, w.granted = away, 1
	if got := mustDraw(t, s, bonus(1, 3)); got.Counted != 3 {
		t.Errorf("%+v, want three misses", got)
	}
	q := bonus(4, 1)
	q.Ticket = ticketOf(t, s, q)
	w.broken, w.now = nil, at(time.Hour)
	if got := mustDraw(t, s, q); got.Counted != 1 {
		t.Errorf("by its ticket: %+v", got)
	}
}

func TestBonusAtOnce(t *testing.T) {
	w, s := newWorld(t, withBonus(even()))
	w.granted = 5
	results := make([]draw.Result, 16)
	var devices errgroup.Group
	for i := range results {
		devices.Go(func() (err error) {
			results[i], err = s.Draw(t.Context(), bonus(1, 8))
			return err
		})
	}
	if err := devices.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if diff := cmp.Diff(results[0], r, same); diff != "" {
			t.Fatalf("two devices got two answers:\n%s", diff)
		}
	}
}

// A version that is published while the round is open changes nothing of its bonus chances, though it
// governs its later windows.
func TestVersionInMidRoundIsNotOfBonus(t *testing.T) {
	second := version(2, at(10*time.Second), 0, 0, game.Scale)
	second.Bonus = &game.Bonus{EachRound: 9, Grants: 9}
	w, s := newWorld(t, withBonus(always()), second)
	w.now = at(150 * time.Second)
	for name, c := range map[string]struct {
		q       draw.Request
		version int
	}{"bonus": {bonus(1, 3), 1}, "window": {request(3, 1, 3), 2}} {
		for _, e := range mustDraw(t, s, c.q).Entries {
			if e.Version != c.version || e.Card != c.version {
				t.Errorf("%s: card %d by version %d", name, e.Card, e.Version)
			}
		}
	}
	if _, err := s.Draw(t.Context(), bonus(4, 1)); game.CodeOf(err) != game.CodeBeyondChances {
		t.Errorf("a fourth by the rule of the later version: %v", err)
	}
}

// A server whose snapshot may lack the version of the round's opening does not decide its bonus chances.
func TestBonusByAnOldSnapshot(t *testing.T) {
	w, s := newWorld(t, withBonus(never()))
	w.behind = lead + 2*time.Second
	ticketOf(t, s, bonus(1, 1))
	w.behind, w.now = lead, at(0)
	if got := mustDraw(t, s, bonus(1, 1)); got.Counted != 1 {
		t.Errorf("%+v", got)
	}
}
