package game_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
)

// A bonus chance is good from the round's opening to its closing, and the grace after it, at any pace.
func TestBonusChancesAreOfTheWholeRound(t *testing.T) {
	r, s := evening(), span(game.BonusWindow, 1, 3)
	const grace = 10 * time.Second
	for _, test := range []struct {
		after   time.Duration
		counted int
		code    game.Code
	}{
		{-1, 0, game.CodeTooEarly},
		{0, 3, ""},
		{100 * time.Second, 3, ""},
		{3*time.Minute + grace - 1, 3, ""},
		{3*time.Minute + grace, 0, game.CodeWindowOver},
	} {
		if counted, code := r.Countable(s, at(test.after), grace); counted != test.counted || code != test.code {
			t.Errorf("%v after the opening: %d %q, want %d %q", test.after, counted, code, test.counted, test.code)
		}
	}
	if !r.WindowOpens(0).Equal(r.OpensAt) || !r.WindowCloses(0).Equal(r.ClosesAt) || !r.NotBefore(0, 900).Equal(r.OpensAt) {
		t.Errorf("from %v, index 900 from %v, to %v", r.WindowOpens(0), r.NotBefore(0, 900), r.WindowCloses(0))
	}
}

func TestCheckBonus(t *testing.T) {
	some := game.Bonus{EachRound: 3, Grants: 5}
	for name, test := range map[string]struct {
		rule        game.Bonus
		granted     int
		index, taps int
		code        game.Code
		field       string
	}{
		"the first":            {some, 3, 1, 1, "", ""},
		"all":                  {some, 3, 1, 3, "", ""},
		"the last":             {some, 3, 3, 1, "", ""},
		"index 0":              {some, 3, 0, 1, game.CodeBeyondChances, "index"},
		"beyond":               {some, 3, 4, 1, game.CodeBeyondChances, "index"},
		"more than are left":   {some, 3, 2, 3, game.CodeBeyondChances, "taps"},
		"no taps":              {some, 3, 1, 0, game.CodeInvalid, "taps"},
		"nothing granted yet":  {game.Bonus{Grants: 5}, 0, 1, 1, game.CodeBeyondChances, "index"},
		"a round without such": {game.Bonus{}, 0, 1, 1, game.CodeChanceUnknown, "window"},
	} {
		err := evening().CheckBonus(span(game.BonusWindow, test.index, test.taps), test.rule, test.granted)
		fields := game.FieldsOf(err)
		if game.CodeOf(err) != test.code || (test.field != "") != (len(fields) == 1) || len(fields) == 1 && fields[0].Name != test.field {
			t.Errorf("%s: %v, want %s of %s", name, err, test.code, test.field)
		}
	}
}

func TestBonusIsBounded(t *testing.T) {
	for name, test := range map[string]struct {
		bonus  *game.Bonus
		fields []string
	}{
		"none":              {nil, nil},
		"of nothing":        {&game.Bonus{}, nil},
		"the most":          {&game.Bonus{EachRound: 1000, Grants: 1000}, nil},
		"beyond the bounds": {&game.Bonus{EachRound: -1, Grants: 1001}, []string{"bonus.each_round", "bonus.grants"}},
	} {
		v := five()
		v.Bonus = test.bonus
		err := v.Check()
		var fields []string
		for _, f := range game.FieldsOf(err) {
			fields = append(fields, f.Name)
		}
		if diff := cmp.Diff(test.fields, fields); diff != "" || err != nil && game.CodeOf(err) != game.CodeInvalid {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestNextBonus(t *testing.T) {
	r := evening()
	for name, test := range map[string]struct {
		after         time.Duration
		used, granted int
		want          int // index; 0: none
	}{
		"at the opening":    {0, 0, 3, 1},
		"after some":        {time.Minute, 2, 3, 3},
		"all are used":      {time.Minute, 3, 3, 0},
		"none were granted": {time.Minute, 0, 0, 0},
		"before the round":  {-1, 0, 3, 0},
		"after the round":   {3 * time.Minute, 0, 3, 0},
	} {
		got, ok := r.NextBonus(at(test.after), test.used, test.granted)
		want := game.NextChance{}
		if test.want > 0 {
			want = game.NextChance{Chance: game.Chance{Round: 1, Index: test.want}, NotBefore: start, Remaining: test.granted - test.used}
		}
		if diff := cmp.Diff(want, got); diff != "" || ok != (test.want > 0) {
			t.Errorf("%s: %v (-want +got):\n%s", name, ok, diff)
		}
	}
}

// What is published while a round is open changes its bonus chances no more: neither how many nor by
// which odds.
func TestBonusIsOfTheVersionAtTheOpening(t *testing.T) {
	first, second := twoRounds(), twoRounds()
	first.Bonus, second.Bonus = &game.Bonus{EachRound: 2}, &game.Bonus{EachRound: 9, Grants: 9}
	run := game.Running{Versions: []*game.SavedVersion{
		{Version: first, Number: 1, PublishedAt: at(-time.Hour)},
		{Version: second, Number: 2, PublishedAt: at(time.Second)},
	}}
	for i, want := range []game.Bonus{*first.Bonus, *second.Bonus} {
		if got := run.Bonus(first.Rounds[i], time.Second); got != want {
			t.Errorf("round %d: %+v, want %+v", i+1, got, want)
		}
	}
	if got := (&game.Running{}).Bonus(first.Rounds[0], 0); got != (game.Bonus{}) {
		t.Errorf("without a version: %+v", got)
	}
}

func TestGrantIsChecked(t *testing.T) {
	for name, test := range map[string]struct {
		grant  game.BonusGrant
		fields []string
	}{
		"a good one":          {game.BonusGrant{Round: 1, Chances: 1, Reason: "a friend came"}, nil},
		"nothing":             {game.BonusGrant{}, []string{"round", "chances", "reason"}},
		"far too many":        {game.BonusGrant{Round: 1, Chances: game.MaxBonus + 1, Reason: "x"}, []string{"chances"}},
		"of a round beyond":   {game.BonusGrant{Round: 1 << 31, Chances: 1, Reason: "x"}, []string{"round"}},
		"for what is no text": {game.BonusGrant{Round: 1, Chances: 1, Reason: "a\x00b"}, []string{"reason"}},
		"without a cause":     {game.BonusGrant{Round: 1, Chances: 1, Reason: " "}, []string{"reason"}},
	} {
		var fields []string
		for _, f := range game.FieldsOf(test.grant.Check()) {
			fields = append(fields, f.Name)
		}
		if diff := cmp.Diff(test.fields, fields); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAdmitGrant(t *testing.T) {
	v := twoRounds()
	v.Bonus = &game.Bonus{EachRound: 3, Grants: 5}
	none := twoRounds()
	closed := at(time.Minute)
	published := func(v game.Version) []*game.SavedVersion {
		return []*game.SavedVersion{{Version: v, Number: 1, PublishedAt: at(-time.Hour)}}
	}
	for name, test := range map[string]struct {
		campaign              game.Campaign
		versions              []*game.SavedVersion
		round, chances, there int
		after                 time.Duration
		want                  int // granted
		code                  game.Code
	}{
		"some":                  {game.Campaign{State: game.StateOpen}, published(v), 1, 2, 0, 0, 5, ""},
		"the rest":              {game.Campaign{State: game.StateOpen}, published(v), 1, 2, 3, 0, 8, ""},
		"before the opening":    {game.Campaign{State: game.StateScheduled}, published(v), 1, 2, 0, -time.Minute, 5, ""},
		"of the round to come":  {game.Campaign{State: game.StateOpen}, published(v), 2, 1, 0, 0, 4, ""},
		"beyond the most":       {game.Campaign{State: game.StateOpen}, published(v), 1, 3, 3, 0, 0, game.CodeBeyondChances},
		"of a version without":  {game.Campaign{State: game.StateOpen}, published(none), 1, 1, 0, 0, 0, game.CodeBeyondChances},
		"of no round":           {game.Campaign{State: game.StateOpen}, published(v), 3, 1, 0, 0, 0, game.CodeChanceUnknown},
		"as the round closes":   {game.Campaign{State: game.StateOpen}, published(v), 1, 1, 0, 3 * time.Minute, 0, game.CodeWindowOver},
		"of a draft":            {game.Campaign{State: game.StateDraft}, nil, 1, 1, 0, 0, 0, game.CodeCampaignNotOpen},
		"of a closed campaign":  {game.Campaign{State: game.StateClosed, ClosedAt: &closed}, published(v), 2, 1, 0, 0, 0, game.CodeCampaignClosed},
		"of a sealed campaign":  {game.Campaign{State: game.StateSealed, ClosedAt: &closed}, published(v), 2, 1, 0, 0, 0, game.CodeCampaignSealed},
		"of a settled campaign": {game.Campaign{State: game.StateSettled, ClosedAt: &closed}, published(v), 2, 1, 0, 0, 0, game.CodeCampaignSealed},
	} {
		g := game.BonusGrant{Round: test.round, Chances: test.chances}
		got, err := g.Admit(test.campaign, test.versions, test.there, at(test.after), time.Second)
		if game.CodeOf(err) != test.code || got.Granted != test.want || test.want > 0 && got.Round != test.round {
			t.Errorf("%s: %+v, %v; want %d, %q", name, got, err, test.want, test.code)
		}
	}
	if got := v.Bonus.Granted(9); got != 8 {
		t.Errorf("%d bonus chances of 3 for all and 5 at most besides", got)
	}
}
