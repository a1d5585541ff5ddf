package draw_test

import (
	"context"
	"encoding/base64"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
)

var away = &game.Error{Code: game.CodeUnavailable, Message: "the book cannot be reached", RetryAfter: time.Second}

func TestOldSnapshotGivesATicket(t *testing.T) {
	w, s := newWorld(t, always())
	w.now, w.behind = at(time.Minute), lead+1
	q := request(2, 1, 1)
	q.Ticket = ticketOf(t, s, q)
	if len(w.calls) != 0 {
		t.Errorf("calls %v of a draw that was put off", w.calls)
	}
	w.behind = lead
	if got := mustDraw(t, s, request(2, 1, 1)); len(got.Entries) != 1 {
		t.Errorf("a snapshot just new enough decided nothing: %+v", got)
	}
}

// stuck is a book that does not answer for as long as one waits.
type stuck struct{ *world }

func (stuck) Book(ctx context.Context, _ game.Booking) (game.Booked, error) {
	<-ctx.Done()
	return game.Booked{}, ctx.Err()
}

func (stuck) EntriesOf(ctx context.Context, _ game.CampaignID, _ game.PlayerID, _ game.Span) ([]game.Entry, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// Whoever waits for a book that is stuck has the ticket before they give up, at ten seconds.
func TestStuckBookGivesATicketInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _ := newWorld(t, always())
		s := draw.New(draw.Config{Load: w, Lead: lead, Grace: grace, Pace: time.Second}, w, stuck{w}, stuck{w}, w, w.marks, []byte("ticket"))
		w.now = at(time.Second)
		begun := time.Now()
		ticketOf(t, s, request(1, 1, 1))
		w.now = at(time.Hour) // past the window: what was booked of it is asked for
		if _, err := s.Draw(t.Context(), request(1, 1, 1)); err == nil {
			t.Error("a stuck book answered")
		}
		if waited := time.Since(begun); waited > 16*time.Second {
			t.Errorf("two draws waited %v for a book that is stuck", waited)
		}
	})
}

func TestTicketOutlastsItsWindow(t *testing.T) {
	for name, c := range map[string]struct{ fail, mend func(*world) }{
		"the snapshot was old": {
			func(w *world) { w.behind = 2 * time.Hour },
			func(w *world) { w.behind = 0 },
		},
		"the book was away": {
			func(w *world) { w.broken = away },
			func(w *world) { w.broken = nil },
		},
		"the book broke": {
			func(w *world) { w.broken = errors.New("connection reset") },
			func(w *world) { w.broken = nil },
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, s := newWorld(t, even())
			w.now = at(70*time.Second + 333*time.Nanosecond)
			c.fail(w)
			q := request(2, 1, 64)
			q.Ticket = ticketOf(t, s, q)
			accepted := w.now

			w.now = at(3*time.Minute + grace + time.Hour)
			if again := ticketOf(t, s, q); again != q.Ticket {
				t.Error("tried again too soon, the ticket was exchanged for another")
			}
			c.mend(w)
			got := mustDraw(t, s, q)
			part := q
			part.Span.Taps = 21 // what the pace allowed when they were accepted
			if got.Counted != 21 || got.Code != game.CodeTooEarly {
				t.Errorf("counted %d, code %q", got.Counted, got.Code)
			}
			if diff := cmp.Diff(expected(even(), part), cards(got.Entries)); diff != "" {
				t.Errorf("cards (-want +got):\n%s", diff)
			}
			for _, e := range got.Entries {
				if !e.AcceptedAt.Equal(accepted.Truncate(time.Microsecond)) {
					t.Errorf("accepted at %v, want %v", e.AcceptedAt, accepted)
				}
			}
			again := mustDraw(t, s, q)
			if diff := cmp.Diff(got, again, same); diff != "" {
				t.Errorf("the second answer differs (-first +second):\n%s", diff)
			}
		})
	}
}

// The pace at which a chance falls due can be finer than the microseconds of a ticket.
func TestTicketLosesNoChanceToRounding(t *testing.T) {
	v := always()
	v.Rounds[0].TapsPerSecond = 3
	w, s := newWorld(t, v)
	w.now, w.broken = at(time.Second/3+100), away // the second chance is due at 333333333 ns
	q := request(1, 1, 2)
	direct, err := s.Draw(t.Context(), q)
	var e *game.Error
	if !errors.As(err, &e) {
		t.Fatalf("%+v, %v", direct, err)
	}
	w.broken = nil
	without := mustDraw(t, s, q)
	q.Ticket = e.Ticket
	if with := mustDraw(t, s, q); with.Counted != without.Counted {
		t.Errorf("counted %d with the ticket and %d without", with.Counted, without.Counted)
	}
}

func TestTicketIsGoodUntilTheSeal(t *testing.T) {
	w, s := newWorld(t, always())
	w.now, w.broken = at(10*time.Second), away
	q := request(1, 1, 3)
	q.Ticket = ticketOf(t, s, q)
	w.broken = nil

	w.run.ShakingPaused = true // what was accepted before the pause counts
	closed := at(3 * time.Minute)
	w.run.State, w.run.ClosedAt, w.now = game.StateClosed, &closed, at(10*time.Minute)
	sealed := *w.run
	if got := mustDraw(t, s, q); len(got.Entries) != 3 {
		t.Errorf("after closing: %+v, want three cards", got)
	}
	sealed.State = game.StateSealed
	w.run, w.books = &sealed, map[game.PlayerID][]game.Entry{}
	if _, err := s.Draw(t.Context(), q); game.CodeOf(err) != game.CodeCampaignSealed {
		t.Errorf("after the seal: %v", err)
	}
}

// A pause puts nothing off: it gives no ticket, with which the chances would outlast it.
func TestRefusalsGiveNoTicket(t *testing.T) {
	w, s := newWorld(t, always())
	w.run.ShakingPaused = true
	_, err := s.Draw(t.Context(), request(1, 1, 1))
	var e *game.Error
	if !errors.As(err, &e) || e.Ticket != "" || e.RetryAfter <= 0 {
		t.Errorf("%#v, want a time and no ticket", err)
	}
}

func TestForeignTickets(t *testing.T) {
	w, s := newWorld(t, always())
	w.now, w.behind = at(20*time.Second), 3*time.Minute
	q := request(1, 5, 10)
	ticket := ticketOf(t, s, q)
	foreign := ticketOf(t, w.service([]byte("another key of thirty-two bytes.")), q)
	w.behind = 0
	bytes, err := base64.RawURLEncoding.DecodeString(ticket)
	if err != nil {
		t.Fatal(err)
	}
	later := append([]byte{}, bytes...)
	later[7]++

	for _, c := range []struct {
		name   string
		ticket string
		change func(*draw.Request)
	}{
		{"another player", ticket, func(q *draw.Request) { q.ID.Player = "p2" }},
		{"another index", ticket, func(q *draw.Request) { q.Span.Index++ }},
		{"another window", ticket, func(q *draw.Request) { q.Span.Window++ }},
		{"more taps", ticket, func(q *draw.Request) { q.Span.Taps++ }},
		{"fewer taps", ticket, func(q *draw.Request) { q.Span.Taps-- }},
		{"another time", base64.RawURLEncoding.EncodeToString(later), nil},
		{"another key", foreign, nil},
		{"cut off", ticket[:len(ticket)-2], nil},
		{"no base64", "***", nil},
		{"loose last bits", ticket[:len(ticket)-1] + string(nextDigit(ticket[len(ticket)-1])), nil},
		{"long", ticket + ticket, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := q
			if c.change != nil {
				c.change(&q)
			}
			q.Ticket = c.ticket
			_, err := s.Draw(t.Context(), q)
			if fields := game.FieldsOf(err); game.CodeOf(err) != game.CodeTicketInvalid || len(fields) != 1 || fields[0].Name != "ticket" {
				t.Errorf("%v, want ticket_invalid of the field ticket", err)
			}
		})
	}
	if len(w.books) != 0 {
		t.Error("something was booked")
	}
	q.Ticket = ticket
	if got := mustDraw(t, s, q); len(got.Entries) != 10 {
		t.Errorf("the ticket as it was given: %+v", got)
	}
}

// nextDigit gives a base64 digit that differs in the last bit.
func nextDigit(c byte) byte {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i := range len(digits) {
		if digits[i] == c {
			return digits[i^1]
		}
	}
	return c
}
