package forecast_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// TestCrowdOfOneKind: where all do the same, as many finish as one of them is likely to.
func TestCrowdOfOneKind(t *testing.T) {
	o := odds(110_000_000, 110_000_000, 110_000_000, 110_000_000, 20_000_000, 5_000_000)
	g := &game.Guarantee{Every: 12, Weights: []int64{even, even, even, even, even, 0}}
	f := forecastOf(t, version(5, 1, 24, o, g), everybody(1000))
	out := outlook(t, o, g, 24, 48, 72, 96, 120)
	for d, by := range out.By {
		if got := f.Days[d]; !near(got.Finished, 1000*by.Finished, 1e-12) || got.Alone != got.Finished || got.Arrived != 1000 {
			t.Errorf("day %d: %+v, want %v to finish", d+1, got, 1000*by.Finished)
		}
	}
	if p := f.Players[0]; !near(p.Keen, out.By[4].Finished, 1e-12) || !near(p.Finished, p.Keen, 1e-12) || p.Unlucky != out.By[4].Unlucky {
		t.Errorf("the player: %+v, want %+v", p, out.By[4])
	}
	if f.All.Draws != 120 || f.All.Unfinished != out.By[4].Unfinished {
		t.Errorf("every chance: %+v, want %+v", f.All, out.By[4])
	}
}

// TestPartOfAWindow: who stops within a block begins the next window with a new one.
func TestPartOfAWindow(t *testing.T) {
	o := odds(0, 0, 0, 0, 0, 0)
	g := &game.Guarantee{Every: 12, Weights: []int64{0, 0, 0, 0, 0, game.Scale}}
	a := everybody(100)
	a.Habits[0].Draws = 23 // one block and most of another
	f := forecastOf(t, version(6, 1, 24, o, g), a)
	if f.Days[3].Finished != 0 || f.Days[4].Finished != 100 {
		t.Errorf("%+v, want all to finish on day 5", f.Days)
	}
}

// TestArrivals: half come on the first day, half on the third; half of them play on any.
func TestArrivals(t *testing.T) {
	a := everybody(1000)
	a.Arrivals, a.Active = []float64{2, 0, 2}, []float64{0.5}
	o := odds(even, even, even, even, even)
	f := forecastOf(t, version(4, 1, 10, o, nil), a)
	by := outlook(t, o, nil, 10, 20).By
	ten, twenty := by[0].Finished, by[1].Finished
	for d, want := range map[int]forecast.Day{
		0: {Arrived: 500, Finished: 250 * ten},
		1: {Arrived: 500, Finished: 250*ten + 125*twenty},
		2: {Arrived: 1000},
	} {
		if got := f.Days[d]; got.Arrived != want.Arrived || want.Finished > 0 && !near(got.Finished, want.Finished, 1e-12) {
			t.Errorf("day %d: %+v, want %+v", d+1, got, want)
		}
	}
	a.Days = 2
	if cut := forecastOf(t, version(4, 1, 10, o, nil), a); len(cut.Days) != 2 || cut.Days[1] != f.Days[1] {
		t.Errorf("two days of four: %+v, want %+v", cut.Days, f.Days[:2])
	}
}

// TestGifts: when every spare card finds its place, as many finish as the scarce card was given.
func TestGifts(t *testing.T) {
	a := everybody(10_000)
	o := rare(5_000_000)
	v := version(3, 1, 50, o, nil)
	a.Gifts = 1
	f := forecastOf(t, v, a)
	scarce := 10_000 * 150 * 0.005
	if got := last(f); !near(got.Finished, scarce, 1e-6) || !near(got.Sets, scarce, 1e-12) || got.Alone > 0.8*scarce {
		t.Errorf("%+v, want as many as scarce cards, %v", got, scarce)
	}
	a.AfterSet = 0.5
	if got := last(forecastOf(t, v, a)); got.Finished >= scarce || got.Finished <= 0.75*scarce {
		t.Errorf("%+v, want less than %v, for some stop", got, scarce)
	}
}

// TestSets: pieces of which one card or the wildcards are the measure.
func TestSets(t *testing.T) {
	a := everybody(1000)
	for _, of := range []struct {
		weights []int64
		want    float64 // of 1,000 draws
	}{
		{[]int64{even, even, even, even, 10_000_000, 5_000_000}, 15},
		{[]int64{even, even, even, 10_000_000, 10_000_000, 10_000_000}, 15},
		{[]int64{0, 0, 0, 0, 0, 50_000_000}, 10},
		{[]int64{even, even, even, even, even, 0}, 200},
	} {
		f := forecastOf(t, version(1, 1, 1, odds(of.weights...), nil), a)
		if got := last(f).Sets; !near(got, of.want, 1e-9) {
			t.Errorf("%v: %v sets, want %v", of.weights, got, of.want)
		}
	}
}

func limited(o game.Odds, fallback game.OutcomeID) game.Odds {
	o.Outcomes[4].Fallback = fallback
	return o
}

// TestStock follows a stock that is released in two steps: 1,000 are wanted on each of four days.
func TestStock(t *testing.T) {
	v := version(4, 2, 10, limited(rare(10_000_000), "a"), nil)
	v.Stocks = []game.Stock{{Outcome: "e", Total: 1900, Releases: []game.Release{
		{At: opens, Released: 750}, {At: opens.Add(48 * time.Hour), Released: 1900},
	}}}
	a := everybody(10_000)
	a.Windows = 2
	v.Rounds[0].Chances, v.Rounds[1].Chances, v.Rounds[2].Chances, v.Rounds[3].Chances = 5, 5, 5, 5
	f := forecastOf(t, v, a)
	s := f.Stocks[0]
	if !near(s.Given, 1900, 1e-9) || !near(s.Lacking, 2100, 1e-9) || len(s.DryDays) != 3 || s.DryDays[0] != 1 || s.DryDays[1] != 2 || s.DryDays[2] != 4 {
		t.Errorf("%+v", s)
	}
	if s.DryAt == nil || !near(*s.DryAt, 0.75, 1e-9) || s.GoneAt == nil || !near(*s.GoneAt, 3.15, 1e-9) {
		t.Errorf("dry at %v, gone at %v; want 0.75 and 3.15", s.DryAt, s.GoneAt)
	}
	v.Stocks[0] = game.Stock{Outcome: "e", Total: 5000}
	enough := forecastOf(t, v, a)
	if s := enough.Stocks[0]; s.DryAt != nil || s.GoneAt != nil || !near(s.Given, 4000, 1e-9) {
		t.Errorf("enough: %+v", s)
	}
	v.Stocks = nil
	if free := forecastOf(t, v, a); !near(last(free).Finished, last(enough).Finished, 1e-12) {
		t.Errorf("%v finish with enough, %v without a limit", last(enough).Finished, last(free).Finished)
	}
}

func TestMoney(t *testing.T) {
	a := everybody(1000)
	o := odds(even, even, even, even, even)
	f := forecastOf(t, version(1, 1, 10, o, nil), a)
	winners := int64(math.Round(1000 * surjections(10))) // 523
	m := f.Money
	if m.Winners != winners || m.Share != pool.Amount/winners || m.Leftover != pool.Amount%winners || m.ShareAlone != m.Share || m.AtRisk != pool.Amount || m.Instant != 0 {
		t.Errorf("%+v, want %d winners", m, winners)
	}
	capped := pool
	capped.Cap = 50_00
	a.Redeem = 0.5
	g, err := forecast.Campaign(t.Context(), capped, version(1, 1, 10, o, nil), a)
	if err != nil {
		t.Fatal(err)
	}
	if m := g.Money; m.Winners != 261 || m.Share != 50_00 || m.Overflow != capped.Amount-261*50_00 {
		t.Errorf("capped: %+v", m)
	}
}

// TestAccounts: cards brought together make more sets than each account does.
func TestAccounts(t *testing.T) {
	a := everybody(10_000)
	a.Accounts, a.PerAccount = 100, 7
	v := version(2, 1, 50, rare(10_000_000), nil) // one window a day, though the accounts would play more
	f := forecastOf(t, v, a)
	alone := outlook(t, v.Odds, nil, 100).By[0].Finished
	if got := f.Accounts; !near(got.Finished, 100*alone, 1e-12) || !near(got.AtMost, 100, 1e-12) || got.MostGain <= got.Gain {
		t.Errorf("%+v, want %v and 100", got, 100*alone)
	}
}

// TestCrowdHolds has what is true of every campaign.
func TestCrowdHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, a := anyCampaign(t)
		f := forecastOf(t, v, a)
		before := forecast.Day{}
		for _, d := range f.Days {
			if !(d.Finished >= before.Finished-1e-6 && d.Alone <= d.Finished+1e-6 && d.Finished <= d.Sets+1e-3 && d.Sets <= d.Arrived+1e-6) {
				t.Errorf("%+v after %+v", d, before)
			}
			before = d
		}
		for i, s := range f.Stocks {
			if s.Given < 0 || s.Given > float64(v.Stocks[i].Total)*(1+1e-9) {
				t.Errorf("%+v", s)
			}
		}
		if f.Accounts.Finished > f.Accounts.AtMost+1e-6 {
			t.Errorf("%+v", f.Accounts)
		}
		again := forecastOf(t, renamed(t, v), a)
		if x, y := last(f), last(again); math.Abs(x.Finished-y.Finished) > 1e-6*x.Arrived || !near(x.Alone, y.Alone, 1e-9) {
			t.Errorf("with the cards in another order %+v, before %+v", y, x)
		}
		more := a
		more.Gifts = math.Min(1, a.Gifts+0.3)
		if x, y := last(f), last(forecastOf(t, v, more)); y.Finished < x.Finished*(1-1e-6)-1e-3 && a.AfterSet == 1 {
			t.Errorf("more gifts: %v finish, before %v", y.Finished, x.Finished)
		}
	})
}

// anyCampaign draws one of some days, perhaps with a limited card, and a crowd.
func anyCampaign(t *rapid.T) (*game.Version, forecast.Assumptions) {
	g := anyGuarantee(t)
	chances := 12 * rapid.IntRange(1, 5).Draw(t, "chances")
	if g != nil {
		chances = g.Every * rapid.IntRange(1, 5).Draw(t, "blocks")
	}
	v := version(rapid.IntRange(1, 5).Draw(t, "days"), rapid.IntRange(1, 4).Draw(t, "windows"), chances, limited(anyOdds(t), "a"), g)
	a := forecast.Defaults()
	a.Players = rapid.Int64Range(1, 1_000_000).Draw(t, "players")
	a.Windows = rapid.IntRange(1, 3).Draw(t, "plays")
	a.Gifts = rapid.SampledFrom([]float64{0, 0.1, 0.5, 1}).Draw(t, "gifts")
	a.AfterSet = rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "after set")
	if rapid.Bool().Draw(t, "limited") {
		v.Stocks = []game.Stock{{Outcome: "e", Total: rapid.Int64Range(1, 10*a.Players).Draw(t, "stock")}}
	}
	return v, a
}

// renamed gives the five cards other positions; all else stays.
func renamed(t *rapid.T, v *game.Version) *game.Version {
	other := *v
	other.Odds.Outcomes = append([]game.Outcome(nil), v.Odds.Outcomes...)
	for i, card := range rapid.Permutation([]int{1, 2, 3, 4, 5}).Draw(t, "positions") {
		other.Odds.Outcomes[i].Card = card
	}
	return &other
}

func TestForecastStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	v := version(2, 1, 10, odds(even, even, even, even, even), nil)
	if _, err := forecast.Campaign(ctx, pool, v, everybody(10)); !errors.Is(err, context.Canceled) {
		t.Errorf("a campaign: %v", err)
	}
	if _, err := forecast.Odds(ctx, v.Odds, nil, []int64{1}); !errors.Is(err, context.Canceled) {
		t.Errorf("odds: %v", err)
	}
	if _, err := forecast.Simulate(ctx, pool, v, everybody(10), forecast.DefaultSimulation(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a simulation: %v", err)
	}
}

// TestGalaOf2016 has that campaign's scale: 826,888 of the scarce card among 170 million players,
// of whom 791,405 finished. How many draws they had is not known; that most scarce cards ended in a
// set, and that no more sets were made, does not depend on it.
func TestGalaOf2016(t *testing.T) {
	v := version(10, 1, 40, limited(rare(1_000_000), ""), nil)
	v.Stocks = []game.Stock{{Outcome: "e", Total: 826_888}}
	a := everybody(170_000_000)
	a.Gifts = 0.8
	f := forecastOf(t, v, a)
	if got := last(f); got.Finished < 0.9*826_888 || got.Finished > 826_888 || !near(got.Sets, 826_888, 1e-9) {
		t.Errorf("%+v, want most of 826,888", got)
	}
}

// TestPrizes: packets are given while they last, cost no card, and count beside the pool.
func TestPrizes(t *testing.T) {
	a := everybody(1000)
	o := odds(even, even, even, even, even)
	plain := forecastOf(t, version(3, 1, 10, o, nil), a)
	o.Outcomes = append(o.Outcomes,
		game.Outcome{ID: "packet", Kind: game.KindCash, Amount: 88, Weight: 20_000_000},
		game.Outcome{ID: "tea", Kind: game.KindVoucher, Weight: 10_000_000})
	for i := range o.Outcomes[:5] {
		o.Outcomes[i].Weight -= 6_000_000
	}
	v := version(3, 1, 10, o, nil)
	v.Stocks = []game.Stock{{Outcome: "packet", Total: 500}, {Outcome: "tea", Total: 1000}}
	f := forecastOf(t, v, a)
	for d, want := range []float64{200 * 88, 400 * 88, 500 * 88} { // of 10,000 draws a day 2 %
		if got := f.Days[d].Prizes; !near(got, want, 1e-9) {
			t.Errorf("day %d: %v in cash, want %v", d+1, got, want)
		}
	}
	if m := f.Money; m.Instant != 500*88 || m.AtRisk != pool.Amount+500*88 {
		t.Errorf("%+v", m)
	}
	if last(f).Finished >= last(plain).Finished || last(plain).Prizes != 0 {
		t.Errorf("%+v with prizes, %+v without", last(f), last(plain))
	}
	simulated, err := forecast.Simulate(t.Context(), pool, v, a, forecast.Simulation{Players: 1000, Runs: 20, Seed: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := simulated.Finished; s.Low > last(f).Finished || s.High < last(f).Finished {
		t.Errorf("simulated %+v, forecast %v", s, last(f).Finished)
	}
}
