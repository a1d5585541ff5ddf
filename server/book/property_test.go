package book_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/game"
)

// A run of operations takes a second, so that fewer are tried than rapid would; -rapid.checks asks
// for more.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "20"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}

// Whatever is done in whatever order, the book is what a plain model says, and the invariants
// hold after it.
func TestAnyOrderOfOperations(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, url string) {
		campaigns := 0
		rapid.Check(t, func(rt *rapid.T) {
			campaigns++
			m := newModel(t, b, fmt.Sprint("any-", campaigns))
			rt.Repeat(map[string]func(*rapid.T){
				"book":    m.book,
				"redeem":  m.redeem,
				"correct": m.correct,
				"grant":   m.grant,
				"publish": m.publish,
				"skip":    m.skip,
				"":        m.agree,
			})
			found, err := booktest.Violations(t.Context(), url, grace)
			if err != nil || len(found) > 0 {
				rt.Fatalf("violations %v, %v", found, err)
			}
		})
	})
}

// model is what the book should say, kept in the plainest way.
type model struct {
	*stage
	versions []game.Version
	entries  map[game.PlayerID][]game.Entry
	keys     map[string]int // of redemptions that were made: the number of the entry
	back     map[taken]int64
	granted  map[game.PlayerID]int                 // bonus chances
	grants   map[game.OperationKey]game.BonusGrant // that were made
	answers  map[game.OperationKey]game.BonusGranted
}

const (
	modelTeas   = 2
	modelBonus  = 3 // bonus chances of every player
	modelGrants = 4 // the most that are granted besides
)

var modelPlayers = []game.PlayerID{"ann", "bob", "cho"}

func newModel(t *testing.T, b *book.Book, slug string) *model {
	s := draft(t, b, slug)
	s.load(codes(modelTeas)...)
	s.open(func(v *game.Version) {
		limit(4)(v)
		v.Odds.Outcomes[4].Fallback = "c1"
		prizes(3, modelTeas)(v)
		bonus(modelBonus, modelGrants)(v)
	})
	s.known(modelPlayers...)
	versions, err := b.Versions(s.ctx, s.id)
	s.must(err)
	return &model{
		stage: s, versions: []game.Version{versions[0].Version},
		entries: map[game.PlayerID][]game.Entry{}, keys: map[string]int{}, back: map[taken]int64{},
		granted: map[game.PlayerID]int{}, grants: map[game.OperationKey]game.BonusGrant{}, answers: map[game.OperationKey]game.BonusGranted{},
	}
}

// book gives some players some wins, old chances among them.
func (m *model) book(t *rapid.T) {
	players := rapid.Permutation(modelPlayers).Draw(t, "players")[:rapid.IntRange(1, 3).Draw(t, "in the batch")]
	var batch []game.Booking
	for _, p := range players {
		// Bonus chances are those before the first: 0 is the first of them, -1 the second.
		indexes := rapid.SliceOfNDistinct(rapid.IntRange(1-modelBonus-m.granted[p], 24), 1, 5, rapid.ID[int]).Draw(t, "indexes")
		slices.Sort(indexes)
		var wins []game.Win
		for _, index := range indexes {
			win := m.win(index, rapid.SampledFrom([]game.OutcomeID{"c1", "c2", "c3", "c4", "c5", "c5", "wild", "packet", "tea"}).Draw(t, "outcome"))
			win.Version = rapid.IntRange(1, len(m.versions)).Draw(t, "version")
			if index < 1 {
				win.Chance.Window, win.Chance.Index = game.BonusWindow, 1-index
			}
			wins = append(wins, win)
		}
		slices.SortFunc(wins, func(a, b game.Win) int { return order(a.Chance, b.Chance) })
		batch = append(batch, m.booking(p, wins...))
	}
	now := m.now()
	booked, err := m.stage.book.BookWins(m.ctx, m.id, batch)
	if err != nil {
		t.Fatal(err)
	}
	shares := m.shares(batch)
	for i, one := range batch {
		for j, win := range one.Wins {
			m.compare(t, win, booked[i].Entries[j], shares, now)
		}
	}
}

func order(a, b game.Chance) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// grant gives some bonus chances under a new key or an old one.
func (m *model) grant(t *rapid.T) {
	p := rapid.SampledFrom(modelPlayers).Draw(t, "player")
	g := m.bonusGrant(p, rapid.IntRange(1, 3).Draw(t, "chances"), rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "key"))
	got, err := m.stage.book.GrantBonus(m.ctx, g, begun)
	want, code := game.BonusGranted{Round: 1, Granted: modelBonus + m.granted[p] + g.Chances}, game.Code("")
	old, repeated := m.grants[g.Key]
	switch {
	case repeated && old == g:
		want = m.answers[g.Key]
	case repeated:
		code = game.CodeKeyReused
	case m.granted[p]+g.Chances > modelGrants:
		code = game.CodeBeyondChances
	default:
		m.granted[p] += g.Chances
		m.grants[g.Key], m.answers[g.Key] = g, want
	}
	if game.CodeOf(err) != code || code == "" && got != want {
		t.Fatalf("%+v: %+v, %v; want %+v, %q", g, got, err, want, code)
	}
}

// part is what a version's stock has of an outcome.
type part struct {
	version int
	outcome game.OutcomeID
}

// shares gives how many pieces of limited outcomes the new wins of a batch get, by version: of
// those that a stock has and nobody got, lower versions first.
func (m *model) shares(batch []game.Booking) map[part]int64 {
	wanted := map[part]int64{}
	for _, one := range batch {
		for _, win := range one.Wins {
			if _, old := m.find(one.Player, win.Chance); !old {
				wanted[part{win.Version, win.Outcome}]++
			}
		}
	}
	shares := map[part]int64{}
	sums := map[game.OutcomeID]int64{}
	for number, v := range m.versions {
		for _, stock := range v.Stocks {
			at := part{number + 1, stock.Outcome}
			left := stock.Total - sums[stock.Outcome]
			for _, entries := range m.entries {
				for _, e := range entries {
					if e.Outcome == stock.Outcome && e.Serial <= stock.Total {
						left--
					}
				}
			}
			shares[at] = max(0, min(wanted[at], left))
			sums[stock.Outcome] += shares[at]
		}
	}
	return shares
}

func (m *model) find(p game.PlayerID, c game.Chance) (game.Entry, bool) {
	for _, e := range m.entries[p] {
		if e.Chance == c {
			return e, true
		}
	}
	return game.Entry{}, false
}

// compare checks one answer, and keeps it where it is new. shares is what is left of each
// version's part of limited outcomes.
func (m *model) compare(t *rapid.T, win game.Win, got game.Entry, shares map[part]int64, now time.Time) {
	if old, ok := m.find(got.Player, win.Chance); ok {
		if old != got {
			t.Fatalf("the chance gave %+v, now %+v", old, got)
		}
		return
	}
	want := win.Outcome
	left, limited := shares[part{win.Version, want}]
	switch {
	case limited && left > 0:
		shares[part{win.Version, want}]--
	case limited:
		drawn, _ := m.versions[win.Version-1].Odds.Find(want)
		want, limited = drawn.Fallback, false
	}
	if got.Outcome != want || (got.Serial > 0) != limited || got.Chance != win.Chance ||
		got.N != int64(len(m.entries[got.Player])+1) || got.BookedAt.Before(now) {
		t.Fatalf("want %s as entry %d, got %+v", want, len(m.entries[got.Player])+1, got)
	}
	prize := game.Entry{Amount: got.Amount, Code: got.Code}
	switch want {
	case "packet":
		prize.Amount -= 88
	case "tea":
		prize.Code = strings.TrimPrefix(prize.Code, code(got.Serial))
	}
	if prize != (game.Entry{}) {
		t.Fatalf("the prize of %+v", got)
	}
	m.entries[got.Player] = append(m.entries[got.Player], got)
}

// redeem tries to burn a set under a new key or an old one.
func (m *model) redeem(t *rapid.T) {
	p := rapid.SampledFrom(modelPlayers).Draw(t, "player")
	key := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key")
	s := game.Substitution{}
	if card := rapid.IntRange(0, 5).Draw(t, "by wildcard"); card > 0 {
		s[card] = 1
	}
	name := string(p) + "/" + key
	before := m.total(p)
	op := m.operation(p, string(m.id)+key, "body")
	r, a, made, err := m.stage.book.BookRedemption(m.ctx, op, s, m.accepted)
	n, repeated := m.keys[name]
	counts, wildcards := s.Burns()
	complete := before.Wildcards >= wildcards
	for i, c := range counts {
		complete = complete && before.Counts[i] >= c
	}
	switch {
	case repeated:
		if err != nil || made || r.N != int64(n) {
			t.Fatalf("repeated: %+v, %v, %v", r, made, err)
		}
	case before.Redeemed:
		if game.CodeOf(err) != game.CodeAlreadyRedeemed {
			t.Fatalf("redeemed again: %v", err)
		}
	case !complete:
		if game.CodeOf(err) != game.CodeSetIncomplete {
			t.Fatalf("incomplete: %v", err)
		}
	default:
		if err != nil || !made || r.N != before.N+1 || a.N != r.N {
			t.Fatalf("redeemed: %+v, %+v, %v, %v", r, a, made, err)
		}
		m.keys[name] = int(r.N)
		e := game.Entry{Kind: game.EntryRedeem, Wildcards: -wildcards}
		for i, c := range counts {
			e.Counts[i] = -c
		}
		m.entries[p] = append(m.entries[p], e)
	}
}

// publish adds a version with more of card 5, and of packets.
func (m *model) publish(t *rapid.T) {
	if len(m.versions) == 4 {
		t.Skip("enough versions")
	}
	last := m.versions[len(m.versions)-1]
	next := last
	next.Stocks = slices.Clone(last.Stocks)
	next.Stocks[0].Total += rapid.Int64Range(0, 9).Draw(t, "more")
	next.Stocks[1].Total += rapid.Int64Range(0, 2).Draw(t, "more packets")
	kept, err := m.stage.book.SaveVersion(m.ctx, m.id, saved(next), len(m.versions))
	if err != nil {
		t.Fatal(err)
	}
	m.stage.publish(kept.Number)
	m.versions = append(m.versions, next)
}

func (m *model) skip(*rapid.T) { m.must(m.stage.book.Skip(m.ctx, time.Second)) }

// total sums a player's entries.
func (m *model) total(p game.PlayerID) game.Album {
	a := game.Album{Campaign: m.id, Player: p}
	for _, e := range m.entries[p] {
		a.N++
		for i := range a.Counts {
			a.Counts[i] += e.Counts[i]
		}
		a.Wildcards += e.Wildcards
		if a.Last.Before(e.Chance) {
			a.Last = e.Chance
		}
		a.Redeemed = a.Redeemed || e.Kind == game.EntryRedeem
	}
	return a
}

// agree compares all albums.
func (m *model) agree(t *rapid.T) {
	for _, p := range modelPlayers {
		got, err := m.stage.book.Album(m.ctx, m.id, p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m.total(p), got); diff != "" {
			t.Fatalf("album of %s (-model +book): %s", p, diff)
		}
	}
}
