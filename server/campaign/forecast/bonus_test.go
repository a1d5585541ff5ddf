package forecast_test

import (
	"context"
	"testing"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

func outlookOf(t *testing.T, o game.Odds, g *game.Guarantee, spent ...forecast.Spent) []forecast.By {
	t.Helper()
	out, err := forecast.OddsOf(context.Background(), o, g, spent)
	if err != nil {
		t.Fatal(err)
	}
	return out.By
}

var (
	springOdds = odds(110_000_000, 110_000_000, 110_000_000, 110_000_000, 20_000_000, 5_000_000)
	springOwed = &game.Guarantee{Every: 12, Weights: []int64{even, even, even, even, even, 0}}
)

// TestBonusGoesByTheOdds: where nothing is guaranteed, a bonus draw is like any other.
func TestBonusGoesByTheOdds(t *testing.T) {
	by := outlookOf(t, springOdds, nil, forecast.Spent{Windows: 30, Bonus: 12}, forecast.Spent{Windows: 42}, forecast.Spent{Bonus: 42})
	for _, other := range by[1:] {
		if !near(by[0].Finished, other.Finished, 1e-12) || !near(by[0].Cards[4], other.Cards[4], 1e-12) || by[0].Draws != other.Draws {
			t.Errorf("%+v, and otherwise spent %+v", by[0], other)
		}
	}
}

// TestBonusHasNoGuarantee: where the guarantee alone gives something, a bonus gives nothing.
func TestBonusHasNoGuarantee(t *testing.T) {
	g := &game.Guarantee{Every: 12, Weights: []int64{0, 0, 0, 0, 0, game.Scale}}
	by := outlookOf(t, odds(0, 0, 0, 0, 0, 0), g, forecast.Spent{Windows: 48, Bonus: 100}, forecast.Spent{Windows: 60, Bonus: 100})
	if by[0].Finished != 0 || by[0].Unlucky != 4 || by[1].Finished != 1 || by[0].Draws != 148 || by[0].Bonus != 100 {
		t.Errorf("%+v", by)
	}
}

// TestCrowdWithABonus: each round's bonus is spent once, after the first window of it.
func TestCrowdWithABonus(t *testing.T) {
	v := version(3, 2, 24, springOdds, springOwed)
	v.Bonus = &game.Bonus{EachRound: 7, Grants: 1000} // what may be granted is nobody's yet
	a := everybody(1000)
	a.Windows, a.Accounts, a.PerAccount = 2, 10, 5
	f := forecastOf(t, v, a)
	by := outlookOf(t, springOdds, springOwed, forecast.Spent{Windows: 48, Bonus: 7}, forecast.Spent{Windows: 96, Bonus: 14}, forecast.Spent{Windows: 144, Bonus: 21})
	for d := range by {
		if got := f.Days[d].Finished; !near(got, 1000*by[d].Finished, 1e-12) {
			t.Errorf("day %d: %v finish, want %v", d+1, got, 1000*by[d].Finished)
		}
	}
	every := by[2]
	if f.All.By.Draws != 165 || f.All.By.Bonus != 21 || !near(f.All.Finished, every.Finished, 1e-12) {
		t.Errorf("every chance: %+v, want %+v", f.All.By, every)
	}
	if p := f.Players[0]; !near(p.Keen, every.Finished, 1e-12) || !near(p.Finished, every.Finished, 1e-12) {
		t.Errorf("the player: %+v, want %v", p, every.Finished)
	}
	if !near(f.Accounts.Finished, 10*every.Finished, 1e-12) {
		t.Errorf("the accounts make %v sets, want %v", f.Accounts.Finished, 10*every.Finished)
	}
}

// TestWhoStopsEarlierSpendsNoBonus: the bonus comes when a window is used up.
func TestWhoStopsEarlierSpendsNoBonus(t *testing.T) {
	v := version(1, 1, 24, springOdds, springOwed)
	v.Bonus = &game.Bonus{EachRound: 7}
	for draws, spent := range map[int]forecast.Spent{
		12: {Windows: 12}, 24: {Windows: 24}, 26: {Windows: 24, Bonus: 2}, 99: {Windows: 24, Bonus: 7}, game.MaxChances: {Windows: 24, Bonus: 7},
	} {
		a := everybody(1000)
		a.Habits[0].Draws = draws
		by := outlookOf(t, springOdds, springOwed, spent)[0]
		if got := last(forecastOf(t, v, a)).Finished; !near(got, 1000*by.Finished, 1e-12) {
			t.Errorf("%d draws: %v finish, want %v", draws, got, 1000*by.Finished)
		}
	}
}

// A round may be of several days: its bonus is spent on the first that somebody plays.
func longRound(perDay int) *game.Version {
	v := version(4, perDay, 10, rare(20_000_000), nil)
	v.Rounds[0].ClosesAt, v.Rounds[1].OpensAt, v.Rounds[1].ClosesAt = v.Rounds[2].ClosesAt, v.Rounds[3].OpensAt, v.Rounds[3].ClosesAt
	v.Rounds = v.Rounds[:2]
	v.Bonus = &game.Bonus{EachRound: 10}
	return v
}

func TestBonusOfALongRound(t *testing.T) {
	v := longRound(1)
	a := everybody(1000)
	a.Active = []float64{0.5}
	f := forecastOf(t, v, a)
	by := outlookOf(t, v.Odds, nil, forecast.Spent{Windows: 10, Bonus: 10}, forecast.Spent{Windows: 20, Bonus: 10}, forecast.Spent{Windows: 30, Bonus: 10})
	once, twice, thrice := by[0].Finished, by[1].Finished, by[2].Finished
	for d, want := range []float64{500 * once, 500*once + 250*twice, 375*once + 375*twice + 125*thrice} {
		if got := f.Days[d].Finished; !near(got, want, 1e-12) {
			t.Errorf("day %d: %v finish, want %v", d+1, got, want)
		}
	}
	if f.All.Draws != 60 || f.All.By.Bonus != 20 {
		t.Errorf("every chance: %+v, want 40 of windows and 20 of two rounds' bonus", f.All.By)
	}
}

// The simulated crowd knows of the bonus what the computed one does.
func TestBonusAgainstTheSimulation(t *testing.T) {
	usual := forecast.Defaults()
	usual.Players, usual.Gifts = 5000, 0.1
	usual.Habits = []forecast.Habit{{Share: 0.4, Draws: 12}, {Share: 0.3, Draws: 26}, {Share: 0.3, Draws: game.MaxChances}}
	short := version(4, 3, 24, limited(springOdds, "a"), springOwed)
	short.Bonus = &game.Bonus{EachRound: 20}
	short.Stocks = []game.Stock{{Outcome: "e", Total: 2000}}
	for name, v := range map[string]*game.Version{"a round a day": short, "a round of days": longRound(4)} {
		t.Run(name, func(t *testing.T) {
			f := forecastOf(t, v, usual)
			s, err := forecast.Simulate(t.Context(), pool, v, usual, forecast.Simulation{Players: 5000, Runs: 20, Seed: 7}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for d, day := range f.Days {
				within(t, "finished by a day", day.Finished, s.Days[d])
			}
			for i, stock := range f.Stocks {
				within(t, "given of a stock", stock.Given, s.Stocks[i].Given)
			}
			if most := f.Accounts.AtMost; s.Sets.Low > most+1e-9 || s.Sets.Mean < f.Accounts.Finished*0.9 {
				t.Errorf("sets of the accounts: %+v, at most %v, each by itself %v", s.Sets, most, f.Accounts.Finished)
			}
		})
	}
}
