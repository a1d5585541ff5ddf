package game_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func win(outcome game.OutcomeID, index int) game.Win {
	return game.Win{
		Chance: game.Chance{Round: 1, Window: 1, Index: index}, Outcome: outcome,
		Version: 4, AcceptedAt: at(time.Second),
	}
}

func TestBookWin(t *testing.T) {
	plain, prizes := five(), withPrizes()
	plain.Odds.Outcomes[4].Fallback = ""
	now := at(2 * time.Second)
	base := func(e game.Entry) game.Entry {
		e.Campaign, e.Player, e.N, e.Version = "c", "p", 8, 4
		e.Chance = game.Chance{Round: 1, Window: 1, Index: 3}
		e.AcceptedAt, e.BookedAt = at(time.Second), now
		return e
	}
	for name, test := range map[string]struct {
		version game.Version
		outcome game.OutcomeID
		serials game.Serials
		want    game.Entry
	}{
		"card": {five(), "c2", nil,
			game.Entry{Kind: game.EntryCard, Outcome: "c2", Card: 2, Counts: [5]int64{0, 1}}},
		"wildcard": {five(), "wild", nil,
			game.Entry{Kind: game.EntryWildcard, Outcome: "wild", Wildcards: 1}},
		"limited": {five(), "c5", game.Serials{"c5": {17, 33}},
			game.Entry{Kind: game.EntryCard, Outcome: "c5", Card: 5, Serial: 17, Counts: [5]int64{4: 1}}},
		"stock out, with a fallback": {five(), "c5", game.Serials{"c5": {}},
			game.Entry{Kind: game.EntryCard, Outcome: "c1", Raw: "c5", Card: 1, Counts: [5]int64{1}}},
		"stock out": {plain, "c5", game.Serials{"c1": {1}},
			game.Entry{Kind: game.EntrySoldOut, Raw: "c5"}},
		"cash": {prizes, "packet", game.Serials{"packet": {4}},
			game.Entry{Kind: game.EntryCash, Outcome: "packet", Serial: 4, Amount: 88}},
		"voucher": {prizes, "tea", game.Serials{"tea": {2}, "packet": {1}},
			game.Entry{Kind: game.EntryVoucher, Outcome: "tea", Serial: 2}},
		"cash out": {prizes, "packet", game.Serials{"tea": {2}},
			game.Entry{Kind: game.EntrySoldOut, Raw: "packet"}},
		"voucher out, with a fallback": {prizes, "tea", nil,
			game.Entry{Kind: game.EntryCard, Outcome: "c1", Raw: "tea", Card: 1, Counts: [5]int64{1}}},
	} {
		album := game.Album{Campaign: "c", Player: "p", N: 7, Counts: [5]int64{1, 1, 1, 1, 1}, Wildcards: 2}
		got, err := game.BookWin(&test.version, win(test.outcome, 3), test.serials, &album, now)
		if diff := cmp.Diff(base(test.want), got); diff != "" || err != nil {
			t.Errorf("%s: %v, entry (-want +got):\n%s", name, err, diff)
		}
		want := game.Album{
			Campaign: "c", Player: "p", N: 8, Counts: [5]int64{1, 1, 1, 1, 1}, Wildcards: 2 + test.want.Wildcards,
			Last: game.Chance{Round: 1, Window: 1, Index: 3},
		}
		for i, n := range test.want.Counts {
			want.Counts[i] += n
		}
		if diff := cmp.Diff(want, album); diff != "" {
			t.Errorf("%s: album (-want +got):\n%s", name, diff)
		}
	}
}

func TestBookWinOfNoOutcome(t *testing.T) {
	v, album := five(), game.Album{N: 3}
	_, err := game.BookWin(&v, win("c9", 1), nil, &album, start)
	if game.CodeOf(err) != game.CodeVersionUnknown {
		t.Errorf("code %q", game.CodeOf(err))
	}
	if diff := cmp.Diff(game.Album{N: 3}, album); diff != "" {
		t.Errorf("the album changed (-want +got):\n%s", diff)
	}
}

func TestDemand(t *testing.T) {
	v := five()
	got := game.Demand(&v, []game.Win{win("c5", 1), win("c1", 2), win("c5", 3), win("wild", 4)})
	if diff := cmp.Diff(map[game.OutcomeID]int64{"c5": 2}, got); diff != "" {
		t.Errorf("demand (-want +got):\n%s", diff)
	}
}

func TestAlbumKeepsItsHighestChance(t *testing.T) {
	album := game.Album{}
	for _, c := range []game.Chance{{1, 2, 3}, {1, 1, 9}, {}, {1, 2, 4}, {1, 2, 4}} {
		album.Append(game.Entry{Kind: game.EntrySoldOut, Chance: c})
	}
	if want := (game.Chance{Round: 1, Window: 2, Index: 4}); album.Last != want || album.N != 5 {
		t.Errorf("last %v, n %d", album.Last, album.N)
	}
}

// replay makes an album of entries alone, as somebody who only has the book's lines would.
func replay(entries []game.Entry) game.Album {
	a := game.Album{Campaign: "c", Player: "p"}
	for _, e := range entries {
		a.N++
		for i, n := range e.Counts {
			a.Counts[i] += n
		}
		a.Wildcards += e.Wildcards
		a.Redeemed = a.Redeemed || e.Kind == game.EntryRedeem
		if a.Last.Before(e.Chance) {
			a.Last = e.Chance
		}
	}
	return a
}

// Whatever is booked, summing the entries gives the album, no number is left out, no total falls
// below zero and no serial is given twice.
func TestEntriesReplayToTheAlbum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, album := five(), game.Album{Campaign: "c", Player: "p"}
		serials := game.Serials{"c5": ascending(rapid.Int64Range(0, 5).Draw(t, "serials"))}
		outcomes := rapid.SampledFrom([]game.OutcomeID{"c1", "c2", "c3", "c4", "c5", "c5", "wild"})
		var entries []game.Entry
		seen := map[int64]bool{}
		for i := range rapid.IntRange(0, 60).Draw(t, "wins") {
			if rapid.IntRange(0, 5).Draw(t, "redeems") == 0 {
				s := game.Substitution{rapid.IntRange(1, game.SetSize).Draw(t, "position"): rapid.IntRange(0, 1).Draw(t, "wildcards")}
				before := album
				e, err := album.Redeem(s, "key", start, start)
				if err != nil && album != before {
					t.Fatalf("refused with %v, still the album changed", err)
				} else if err == nil {
					entries = append(entries, e)
				}
			}
			e, err := game.BookWin(&v, win(outcomes.Draw(t, "outcome"), i+1), serials, &album, start)
			if err != nil {
				t.Fatal(err)
			}
			if e.Serial != 0 && seen[e.Serial] {
				t.Fatalf("serial %d is given twice", e.Serial)
			}
			seen[e.Serial] = true
			entries = append(entries, e)
		}
		redeemed := 0
		for i, e := range entries {
			if e.N != int64(i)+1 {
				t.Fatalf("entry %d has the number %d", i+1, e.N)
			}
			if e.Kind == game.EntryRedeem {
				redeemed++
			}
			for j, n := range replay(entries[:i+1]).Counts {
				if n < 0 {
					t.Fatalf("%d of card %d after entry %d", n, j+1, i+1)
				}
			}
		}
		if redeemed > 1 {
			t.Fatalf("%d redemptions", redeemed)
		}
		if diff := cmp.Diff(replay(entries), album); diff != "" {
			t.Fatalf("album (-replayed +kept):\n%s", diff)
		}
	})
}
