package draw_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
)

func TestNext(t *testing.T) {
	next := func(window, index, remaining int, from time.Duration) *game.NextChance {
		return &game.NextChance{
			Chance:    game.Chance{Round: 1, Window: window, Index: index},
			NotBefore: at(from), Remaining: remaining,
		}
	}
	for _, c := range []struct {
		name string
		now  time.Duration
		q    draw.Request
		want *game.NextChance
	}{
		{"after some", 10 * time.Second, request(1, 1, 5), next(1, 6, 115, 2500*time.Millisecond)},
		{"after a prefix", 1 * time.Second, request(1, 1, 5), next(1, 4, 117, 1500*time.Millisecond)},
		{"after nothing", 1 * time.Second, request(1, 9, 5), next(1, 9, 112, 4*time.Second)},
		{"after the last but one", 59500 * time.Millisecond, request(1, 119, 1), next(1, 120, 1, 59500*time.Millisecond)},
		{"after the last", 59500 * time.Millisecond, request(1, 120, 1), next(2, 1, 120, time.Minute)},
		{"of the grace", 80 * time.Second, request(1, 100, 5), next(2, 1, 120, time.Minute)},
		{"after a window that is over", 2 * time.Minute, request(1, 1, 5), next(3, 1, 120, 2*time.Minute)},
		{"of the round's last window", 179500 * time.Millisecond, request(3, 120, 1), nil},
		{"in the grace of the round", 181 * time.Second, request(3, 100, 1), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(t, never())
			w.now = at(c.now)
			got := mustDraw(t, s, c.q).Next
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNextIsOfTheNextRound(t *testing.T) {
	v := never()
	v.Rounds = append(v.Rounds, v.Rounds[0])
	v.Rounds[1].Number, v.Rounds[1].OpensAt, v.Rounds[1].ClosesAt = 2, at(3*time.Minute), at(6*time.Minute)
	w, s := newWorld(t, v)
	w.now = at(181 * time.Second)
	got := mustDraw(t, s, request(3, 100, 1))
	if want := (game.Chance{Round: 2, Window: 1, Index: 1}); got.Counted != 1 || got.Next == nil || got.Next.Chance != want {
		t.Errorf("%+v, next %+v, want %v", got, got.Next, want)
	}
}

// A second device that asks for what the first has spent is told what is next for both.
func TestNextIsPastWhatIsBookedAndMarked(t *testing.T) {
	w, s := newWorld(t, always())
	w.now = at(20 * time.Second)
	mustDraw(t, s, request(1, 1, 30))
	if got := mustDraw(t, s, request(1, 1, 5)).Next; got.Chance.Index != 31 {
		t.Errorf("after a repetition: next %+v, want index 31", got)
	}

	w, s = newWorld(t, never())
	w.now = at(20 * time.Second)
	mustDraw(t, s, request(1, 1, 30))
	mustDraw(t, s, request(1, 31, 5))
	w.now = at(80 * time.Second)
	mustDraw(t, s, request(2, 1, 30))
	w.now = at(91 * time.Second)
	got := mustDraw(t, s, request(1, 40, 5)) // its window is over
	if want := (game.Chance{Round: 1, Window: 2, Index: 31}); got.Next == nil || got.Next.Chance != want {
		t.Errorf("after an expired span: next %+v, want %v", got.Next, want)
	}
}
