package app_test

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// server is a small campaign that answers as the real one would. Time is the bubble's.
type server struct {
	mu        sync.Mutex // of all that follows, and of what the page of a visit says
	t         *testing.T
	doc       api.Campaign
	bonus     *game.Bonus
	guarantee *game.Guarantee
	round     game.Round
	me        api.Me
	used      map[game.Chance]bool
	wins      map[game.Chance]api.Outcome // what chances give; the others are misses
	draws     []api.Draw
	corrected []api.Entry // grants and reversals
	exception *api.Version
	granted   int      // bonus chances beside those of the document's rule
	keys      []string // of redemptions
	polls     int
	down      bool          // nothing comes back
	lose      int           // answers to draws that get lost after they were decided
	refuse    *api.Problem  // what draws and redemptions are answered
	slow      time.Duration // before an answer
	behind    time.Duration // of the public document, besides
}

func newServer(t *testing.T) *server {
	now := time.Now().UTC()
	s := &server{t: t, used: map[game.Chance]bool{}, wins: map[game.Chance]api.Outcome{}}
	s.round = game.Round{Number: 1, OpensAt: now.Add(-time.Second), ClosesAt: now.Add(2 * time.Minute), WindowSeconds: 30, Chances: 20}
	s.doc = api.Campaign{
		ID: "c1", Slug: "spring", Name: game.Text{"en": "Spring", "zh": "迎春"}, State: game.StateOpen,
		OpensAt: s.round.OpensAt, ClosesAt: now.Add(time.Hour), Pool: api.Pool{Amount: 10000, Currency: "CNY"},
		NextRound: &api.NextRound{Number: 2, OpensAt: now.Add(10 * time.Minute)},
	}
	for i, zh := range []string{"爱国福", "富强福", "和谐福", "友善福", "敬业福"} {
		s.doc.Cards = append(s.doc.Cards, game.Card{Position: i + 1, Code: zh, Name: game.Text{"zh": zh, "en": "Card " + string(rune('A'+i))}})
	}
	return s
}

// now changes something of the campaign.
func (s *server) now(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// win has a chance of the first window give a card; position 0 is a wildcard.
func (s *server) win(window, index, position int) {
	o := api.Outcome{Index: index, Kind: game.EntryCard, Card: position}
	if position == 0 {
		o.Kind = game.EntryWildcard
	}
	s.wins[game.Chance{Round: 1, Window: window, Index: index}] = o
}

// prizes has the campaign offer packets and vouchers, and the first chances give some.
func (s *server) prizes(won ...api.Outcome) {
	s.doc.Odds.Weights = append(s.doc.Odds.Weights,
		api.Weight{Outcome: "packet", Kind: game.KindCash, Amount: 88, Weight: 20_000_000},
		api.Weight{Outcome: "tea", Kind: game.KindVoucher, Name: game.Text{"en": "A cup of tea", "zh": "一杯茶"}, Weight: 10_000_000})
	for i, o := range won {
		o.Index = i + 1
		s.wins[game.Chance{Round: 1, Window: 1, Index: i + 1}] = o
	}
}

var (
	packet = api.Outcome{Kind: game.EntryCash, Outcome: "packet", Amount: 88, Serial: 12}
	tea    = api.Outcome{Kind: game.EntryVoucher, Outcome: "tea", Code: "TEA-7K2M", Serial: 3}
)

func (s *server) fetch(_ context.Context, r backend.Request) (backend.Response, error) {
	s.mu.Lock()
	wait := 30*time.Millisecond + s.slow
	if r.Path == api.CampaignPath("spring") {
		wait += s.behind
	}
	s.mu.Unlock()
	time.Sleep(wait)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down {
		return backend.Response{}, backend.ErrOffline
	}
	path := strings.TrimPrefix(r.Path, api.Prefix)
	switch {
	case path == "/players":
		return s.reply(201, api.Player{Player: "p", Token: "t"})
	case path == "/campaigns":
		return s.reply(200, []api.CampaignSummary{{Slug: "old", State: game.StateSettled}, {Slug: "spring", State: s.doc.State}})
	case path == "/campaigns/spring":
		s.polls++
		return s.reply(200, s.public())
	case path == "/campaigns/spring/fairness":
		return s.reply(200, s.fairness())
	case strings.HasPrefix(path, "/campaigns/spring/me/entries"):
		return s.reply(200, s.book(path))
	case strings.HasPrefix(path, "/campaigns/spring/me"):
		return s.reply(200, s.mine())
	case s.refuse != nil:
		return s.reply(s.refuse.Status, *s.refuse)
	case path == "/campaigns/spring/draws":
		return s.draw(r.Body)
	case path == "/campaigns/spring/redemption":
		s.keys = append(s.keys, r.Header[api.HeaderIdempotencyKey])
		return s.redeem(r.Body)
	}
	return s.reply(404, api.Problem{Code: game.CodeCampaignUnknown, Detail: "no such campaign"})
}

func (s *server) fairness() api.Fairness {
	v := game.Version{
		Rounds: []game.Round{s.round},
		Stocks: []game.Stock{{Outcome: "敬业福", Total: 100, Releases: []game.Release{{At: s.round.OpensAt, Released: 40}, {At: s.round.ClosesAt, Released: 100}}}},
	}
	document, err := json.Marshal(v)
	if err != nil {
		s.t.Error(err)
	}
	f := api.Fairness{Versions: []api.Version{{Number: 1, Document: string(document)}}}
	if s.exception != nil {
		f.Versions = append(f.Versions, *s.exception)
		f.Versions[1].Document = string(document)
	}
	return f
}

// book gives the entries of what was won, after the n that is asked for.
func (s *server) book(path string) api.Entries {
	_, query, _ := strings.Cut(path, "?after=")
	after, err := strconv.ParseInt(query, 10, 64)
	if err != nil {
		s.t.Error(err)
	}
	var page api.Entries
	for c, o := range s.wins {
		if o.N <= after || !s.used[c] {
			continue
		}
		e := api.Entry{N: o.N, Kind: o.Kind, Round: c.Round, Window: c.Window, Index: c.Index, Card: o.Card, BookedAt: time.Now()}
		e.Outcome, e.Serial, e.Amount, e.Code = o.Outcome, o.Serial, o.Amount, o.Code
		if o.Card > 0 {
			e.Outcome = game.OutcomeID(s.doc.Cards[o.Card-1].Code)
		}
		page.Entries = append(page.Entries, e)
	}
	for _, e := range s.corrected {
		if e.N > after {
			page.Entries = append(page.Entries, e)
		}
	}
	slices.SortFunc(page.Entries, func(a, b api.Entry) int { return int(a.N - b.N) })
	return page
}

func (s *server) reply(status int, v any) (backend.Response, error) {
	b, err := json.Marshal(v)
	if err != nil {
		s.t.Error(err)
	}
	return backend.Response{Status: status, Body: b}, nil
}

func (s *server) public() api.Campaign {
	d, now := s.doc, time.Now().UTC()
	d.Now = now
	if w := s.round.WindowAt(now); w > 0 && d.State == game.StateOpen {
		d.Round = &api.Round{
			Number: 1, OpensAt: s.round.OpensAt, ClosesAt: s.round.ClosesAt, Window: w, WindowOpensAt: s.round.WindowOpens(w),
			WindowSeconds: s.round.WindowSeconds, Chances: s.round.Chances, GraceSeconds: 60, Bonus: s.bonus, Guarantee: s.guarantee,
		}
	}
	return d
}

func (s *server) next() (*api.Next, int) {
	w := s.round.WindowAt(time.Now())
	if w == 0 {
		return nil, 0
	}
	i := s.unused(w)
	if i > s.round.Chances {
		w, i = w+1, 1 // of the window that comes next, as the real one says
	}
	if w > s.round.Windows() {
		return nil, 0
	}
	return &api.Next{Round: 1, Window: w, Index: i, NotBefore: s.round.WindowOpens(w)}, s.round.Chances - i + 1
}

func (s *server) unused(window int) int {
	i := 1
	for s.used[game.Chance{Round: 1, Window: window, Index: i}] {
		i++
	}
	return i
}

// nextBonus gives the player's bonus chances, where the campaign has any.
func (s *server) nextBonus() *api.BonusChances {
	if s.bonus == nil {
		return nil
	}
	b := &api.BonusChances{Round: 1, Granted: s.bonus.EachRound + s.granted}
	if i := s.unused(game.BonusWindow); i <= b.Granted {
		b.Next = &api.Next{Round: 1, Window: game.BonusWindow, Index: i, NotBefore: s.round.OpensAt}
	}
	return b
}

func (s *server) mine() api.Me {
	me := s.me
	me.Next, me.Remaining = s.next()
	me.Bonus = s.nextBonus()
	return me
}

func (s *server) draw(body []byte) (backend.Response, error) {
	var ask api.Draw
	if err := json.Unmarshal(body, &ask); err != nil {
		s.t.Error(err)
	}
	s.draws = append(s.draws, ask)
	d := api.Drawn{Counted: ask.Taps, PaceMS: 400}
	for i := range ask.Taps {
		c := game.Chance{Round: ask.Round, Window: ask.Window, Index: ask.Index + i}
		o, won := s.wins[c]
		if won && !s.used[c] {
			s.me.Album.N++
			o.N = s.me.Album.N
			if o.Kind == game.EntryCard {
				s.me.Album.Counts[o.Card-1]++
			} else if o.Kind == game.EntryWildcard {
				s.me.Album.Wildcards++
			}
			s.wins[c] = o
		}
		if won {
			d.Outcomes = append(d.Outcomes, o)
		}
		s.used[c] = true
	}
	if len(d.Outcomes) > 0 {
		album := s.me.Album
		d.Album = &album
	}
	if d.Next, d.Remaining = s.next(); ask.Window == game.BonusWindow {
		d.Next, d.Remaining = nil, 0
		if b := s.nextBonus(); b.Next != nil {
			d.Next, d.Remaining = b.Next, b.Granted-b.Next.Index+1
		}
	}
	if s.lose > 0 {
		s.lose--
		return backend.Response{}, backend.ErrOffline
	}
	return s.reply(200, d)
}

func (s *server) redeem(body []byte) (backend.Response, error) {
	var ask api.Redeem
	if err := json.Unmarshal(body, &ask); err != nil {
		s.t.Error(err)
	}
	status := 200
	if s.me.Redemption == nil {
		counts, wild := ask.Wildcards.Burns()
		for i, n := range counts {
			s.me.Album.Counts[i] -= n
		}
		s.me.Album.Wildcards -= wild
		s.me.Album.N++
		s.me.Redemption = &api.Redemption{N: s.me.Album.N, RedeemedAt: time.Now()}
		s.doc.Completed++
		status = 201
	}
	return s.reply(status, api.Redeemed{Redemption: *s.me.Redemption, Album: s.me.Album, Completed: s.doc.Completed})
}
