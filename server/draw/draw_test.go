package draw_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
)

// same compares answers but for their pace, which is jittered.
var same = cmpopts.IgnoreFields(draw.Result{}, "Pace")

func TestDrawGivesWhatPickGives(t *testing.T) {
	v := even()
	w, s := newWorld(t, v)
	w.now = at(59 * time.Second)
	q := request(1, 1, game.MaxTaps)
	got := mustDraw(t, s, q)
	want := expected(v, q)
	if len(want) == 0 || len(want) == game.MaxTaps {
		t.Fatalf("%d of %d chances win: the sample shows nothing", len(want), game.MaxTaps)
	}
	if got.Counted != game.MaxTaps || got.Code != "" {
		t.Errorf("counted %d, code %q", got.Counted, got.Code)
	}
	if diff := cmp.Diff(want, cards(got.Entries)); diff != "" {
		t.Errorf("cards (-want +got):\n%s", diff)
	}
	if got.Album == nil || got.Album.N != int64(len(want)) {
		t.Errorf("album %+v, want n %d", got.Album, len(want))
	}
	for i, e := range got.Entries {
		if e.N != int64(i+1) || e.Version != 1 || !e.AcceptedAt.Equal(w.now) {
			t.Errorf("entry %d: %+v", i, e)
		}
	}
}

func TestSameChancesGiveSameAnswer(t *testing.T) {
	w, s := newWorld(t, even())
	w.now = at(40 * time.Second)
	first := mustDraw(t, s, request(1, 5, 40))
	w.now = at(45 * time.Second)
	again := mustDraw(t, s, request(1, 5, 40))
	if diff := cmp.Diff(first, again, same); diff != "" {
		t.Errorf("the second answer differs (-first +second):\n%s", diff)
	}
	// However the chances are cut into requests, each gives the same.
	for i := 5; i < 45; i += 8 {
		part := mustDraw(t, s, request(1, i, 8))
		if diff := cmp.Diff(expected(even(), request(1, i, 8)), cards(part.Entries)); diff != "" {
			t.Errorf("from %d (-want +got):\n%s", i, diff)
		}
	}
}

// Many devices at once, each of its own mind, get one answer.
func TestSameChancesAtOnce(t *testing.T) {
	w, s := newWorld(t, even())
	w.now = at(40 * time.Second)
	results := make([]draw.Result, 16)
	var devices errgroup.Group
	for i := range results {
		devices.Go(func() (err error) {
			results[i], err = s.Draw(t.Context(), request(1, 5, 40))
			return err
		})
	}
	if err := devices.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, r := range results[1:] {
		if diff := cmp.Diff(results[0], r, same); diff != "" {
			t.Fatalf("two devices got two answers:\n%s", diff)
		}
	}
}

func TestOthersHaveOtherOutcomes(t *testing.T) {
	w, s := newWorld(t, even())
	w.now = at(59 * time.Second)
	mine := request(1, 1, 64)
	other := mine
	other.ID.Player = "p2"
	reseeded := mine
	reseeded.ID.ClientSeed[0]++
	got := map[string]map[int]int{}
	for name, q := range map[string]draw.Request{"mine": mine, "other": other, "reseeded": reseeded} {
		got[name] = expected(even(), q)
	}
	if cmp.Equal(got["mine"], got["other"]) || cmp.Equal(got["mine"], got["reseeded"]) {
		t.Error("two identities share their luck")
	}
	if diff := cmp.Diff(got["other"], cards(mustDraw(t, s, other).Entries)); diff != "" {
		t.Errorf("the other player's cards (-want +got):\n%s", diff)
	}
}

func TestMissTouchesNothing(t *testing.T) {
	w, s := newWorld(t, never())
	w.now = at(59 * time.Second)
	got := mustDraw(t, s, request(1, 1, 64))
	if got.Counted != 64 || len(got.Entries) != 0 || got.Album != nil {
		t.Errorf("%+v, want 64 misses", got)
	}
	if len(w.calls) != 0 {
		t.Errorf("calls %v, want none", w.calls)
	}
}

// A miss is answered with the book away, and with a snapshot as old as the lead allows.
func TestMissesGoOnWithoutTheBook(t *testing.T) {
	w, s := newWorld(t, never())
	w.now, w.behind, w.broken = at(59*time.Second), 59*time.Second+lead, game.Fail(game.CodeUnavailable, "away")
	if got := mustDraw(t, s, request(1, 1, 64)); got.Counted != 64 {
		t.Errorf("counted %d", got.Counted)
	}
}

// The rounds begin by the clock, not by the job that notes it.
func TestOpenByTheClock(t *testing.T) {
	w, s := newWorld(t, always())
	w.run.State, w.now = game.StateScheduled, start
	if got := mustDraw(t, s, request(1, 1, 1)); len(got.Entries) != 1 {
		t.Errorf("%+v at the opening, want a card", got)
	}
	w.now = start.Add(-1)
	if _, err := s.Draw(t.Context(), request(1, 1, 1)); game.CodeOf(err) != game.CodeCampaignNotOpen {
		t.Errorf("before the opening: %v", err)
	}
}

func TestPrefix(t *testing.T) {
	for _, c := range []struct {
		name    string
		now     time.Duration
		q       draw.Request
		counted int
		code    game.Code
	}{
		{"all of it", 5 * time.Second, request(1, 1, 11), 11, ""},
		{"the pace allows eleven", 5 * time.Second, request(1, 1, 12), 11, game.CodeTooEarly},
		{"from the middle", 5 * time.Second, request(1, 10, 64), 2, game.CodeTooEarly},
		{"one instant early", 5*time.Second - 1, request(1, 11, 1), 0, game.CodeTooEarly},
		{"on the instant", 5 * time.Second, request(1, 11, 1), 1, ""},
		{"before its window", 59 * time.Second, request(2, 1, 5), 0, game.CodeTooEarly},
		{"as its window opens", 60 * time.Second, request(2, 1, 5), 1, game.CodeTooEarly},
		{"the whole window in time", 60 * time.Second, request(1, 57, 64), 64, ""},
		{"in the grace", 90*time.Second - 1, request(1, 57, 64), 64, ""},
		{"after the grace", 90 * time.Second, request(1, 57, 64), 0, game.CodeWindowOver},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(t, even())
			w.now = at(c.now)
			got := mustDraw(t, s, c.q)
			if got.Counted != c.counted || got.Code != c.code {
				t.Errorf("counted %d, code %q; want %d, %q", got.Counted, got.Code, c.counted, c.code)
			}
			part := c.q
			part.Span.Taps = c.counted
			if diff := cmp.Diff(expected(even(), part), cards(got.Entries)); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExpiredSpanGivesWhatWasBooked(t *testing.T) {
	w, s := newWorld(t, even())
	w.now = at(30 * time.Second)
	first := mustDraw(t, s, request(1, 1, 20))
	w.now = at(2 * time.Minute)
	got := mustDraw(t, s, request(1, 1, 40))
	if got.Counted != 0 || got.Code != game.CodeWindowOver {
		t.Errorf("counted %d, code %q", got.Counted, got.Code)
	}
	if diff := cmp.Diff(first.Entries, got.Entries); diff != "" {
		t.Errorf("entries (-first +now):\n%s", diff)
	}
	if diff := cmp.Diff(first.Album, got.Album); diff != "" {
		t.Errorf("album (-first +now):\n%s", diff)
	}
	if w.calls["Book"] != 1 {
		t.Errorf("booked %d times", w.calls["Book"])
	}
}

func TestUnbookedExpiredSpanIsLost(t *testing.T) {
	w, s := newWorld(t, always())
	w.now = at(2 * time.Minute)
	got := mustDraw(t, s, request(1, 1, 40))
	if got.Counted != 0 || got.Code != game.CodeWindowOver || got.Entries != nil || got.Album != nil {
		t.Errorf("%+v", got)
	}
	if want := (game.Chance{Round: 1, Window: 3, Index: 1}); got.Next == nil || got.Next.Chance != want {
		t.Errorf("next %+v, want %v", got.Next, want)
	}
}

func TestRefusals(t *testing.T) {
	closed := at(70 * time.Second)
	set := func(state game.State, closedAt *time.Time) func(*world) {
		return func(w *world) { w.run.State, w.run.ClosedAt = state, closedAt }
	}
	for _, c := range []struct {
		name  string
		now   time.Duration
		q     draw.Request
		with  func(*world)
		code  game.Code
		field string
	}{
		{name: "unknown campaign", q: draw.Request{Slug: "autumn"}, code: game.CodeCampaignUnknown, field: "slug"},
		{name: "no taps", q: request(1, 1, 0), code: game.CodeInvalid, field: "taps"},
		{name: "65 taps", q: request(1, 1, 65), code: game.CodeInvalid, field: "taps"},
		{name: "negative taps", q: request(1, 1, -1), code: game.CodeInvalid, field: "taps"},
		{name: "round 0", q: draw.Request{Slug: "spring", Span: game.Span{Taps: 1}}, code: game.CodeChanceUnknown, field: "round"},
		{name: "window 0", q: request(0, 1, 1), code: game.CodeChanceUnknown, field: "window"},
		{name: "window past the round", q: request(4, 1, 1), code: game.CodeChanceUnknown, field: "window"},
		{name: "index 0", q: request(1, 0, 1), code: game.CodeBeyondChances, field: "index"},
		{name: "index past K", q: request(1, 121, 1), code: game.CodeBeyondChances, field: "index"},
		{name: "taps past K", q: request(1, 120, 2), code: game.CodeBeyondChances, field: "taps"},
		{name: "before opening", q: request(1, 1, 1), with: func(w *world) { w.run.State, w.run.OpensAt = game.StateScheduled, at(time.Hour) }, code: game.CodeCampaignNotOpen},
		{name: "paused", q: request(1, 1, 1), with: func(w *world) { w.run.ShakingPaused = true }, code: game.CodeShakingPaused},
		{name: "sealed", q: request(1, 1, 1), with: set(game.StateSealed, &closed), code: game.CodeCampaignSealed},
		{name: "settled", q: request(1, 1, 1), with: set(game.StateSettled, &closed), code: game.CodeCampaignSealed},
		{name: "a window after closing", now: 2 * time.Minute, q: request(3, 1, 1), with: set(game.StateClosed, &closed), code: game.CodeCampaignClosed},
		{name: "closed and past the grace", now: 100 * time.Second, q: request(2, 1, 1), with: set(game.StateClosed, &closed), code: game.CodeCampaignClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(t, always())
			w.now = at(max(c.now, time.Second))
			if c.with != nil {
				c.with(w)
			}
			_, err := s.Draw(t.Context(), c.q)
			if game.CodeOf(err) != c.code {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if fields := game.FieldsOf(err); c.field != "" && (len(fields) != 1 || fields[0].Name != c.field) {
				t.Errorf("fields %v, want %s", fields, c.field)
			}
			if len(w.books) != 0 || w.calls["Book"] != 0 {
				t.Error("something was booked")
			}
		})
	}
}

// What was booked stays the answer, whatever the campaign has become.
func TestRefusedSpanGivesWhatWasBooked(t *testing.T) {
	closed := at(10 * time.Second)
	for name, become := range map[string]func(*game.Running){
		"paused": func(r *game.Running) { r.ShakingPaused = true },
		"closed": func(r *game.Running) { r.State, r.ClosedAt = game.StateClosed, &closed },
		"sealed": func(r *game.Running) { r.State, r.ClosedAt = game.StateSealed, &closed },
	} {
		t.Run(name, func(t *testing.T) {
			w, s := newWorld(t, always())
			first := mustDraw(t, s, request(1, 1, 3))
			become(w.run)
			w.now = at(50 * time.Second)
			again := mustDraw(t, s, request(1, 1, 3))
			if diff := cmp.Diff(first.Entries, again.Entries); diff != "" {
				t.Errorf("entries (-first +now):\n%s", diff)
			}
		})
	}
}

func TestClosedStillTakesItsGrace(t *testing.T) {
	w, s := newWorld(t, always())
	closed := at(70 * time.Second)
	w.run.State, w.run.ClosedAt = game.StateClosed, &closed
	w.now = closed.Add(grace - 1)
	got := mustDraw(t, s, request(2, 1, 3))
	if got.Counted != 3 || len(got.Entries) != 3 {
		t.Errorf("%+v, want three cards", got)
	}
	if got.Next != nil {
		t.Errorf("next %+v of a closed campaign", got.Next)
	}
}

// Under load taps are sampled out: unspent, told apart from misses, and decided as ever later. A
// ticket's chances are not.
func TestTapsAreSampledOutUnderLoad(t *testing.T) {
	w, s := newWorld(t, always())
	w.loaded = true
	got := mustDraw(t, s, request(1, 1, 1))
	if got.Counted != 0 || got.SampledOut != 1 || len(got.Entries) != 0 || w.calls["book"] != 0 {
		t.Errorf("%+v after %v, want one tap sampled out and nothing booked", got, w.calls)
	}
	if got.Next == nil || got.Next.Chance.Index != 1 || got.Pace != 3*pace {
		t.Errorf("next %+v after %v, want the same chance after three times the pace", got.Next, got.Pace)
	}
	w.loaded = false
	if got := mustDraw(t, s, request(1, 1, 1)); got.Counted != 1 || got.SampledOut != 0 || len(got.Entries) != 1 || got.Pace != pace {
		t.Errorf("%+v at rest, want one counted", got)
	}
}
