package load_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/load"
)

// lie changes an answer, and says whether it could.
type lie func(q sent, a *load.Answer) bool

// won lies about a win.
func won(change func(d *api.Drawn)) lie {
	return func(q sent, a *load.Answer) bool {
		if q.Kind != load.KindDraw || q.Again || len(a.Drawn.Outcomes) == 0 || q.at < 2*time.Second {
			return false
		}
		change(&a.Drawn)
		return true
	}
}

// again lies when a win is asked for once more.
func again(change func(d *api.Drawn)) lie {
	return func(q sent, a *load.Answer) bool {
		if q.Kind != load.KindDraw || !q.Again || len(a.Drawn.Outcomes) == 0 || a.Drawn.Counted == 0 {
			return false
		}
		change(&a.Drawn)
		return true
	}
}

// of lies about a request of a kind.
func of(kind load.Kind, change func(q sent, a *load.Answer)) lie {
	return func(q sent, a *load.Answer) bool {
		if q.Kind != kind || q.at < 5*time.Second && kind != load.KindRedeem || a.Code != "" {
			return false
		}
		change(q, a)
		return true
	}
}

var lies = []struct {
	says string
	lie  lie
}{
	{"of 8 taps 9 were counted", won(func(d *api.Drawn) { d.Counted = 9 })},
	{"and no reason given", won(func(d *api.Drawn) { d.Counted, d.Code, d.Outcomes, d.Album = 7, "", nil, nil })},
	{"outcomes and no album", won(func(d *api.Drawn) { d.Album = nil })},
	{"an outcome for chance", won(func(d *api.Drawn) { d.Outcomes[0].Index += 8 })},
	{"an outcome for chance", won(func(d *api.Drawn) { d.Outcomes = append(d.Outcomes, d.Outcomes[len(d.Outcomes)-1]) })},
	{"an outcome for chance", won(func(d *api.Drawn) { d.Counted, d.Code, d.Outcomes[0].Index = 0, game.CodeTooEarly, 1 })},
	{"cannot be", won(func(d *api.Drawn) { d.Outcomes[0].Card = 6 })},
	{"cannot be", won(func(d *api.Drawn) { d.Outcomes[0].Kind = "medal" })},
	{"cannot be", won(func(d *api.Drawn) { d.Outcomes[0].Amount = -1 })},
	{"cannot be", won(func(d *api.Drawn) { d.Outcomes[0].Amount, d.Outcomes[0].Code = 1, "TEA" })},
	{"cannot be", won(func(d *api.Drawn) { d.Outcomes[0].Receipt = "" })},
	{"was just spent", won(func(d *api.Drawn) { d.Next.Index-- })},
	{"the album's next is", won(func(d *api.Drawn) { d.Outcomes[0].N++; d.Album.N++ })},
	{"went back", won(func(d *api.Drawn) { d.Album.N = 1; d.Outcomes = nil })},
	{"beyond the album", won(func(d *api.Drawn) { d.Album.N -= int64(len(d.Outcomes)) })},
	{"by what was told", won(func(d *api.Drawn) { d.Album.Counts[0]++ })},
	{"by what was told", won(func(d *api.Drawn) { d.Album.Wildcards++ })},
	{"gave", again(func(d *api.Drawn) { d.Outcomes[0].Serial++ })},
	{"gave", again(func(d *api.Drawn) { d.Outcomes = d.Outcomes[1:] })},
	{"asked again", again(func(d *api.Drawn) { d.Counted, d.Code, d.Outcomes = 0, game.CodeTooEarly, nil })},
	{"and was", again(func(d *api.Drawn) { d.Album.Counts[2]++ })},
	{"with seed", of(load.KindMe, func(_ sent, a *load.Answer) { a.Me.ClientSeed = strings.Repeat("0", 64) })},
	{"me is p999", of(load.KindMe, func(_ sent, a *load.Answer) { a.Me.Player = "p999" })},
	{"was asked for", of(load.KindMe, func(q sent, a *load.Answer) { a.Me.Album.N = q.After - 1 })},
	{"by what was told", of(load.KindMe, func(_ sent, a *load.Answer) { a.Me.Album.N++; a.Me.Album.Counts[1]++ })},
	{"and was", of(load.KindMe, func(_ sent, a *load.Answer) { a.Me.Album.Counts[1]++ })},
	{"is booked", of(load.KindMe, func(_ sent, a *load.Answer) { a.Me.Next.Window, a.Me.Next.Index = 1, 1 })},
	{"nobody asked for", func(q sent, a *load.Answer) bool {
		if q.Kind != load.KindMe || q.at < time.Second || a.Me.Redemption != nil {
			return false
		}
		a.Me.Redemption = &api.Redemption{N: 1}
		return true
	}},
	{"where 1 should", of(load.KindEntries, func(_ sent, a *load.Answer) { a.Entries.Entries[0].N = 0 })},
	{"the entries end", of(load.KindEntries, func(_ sent, a *load.Answer) { a.Entries.Entries = a.Entries.Entries[:2] })},
	{"are known", of(load.KindEntries, func(_ sent, a *load.Answer) {
		e := a.Entries.Entries[len(a.Entries.Entries)-1]
		e.N++
		a.Entries.Entries = append(a.Entries.Entries, e)
	})},
	{"the entries sum", of(load.KindEntries, func(_ sent, a *load.Answer) { a.Entries.Entries[1].Counts[0]++ })},
	{"cannot be read", of(load.KindMe, func(_ sent, a *load.Answer) { a.Lost = load.ErrGarbled })},
	{"the server failed", of(load.KindMe, func(_ sent, a *load.Answer) { a.Code = game.CodeInternal })},
	{"it was refused: beyond_chances", of(load.KindDraw, func(_ sent, a *load.Answer) { a.Code = game.CodeBeyondChances })},
	{"the redemption has entry", of(load.KindRedeem, func(_ sent, a *load.Answer) { a.Redeemed.Redemption.N++ })},
	{"by what was told", of(load.KindRedeem, func(_ sent, a *load.Answer) { a.Redeemed.Album.Counts[0]++ })},
	{"it was refused: set_incomplete", of(load.KindRedeem, func(_ sent, a *load.Answer) { a.Code = game.CodeSetIncomplete })},
	{"it was refused: already_redeemed", of(load.KindRedeem, func(_ sent, a *load.Answer) { a.Code = game.CodeAlreadyRedeemed })},
}

// Each answer is of the contract's form and would be right somewhere else; one lie is told, and the
// player to whom it is told sees that it does not fit what they were told before.
func TestPlayersSeeThrough(t *testing.T) {
	for _, c := range lies {
		t.Run(c.says, func(t *testing.T) {
			plan := load.Plan{Players: 6, Duration: 20 * time.Second, TapsPerSecond: 30, TapsPerRequest: 8, Look: .5, Repeat: .3}
			lied := false
			s := simulate(t, plan, func(s *simulation) {
				s.meddle = func(q sent, a *load.Answer) {
					if !lied {
						lied = c.lie(q, a)
					}
				}
			})
			if !lied || len(s.faults) == 0 || !strings.Contains(s.faults[0], c.says) {
				t.Errorf("lied: %v; faults %q", lied, s.faults)
			}
			if strings.Contains(c.says, "refused") && len(s.faults) != 1 {
				t.Errorf("one refusal is %d faults: %q", len(s.faults), s.faults)
			}
		})
	}
}

// An answer may tell less than all was asked, and an expired one what was booked.
func TestFaultOfAllows(t *testing.T) {
	span := game.Span{Chance: game.Chance{Round: 1, Window: 2, Index: 9}, Taps: 8}
	outcome := api.Outcome{Index: 12, N: 3, Kind: game.EntryWildcard, Receipt: "r"}
	for name, d := range map[string]api.Drawn{
		"all":       {Counted: 8},
		"a part":    {Counted: 3, Code: game.CodeTooEarly},
		"nothing":   {Counted: 0, Code: game.CodeTooEarly, Next: &api.Next{Round: 1, Window: 2, Index: 9}},
		"sampled":   {Counted: 3, SampledOut: 5},
		"over":      {Counted: 0, Code: game.CodeWindowOver, Outcomes: []api.Outcome{outcome}, Album: &api.Album{N: 3}},
		"the next":  {Counted: 8, Next: &api.Next{Round: 1, Window: 2, Index: 17}},
		"a later":   {Counted: 8, Next: &api.Next{Round: 1, Window: 3, Index: 1}},
		"sold out":  {Counted: 8, Outcomes: []api.Outcome{{Index: 16, N: 1, Kind: game.EntrySoldOut, Receipt: "r"}}, Album: &api.Album{N: 1}},
		"all again": {Counted: 8, Outcomes: []api.Outcome{outcome}, Album: &api.Album{N: 30}},
	} {
		if wrong := load.FaultOf(span, &d); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}

func TestDiffers(t *testing.T) {
	span := game.Span{Chance: game.Chance{Round: 1, Window: 2, Index: 9}, Taps: 8}
	first := []api.Outcome{{Index: 9, N: 1}, {Index: 12, N: 2}}
	for name, c := range map[string]struct {
		second api.Drawn
		same   bool
	}{
		"the same":                   {api.Drawn{Counted: 8, Outcomes: first}, true},
		"after the window":           {api.Drawn{Code: game.CodeWindowOver, Outcomes: first}, true},
		"sampled out behind a win":   {api.Drawn{Counted: 3, SampledOut: 5, Outcomes: first[:1]}, true},
		"sampled out behind all":     {api.Drawn{Counted: 4, SampledOut: 4, Outcomes: first}, true},
		"a win is gone":              {api.Drawn{Counted: 8, Outcomes: first[:1]}, false},
		"gone after the window":      {api.Drawn{Code: game.CodeWindowOver, Outcomes: first[1:]}, false},
		"gone from what was counted": {api.Drawn{Counted: 4, SampledOut: 4, Outcomes: first[:1]}, false},
		"another":                    {api.Drawn{Counted: 8, Outcomes: []api.Outcome{{Index: 9, N: 1}, {Index: 12, N: 3}}}, false},
		"too early":                  {api.Drawn{Counted: 4, Code: game.CodeTooEarly, Outcomes: first}, false},
	} {
		if got := load.Differs(span, first, &c.second); (got == "") != c.same {
			t.Errorf("%s: %q", name, got)
		}
	}
}
