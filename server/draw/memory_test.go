package draw_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

const (
	lead  = time.Minute
	grace = 30 * time.Second
	pace  = time.Second
)

// start is when the first round opens.
var start = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

func at(d time.Duration) time.Time { return start.Add(d) }

// world is a campaign that is running, with a clock that the test moves and a book in memory. It
// counts the calls of each method that a draw may make.
type world struct {
	loaded bool // so much that taps are sampled out
	run    *game.Running
	now    time.Time
	behind time.Duration // how old the snapshot is
	onFind func()

	mu     sync.Mutex
	calls  map[string]int
	broken error // of the book
	albums map[game.PlayerID]*game.Album
	books  map[game.PlayerID][]game.Entry
	marks  *draw.Marks

	granted int // bonus chances of each player
}

var seed = [32]byte{7, 7, 7}

// newWorld opens a campaign of the versions, of which the first was published long before start.
func newWorld(t *testing.T, versions ...*game.SavedVersion) (*world, *draw.Service) {
	t.Helper()
	for i, v := range versions {
		if err := v.Check(); err != nil {
			t.Fatalf("version %d: %v", i, err)
		}
	}
	w := &world{
		run: &game.Running{
			Campaign: game.Campaign{
				ID: "c1", Slug: "spring", State: game.StateOpen,
				OpensAt: versions[0].Opens(), ClosesAt: versions[0].Closes(),
			},
			Versions: versions, SealedKey: []byte("sealed"),
		},
		now:    at(time.Second),
		calls:  map[string]int{},
		albums: map[game.PlayerID]*game.Album{},
		books:  map[game.PlayerID][]game.Entry{},
	}
	w.marks = draw.NewMarks(lost{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	return w, w.service([]byte("a key of thirty-two bytes, 0123."))
}

func (w *world) service(key []byte) *draw.Service {
	return draw.New(draw.Config{Load: w, Lead: lead, Grace: grace, Pace: pace}, w, w, w, w, w.marks, key)
}

// lost is a Redis that takes marks and forgets them.
type lost struct{}

func (lost) Mark(context.Context, []game.Mark) error             { return nil }
func (lost) Count(context.Context, game.CampaignID, int64) error { return nil }

func (lost) CountSampledOut(context.Context, game.CampaignID, int64) error { return nil }

// Pace asks three times the base under load.
func (w *world) Pace(base time.Duration) time.Duration {
	if w.loaded {
		return 3 * base
	}
	return base
}

func (w *world) SpareDraw() bool { return w.loaded }

func (w *world) Find(slug string) (*game.Running, error) {
	if slug != w.run.Slug {
		return nil, game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
	}
	run := *w.run // as the snapshot saw it
	run.Versions = slices.DeleteFunc(slices.Clone(run.Versions), func(v *game.SavedVersion) bool {
		return v.PublishedAt.After(w.At())
	})
	if w.onFind != nil {
		w.onFind()
	}
	return &run, nil
}

func (w *world) Now() time.Time { return w.now }
func (w *world) At() time.Time  { return w.now.Add(-w.behind) }

func (w *world) Seed(id game.CampaignID, sealed []byte, round int) ([32]byte, error) {
	if id != w.run.ID || string(sealed) != "sealed" {
		return [32]byte{}, errors.New("not the campaign's key")
	}
	s := seed
	s[31] = byte(round)
	return s, nil
}

func (w *world) called(method string) error {
	w.calls[method]++
	return w.broken
}

// Book books by the same rule as the real book does, and answers chances booked before as they were.
func (w *world) Book(_ context.Context, b game.Booking) (game.Booked, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.called("Book"); err != nil {
		return game.Booked{}, err
	}
	a := w.albumOf(b.Player)
	var booked game.Booked
	for _, win := range b.Wins {
		i := slices.IndexFunc(w.books[b.Player], func(e game.Entry) bool { return e.Chance == win.Chance })
		if i < 0 {
			version := w.run.Versions[slices.IndexFunc(w.run.Versions, func(v *game.SavedVersion) bool { return v.Number == win.Version })]
			e, err := game.BookWin(&version.Version, win, nil, a, w.now)
			if err != nil {
				return game.Booked{}, err
			}
			i = len(w.books[b.Player])
			w.books[b.Player] = append(w.books[b.Player], e)
		}
		booked.Entries = append(booked.Entries, w.books[b.Player][i])
	}
	booked.Album = *a
	return booked, nil
}

func (w *world) albumOf(p game.PlayerID) *game.Album {
	if w.albums[p] == nil {
		w.albums[p] = &game.Album{Campaign: w.run.ID, Player: p}
	}
	return w.albums[p]
}

// Read gives an album no newer than was asked for: a Redis that is late does so too.
func (w *world) Read(_ context.Context, _ game.CampaignID, p game.PlayerID, n int64) (game.Album, error) {
	err := w.called("Read")
	a := game.Album{Campaign: w.run.ID, Player: p}
	for _, e := range w.books[p][:n] {
		a.Append(e)
	}
	return a, err
}

func (w *world) Granted(context.Context, game.CampaignID, game.PlayerID, int) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.called("Granted"); err != nil {
		return 0, err
	}
	return w.granted, nil
}

func (w *world) EntriesOf(_ context.Context, _ game.CampaignID, p game.PlayerID, s game.Span) ([]game.Entry, error) {
	if err := w.called("EntriesOf"); err != nil {
		return nil, err
	}
	var found []game.Entry
	for _, e := range w.books[p] {
		if e.Chance.Round == s.Round && e.Chance.Window == s.Window && s.Index <= e.Chance.Index && e.Chance.Index <= s.Last() {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b game.Entry) int { return a.Chance.Index - b.Chance.Index })
	return found, nil
}

// version is of one round of three windows of a minute with 120 chances, two a second.
func version(number int, published time.Time, miss int64, weights ...int64) *game.SavedVersion {
	v := &game.SavedVersion{Number: number, PublishedAt: published}
	v.Odds.Miss = miss
	for i, weight := range weights {
		id := game.OutcomeID([]string{"one", "two", "three", "four", "five"}[i])
		v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{ID: id, Kind: game.KindCard, Card: i + 1, Weight: weight})
	}
	v.Rounds = []game.Round{{
		Number: 1, OpensAt: start, ClosesAt: at(3 * time.Minute), WindowSeconds: 60, Chances: 120, TapsPerSecond: 2,
	}}
	return v
}

var longAgo = at(-100 * time.Hour)

// even gives a card in one of two draws.
func even() *game.SavedVersion { return version(1, longAgo, game.Scale/2, game.Scale/4, game.Scale/4) }

// always gives card one, and never gives none.
func always() *game.SavedVersion { return version(1, longAgo, 0, game.Scale) }
func never() *game.SavedVersion  { return version(1, longAgo, game.Scale, 0) }

func request(window, index, taps int) draw.Request {
	return draw.Request{
		Slug: "spring",
		ID:   pick.Identity{Player: "p1", ClientSeed: [32]byte{1}},
		Span: game.Span{Chance: game.Chance{Round: 1, Window: window, Index: index}, Taps: taps},
	}
}

// expected computes, apart from the service, which indexes of a request are no miss, and their cards.
func expected(v *game.SavedVersion, q draw.Request) map[int]int {
	id := q.ID
	id.Campaign = "c1"
	s := seed
	s[31] = byte(q.Span.Round)
	cards := map[int]int{}
	for i, outcome := range pick.New(s).Span(nil, pick.NewTable(v.Odds, v.Guarantee), id, q.Span) {
		if outcome != game.Miss {
			cards[q.Span.Index+i] = outcome + 1
		}
	}
	return cards
}

// cards gives what entries gave, by the index of their chance.
func cards(entries []game.Entry) map[int]int {
	m := map[int]int{}
	for _, e := range entries {
		m[e.Chance.Index] = e.Card
	}
	return m
}

func mustDraw(t *testing.T, s *draw.Service, q draw.Request) draw.Result {
	t.Helper()
	result, err := s.Draw(t.Context(), q)
	if err != nil {
		t.Fatalf("draw %v: %v", q.Span, err)
	}
	return result
}

// ticketOf draws what must be put off, and gives its ticket.
func ticketOf(t *testing.T, s *draw.Service, q draw.Request) string {
	t.Helper()
	_, err := s.Draw(t.Context(), q)
	var e *game.Error
	if !errors.As(err, &e) || e.Code != game.CodeUnavailable || e.Ticket == "" || e.RetryAfter <= 0 {
		t.Fatalf("draw %v: %#v, want unavailable with a ticket and a time", q.Span, err)
	}
	return e.Ticket
}
