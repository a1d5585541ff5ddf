package redeem_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

var now = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

// world is a snapshot, a Redis, a book and its follower, for one player.
type world struct {
	run      *game.Running
	album    game.Album
	done     *game.Redemption
	op       game.Operation // of done
	verdict  game.Verdict
	liveErr  error
	bookErr  error
	asked    []game.Operation // of the book
	leased   []game.Operation
	released []game.Operation
	followed []game.Album
}

func newWorld() (*world, *redeem.Service) {
	w := &world{
		run:     &game.Running{Campaign: game.Campaign{ID: "c1", Slug: "spring", State: game.StateOpen}, Completed: 41},
		album:   game.Album{Campaign: "c1", Player: "p1", N: 9, Counts: [game.SetSize]int64{2, 1, 1, 1, 0}, Wildcards: 1},
		verdict: game.VerdictReady,
	}
	return w, &redeem.Service{Campaigns: w, Book: w, Live: w, Albums: w}
}

func (w *world) Find(slug string) (*game.Running, error) {
	if slug != w.run.Slug {
		return nil, game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
	}
	return w.run, nil
}

func (w *world) Now() time.Time { return now }

func (w *world) Lease(_ context.Context, op game.Operation, _ game.Substitution) (game.Verdict, error) {
	w.leased = append(w.leased, op)
	return w.verdict, w.liveErr
}

func (w *world) Release(_ context.Context, op game.Operation) error {
	w.released = append(w.released, op)
	return nil
}

func (w *world) Follow(a game.Album) { w.followed = append(w.followed, a) }

// BookRedemption judges as the real book does, by the rule of game and by the operation.
func (w *world) BookRedemption(_ context.Context, op game.Operation, s game.Substitution, acceptedAt time.Time) (game.Redemption, game.Album, bool, error) {
	w.asked = append(w.asked, op)
	if w.bookErr != nil {
		return game.Redemption{}, game.Album{}, false, w.bookErr
	}
	if w.done != nil && w.op.Key == op.Key {
		if w.op != op {
			return game.Redemption{}, game.Album{}, false, game.Fail(game.CodeKeyReused, "")
		}
		return *w.done, w.album, false, nil
	}
	e, err := w.album.Redeem(s, op.Key, acceptedAt, now)
	if err != nil {
		return game.Redemption{}, game.Album{}, false, err
	}
	w.done, w.op = &game.Redemption{Campaign: op.Campaign, Player: op.Player, N: e.N, RedeemedAt: now}, op
	return *w.done, w.album, true, nil
}

var fifth = game.Substitution{5: 1}

func TestRedeem(t *testing.T) {
	w, s := newWorld()
	got, err := s.Redeem(t.Context(), "spring", "p1", "key", fifth)
	if err != nil {
		t.Fatal(err)
	}
	want := redeem.Redeemed{
		Redemption: game.Redemption{Campaign: "c1", Player: "p1", N: 10, RedeemedAt: now},
		Album:      w.album, Completed: 42, Made: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w.album.Counts != [game.SetSize]int64{1, 0, 0, 0, 0} || w.album.Wildcards != 0 || !w.album.Redeemed {
		t.Errorf("album %+v", w.album)
	}
	if diff := cmp.Diff([]game.Album{w.album}, w.followed); diff != "" {
		t.Errorf("followed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(w.leased, w.released); diff != "" || len(w.leased) != 1 {
		t.Errorf("leased %v, released %v", w.leased, w.released)
	}

	w.run.Completed = 42
	w.verdict = game.VerdictRedeemed
	again, err := s.Redeem(t.Context(), "spring", "p1", "key", fifth)
	want.Made = false
	if diff := cmp.Diff(want, again); diff != "" || err != nil {
		t.Errorf("repeated: %v (-want +got):\n%s", err, diff)
	}
	if _, err := s.Redeem(t.Context(), "spring", "p1", "another", fifth); game.CodeOf(err) != game.CodeAlreadyRedeemed {
		t.Errorf("with another key: %v", err)
	}
	if _, err := s.Redeem(t.Context(), "spring", "p1", "key", game.Substitution{4: 1}); game.CodeOf(err) != game.CodeKeyReused {
		t.Errorf("with another body: %v", err)
	}
}

// What is asked for, not how it is written, makes two requests the same.
func TestBodyHash(t *testing.T) {
	hash := func(slug string, s game.Substitution) string {
		w, service := newWorld()
		w.run.ID = game.CampaignID(slug)
		_, _ = service.Redeem(t.Context(), "spring", "p1", "key", s)
		return w.asked[0].BodyHash
	}
	none := hash("c1", nil)
	for name, s := range map[string]game.Substitution{
		"empty": {}, "a zero": {3: 0}, "all zeros": {5: 0, 4: 0, 3: 0, 2: 0, 1: 0},
	} {
		if hash("c1", s) != none {
			t.Errorf("%s differs from none at all", name)
		}
	}
	two := hash("c1", game.Substitution{2: 1, 5: 1})
	if hash("c1", game.Substitution{5: 1, 4: 0, 2: 1}) != two {
		t.Error("the order or a zero makes a difference")
	}
	seen := map[string]string{}
	for name, h := range map[string]string{
		"none": none, "2 and 5": two, "another campaign": hash("c2", nil),
		"1": hash("c1", game.Substitution{1: 1}), "2": hash("c1", game.Substitution{2: 1}), "5": hash("c1", fifth),
	} {
		if len(h) != 64 || seen[h] != "" {
			t.Errorf("%s has the hash %q of %s", name, h, seen[h])
		}
		seen[h] = name
	}
}

func TestBadRequestsReachNothing(t *testing.T) {
	for _, c := range []struct {
		name  string
		slug  string
		key   game.OperationKey
		s     game.Substitution
		code  game.Code
		field string
	}{
		{"unknown campaign", "autumn", "key", nil, game.CodeCampaignUnknown, "slug"},
		{"no key", "spring", "", nil, game.CodeInvalid, "Idempotency-Key"},
		{"long key", "spring", game.OperationKey(strings.Repeat("k", 129)), nil, game.CodeInvalid, "Idempotency-Key"},
		{"key that is not text", "spring", "\xff\xfe", nil, game.CodeInvalid, "Idempotency-Key"},
		{"key with a control character", "spring", "a\x00b", nil, game.CodeInvalid, "Idempotency-Key"},
		{"key beyond ASCII", "spring", "福", nil, game.CodeInvalid, "Idempotency-Key"},
		{"card 0", "spring", "key", game.Substitution{0: 1}, game.CodeCardUnknown, "wildcards.0"},
		{"card 6", "spring", "key", game.Substitution{6: 1}, game.CodeCardUnknown, "wildcards.6"},
		{"two for one card", "spring", "key", game.Substitution{5: 2}, game.CodeInvalid, "wildcards.5"},
		{"less than none", "spring", "key", game.Substitution{5: -1}, game.CodeInvalid, "wildcards.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld()
			_, err := s.Redeem(t.Context(), c.slug, "p1", c.key, c.s)
			fields := game.FieldsOf(err)
			if game.CodeOf(err) != c.code || len(fields) != 1 || fields[0].Name != c.field {
				t.Errorf("%v, want %s of %s", err, c.code, c.field)
			}
			if len(w.leased)+len(w.asked)+len(w.followed) != 0 {
				t.Error("Redis or the book was asked")
			}
		})
	}
	w, s := newWorld()
	if _, err := s.Redeem(t.Context(), "spring", "p1", game.OperationKey(strings.Repeat("k", 128)), fifth); err != nil {
		t.Errorf("the longest key: %v", err)
	}
	if w.done == nil {
		t.Error("nothing was redeemed")
	}
}

// Only Redis's yes is taken; whatever else it says, the book has the last word.
func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		verdict  game.Verdict
		liveErr  error
		released int
	}{
		{game.VerdictReady, nil, 1},
		{game.VerdictIncomplete, nil, 0},
		{game.VerdictRedeemed, nil, 0},
		{game.VerdictUnknown, nil, 0},
		{"", errors.New("away"), 0},
		{game.VerdictLeased, errors.New("away"), 0},
	} {
		w, s := newWorld()
		w.verdict, w.liveErr = c.verdict, c.liveErr
		got, err := s.Redeem(t.Context(), "spring", "p1", "key", fifth)
		if err != nil || !got.Made || len(w.asked) != 1 {
			t.Errorf("%s, %v: %+v, %v", c.verdict, c.liveErr, got, err)
		}
		if len(w.released) != c.released {
			t.Errorf("%s, %v: released %d times, want %d", c.verdict, c.liveErr, len(w.released), c.released)
		}
	}
}

func TestLeasedIsBusy(t *testing.T) {
	w, s := newWorld()
	w.verdict = game.VerdictLeased
	_, err := s.Redeem(t.Context(), "spring", "p1", "key", fifth)
	var e *game.Error
	if !errors.As(err, &e) || e.Code != game.CodeBusy || e.RetryAfter <= 0 {
		t.Errorf("%v, want busy with a time", err)
	}
	if len(w.asked)+len(w.released) != 0 {
		t.Error("the book was asked, or another's lease released")
	}
}

func TestRefusalsOfTheBook(t *testing.T) {
	for _, c := range []struct {
		name string
		with func(*world)
		s    game.Substitution
		code game.Code
	}{
		{"a card is missing", func(*world) {}, nil, game.CodeSetIncomplete},
		{"a wildcard is missing", func(w *world) { w.album.Wildcards = 0 }, fifth, game.CodeSetIncomplete},
		{"sealed", func(w *world) { w.bookErr = game.Fail(game.CodeCampaignSealed, "") }, fifth, game.CodeCampaignSealed},
		{"away", func(w *world) { w.bookErr = game.Fail(game.CodeUnavailable, "") }, fifth, game.CodeUnavailable},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld()
			c.with(w)
			_, err := s.Redeem(t.Context(), "spring", "p1", "key", c.s)
			if game.CodeOf(err) != c.code {
				t.Errorf("%v, want %s", err, c.code)
			}
			if w.done != nil || len(w.followed) != 0 || w.album.N != 9 {
				t.Error("something changed")
			}
			if len(w.released) != 1 {
				t.Errorf("the lease was released %d times", len(w.released))
			}
		})
	}
}
