package game_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRedeem(t *testing.T) {
	full := game.Album{N: 9, Counts: [5]int64{1, 2, 3, 1, 1}, Wildcards: 1}
	none := game.Album{N: 9, Counts: [5]int64{3, 3, 0, 1, 0}, Wildcards: 2}
	wild := game.Album{N: 9, Wildcards: 5}
	done := full
	done.Redeemed = true
	all := game.Substitution{1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
	for name, test := range map[string]struct {
		album  game.Album
		s      game.Substitution
		code   game.Code
		fields []string
		counts [5]int64 // of the entry
		wilds  int64
	}{
		"a full set":             {full, nil, "", nil, [5]int64{-1, -1, -1, -1, -1}, 0},
		"zeros say nothing":      {full, game.Substitution{3: 0}, "", nil, [5]int64{-1, -1, -1, -1, -1}, 0},
		"a wildcard for a card":  {full, game.Substitution{4: 1}, "", nil, [5]int64{-1, -1, -1, 0, -1}, -1},
		"two for two":            {none, game.Substitution{3: 1, 5: 1}, "", nil, [5]int64{-1, -1, 0, -1, 0}, -2},
		"wildcards alone":        {wild, all, "", nil, [5]int64{}, -5},
		"cards are missing":      {none, nil, game.CodeSetIncomplete, []string{"cards.3", "cards.5"}, [5]int64{}, 0},
		"one is still missing":   {none, game.Substitution{3: 1}, game.CodeSetIncomplete, []string{"cards.5"}, [5]int64{}, 0},
		"wildcards are missing":  {full, game.Substitution{1: 1, 2: 1}, game.CodeSetIncomplete, []string{"wildcards"}, [5]int64{}, 0},
		"an empty album":         {game.Album{}, nil, game.CodeSetIncomplete, []string{"cards.1", "cards.2", "cards.3", "cards.4", "cards.5"}, [5]int64{}, 0},
		"redeemed before":        {done, nil, game.CodeAlreadyRedeemed, nil, [5]int64{}, 0},
		"card 0":                 {full, game.Substitution{0: 1}, game.CodeCardUnknown, []string{"wildcards.0"}, [5]int64{}, 0},
		"card 6":                 {full, game.Substitution{6: 1}, game.CodeCardUnknown, []string{"wildcards.6"}, [5]int64{}, 0},
		"two wildcards for one":  {wild, game.Substitution{1: 2}, game.CodeInvalid, []string{"wildcards.1"}, [5]int64{}, 0},
		"a wildcard given back":  {full, game.Substitution{1: -1}, game.CodeInvalid, []string{"wildcards.1"}, [5]int64{}, 0},
		"unknown before missing": {none, game.Substitution{9: 1}, game.CodeCardUnknown, []string{"wildcards.9"}, [5]int64{}, 0},
	} {
		album := test.album
		e, err := album.Redeem(test.s, "key", at(time.Second), at(time.Minute))
		if code := game.CodeOf(err); code != test.code {
			t.Errorf("%s: code %q, want %q", name, code, test.code)
		}
		if diff := cmp.Diff(test.fields, fields(err)); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", name, diff)
		}
		if err != nil {
			if album != test.album {
				t.Errorf("%s: refused, still the album is %+v", name, album)
			}
			continue
		}
		want := game.Entry{
			N: 10, Kind: game.EntryRedeem, Operation: "key", AcceptedAt: at(time.Second), BookedAt: at(time.Minute),
			Counts: test.counts, Wildcards: test.wilds,
		}
		if diff := cmp.Diff(want, e); diff != "" {
			t.Errorf("%s: entry (-want +got):\n%s", name, diff)
		}
		if !album.Redeemed || album.Wildcards != test.album.Wildcards+test.wilds {
			t.Errorf("%s: album %+v", name, album)
		}
	}
}

// A set that is redeemed takes exactly five pieces, and nobody redeems what they do not have.
func TestRedeemTakesFive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var album game.Album
		for i := range album.Counts {
			album.Counts[i] = rapid.Int64Range(0, 3).Draw(t, "count")
		}
		album.Wildcards = rapid.Int64Range(0, 5).Draw(t, "wildcards")
		s := game.Substitution(rapid.MapOf(rapid.IntRange(1, game.SetSize), rapid.IntRange(0, 1)).Draw(t, "substitution"))
		can, wildcards := true, int64(0)
		for i, n := range album.Counts {
			wildcards += int64(s[i+1])
			can = can && (n > 0 || s[i+1] == 1)
		}
		can = can && album.Wildcards >= wildcards

		before := album
		_, err := album.Redeem(s, "key", start, start)
		if (err == nil) != can {
			t.Fatalf("%+v with %v: %v", before, s, err)
		}
		taken := before.Wildcards - album.Wildcards
		for i := range album.Counts {
			taken += before.Counts[i] - album.Counts[i]
		}
		if can && taken != game.SetSize || !can && taken != 0 {
			t.Fatalf("%d pieces were taken", taken)
		}
		if _, err := album.Redeem(nil, "other", start, start); can && game.CodeOf(err) != game.CodeAlreadyRedeemed {
			t.Fatalf("the second redemption: %v", err)
		}
	})
}
