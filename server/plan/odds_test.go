package plan_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
	"github.com/fivefold/fivefold/server/plan"
)

// TestAgainstTheDraw compares wins, winning requests and outcomes with a crowd whose chances are
// drawn by the game's own rule from a fixed seed, guarantee and all.
func TestAgainstTheDraw(t *testing.T) {
	const players, taps = 4000, 5 // five and twelve have no divisor in common: requests begin anywhere in a block
	e := evening()
	e.Players, e.Windows.Chances, e.Odds = players, 60, odds(60_000_000)
	e.Tapping[0].PerSecond, e.Requests.PaceSeconds = 1, taps
	e.Guarantee = &game.Guarantee{Every: 12, Weights: []int64{game.Scale / 2, game.Scale / 2, 0, 0, 0}}
	p := planOf(t, e)

	drawer, table := pick.New(pick.Seed{1, 2, 3}), pick.NewTable(e.Odds, e.Guarantee)
	wins, winning := 0.0, 0.0
	given := make([]float64, 5)
	for i := range players {
		id := pick.Identity{Campaign: "c", Player: game.PlayerID(rune('a' + i)), ClientSeed: [32]byte{byte(i), byte(i >> 8)}}
		for index := 1; index <= 60; index += taps {
			before := wins
			for _, outcome := range drawer.Span(nil, table, id, game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: index}, Taps: taps}) {
				if outcome != game.Miss {
					given[outcome]++
					wins++
				}
			}
			if wins > before {
				winning++
			}
		}
	}
	// Half of the players play one window, the other half two.
	m := p.Minutes[2]
	for _, of := range []struct {
		name      string
		got, want float64
	}{
		{"wins", 2 * 60 * m.Wins, wins},
		{"winning requests", 2 * 60 * m.Bookings, winning},
		{"of the first outcome", p.Outcomes[0].Drawn / p.Totals.Wins, given[0] / wins},
		{"of the third", p.Outcomes[2].Drawn / p.Totals.Wins, given[2] / wins},
	} {
		if !near(of.got, of.want, 0.02) {
			t.Errorf("%s: planned %v, drawn %v", of.name, of.got, of.want)
		}
	}
}

// TestGuaranteeIsKept: whoever spends whole blocks wins at least once in each, and the guarantee
// gives no less than there was without it.
func TestGuaranteeIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvening(t)
		every := rapid.IntRange(2, 12).Draw(t, "every")
		e.Windows = plan.Windows{Seconds: 60, Chances: every * rapid.IntRange(1, 5).Draw(t, "blocks")}
		e.Tapping = []plan.Tapping{{Share: 1, PerSecond: 1 + rapid.Float64Range(0, 10).Draw(t, "taps")}}
		e.Requests = plan.Requests{Taps: 64, PaceSeconds: 1}
		without := planOf(t, e)
		e.Guarantee = &game.Guarantee{Every: every, Weights: []int64{game.Scale, 0, 0, 0, 0}}
		with := planOf(t, e)
		if with.Totals.Draws != without.Totals.Draws || with.Totals.Wins < without.Totals.Wins-1e-6 {
			t.Errorf("%v wins of %v draws, without the guarantee %v of %v",
				with.Totals.Wins, with.Totals.Draws, without.Totals.Wins, without.Totals.Draws)
		}
		if least := with.Totals.Draws / float64(every); with.Totals.Wins < least*(1-1e-9) {
			t.Errorf("%v wins, %v are guaranteed", with.Totals.Wins, least)
		}
		for _, m := range with.Minutes {
			if m.Bookings > m.Wins*(1+1e-9)+1e-9 || m.Bookings > m.Requests.Draws*(1+1e-9) {
				t.Errorf("minute %d: %v bookings of %v wins and %v requests", m.Minute, m.Bookings, m.Wins, m.Requests.Draws)
			}
		}
	})
}

// TestStockRunsOut follows a stock that is released in two steps.
func TestStockRunsOut(t *testing.T) {
	e := evening()
	// 54,000 draws in minute 1, 27,000 in minute 2, of which 2 % are rare.
	e.Stocks = []plan.Stock{{Outcome: "rare", Total: 1500, Releases: []plan.Release{{Minute: 0, Released: 1000}, {Minute: 2, Released: 1500}}}}
	p := planOf(t, e)
	rare, one := p.Outcomes[4], p.Outcomes[0]
	if !near(rare.Drawn, 1620, 1e-9) || !near(rare.Given, 1500, 1e-9) || !near(rare.Lacking, 120, 1e-9) || rare.OutAt != 1 {
		t.Errorf("rare: %+v; want 1,620 drawn, 1,080 of them in minute 1 when there are 1,000", rare)
	}
	if !near(one.Given, one.Drawn+120, 1e-9) || one.OutAt != -1 {
		t.Errorf("the fallback: %+v, want 120 more given than drawn", one)
	}
	e.Stocks[0].Releases = nil
	if o := planOf(t, e).Outcomes[4]; !near(o.Given, 1500, 1e-9) || o.OutAt != 2 {
		t.Errorf("all at once: %+v, want out in minute 2", o)
	}
	e.Stocks[0].Total = 1620
	if o := planOf(t, e).Outcomes[4]; o.OutAt != -1 || math.Abs(o.Lacking) > 1e-6 {
		t.Errorf("just enough: %+v", o)
	}
}
