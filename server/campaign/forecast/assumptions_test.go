package forecast_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

func TestDefaultsAreFine(t *testing.T) {
	a := forecast.Defaults()
	if err := a.Check(); err != nil {
		t.Error(err)
	}
}

// TestFieldsAreTold: each assumption has its words, in both languages and in the same order.
func TestFieldsAreTold(t *testing.T) {
	kind := reflect.TypeFor[forecast.Assumptions]()
	if kind.NumField() != len(forecast.Fields) {
		t.Fatalf("%d assumptions, %d told", kind.NumField(), len(forecast.Fields))
	}
	for i, f := range forecast.Fields {
		tag := kind.Field(i).Tag
		if tag.Get("json") != f.Name || tag.Get("yaml") != f.Name {
			t.Errorf("%s is told where %q is assumed", f.Name, tag)
		}
		for _, text := range []game.Text{f.Label, f.Help} {
			if text["en"] == "" || text["zh"] == "" || text["en"] == text["zh"] {
				t.Errorf("%s: %v", f.Name, text)
			}
		}
	}
}

func TestAssumptionsAreChecked(t *testing.T) {
	for _, c := range []struct {
		name  string // of the field
		spoil func(a *forecast.Assumptions)
	}{
		{"players", func(a *forecast.Assumptions) { a.Players = 0 }},
		{"days", func(a *forecast.Assumptions) { a.Days = -1 }},
		{"arrivals", func(a *forecast.Assumptions) { a.Arrivals = nil }},
		{"arrivals", func(a *forecast.Assumptions) { a.Arrivals = []float64{0, 0} }},
		{"arrivals.1", func(a *forecast.Assumptions) { a.Arrivals = []float64{1, -1} }},
		{"active", func(a *forecast.Assumptions) { a.Active = nil }},
		{"active.0", func(a *forecast.Assumptions) { a.Active = []float64{1.5} }},
		{"windows", func(a *forecast.Assumptions) { a.Windows = 0 }},
		{"habits", func(a *forecast.Assumptions) { a.Habits = nil }},
		{"habits", func(a *forecast.Assumptions) { a.Habits = []forecast.Habit{{Share: 0.5, Draws: 1}} }},
		{"habits.0.share", func(a *forecast.Assumptions) { a.Habits = []forecast.Habit{{Share: math.NaN(), Draws: 1}} }},
		{"habits.0.draws", func(a *forecast.Assumptions) { a.Habits = []forecast.Habit{{Share: 1}} }},
		{"after_set", func(a *forecast.Assumptions) { a.AfterSet = 2 }},
		{"gifts", func(a *forecast.Assumptions) { a.Gifts = math.NaN() }},
		{"redeem", func(a *forecast.Assumptions) { a.Redeem = -0.1 }},
		{"accounts", func(a *forecast.Assumptions) { a.Accounts = -1 }},
		{"account_windows", func(a *forecast.Assumptions) { a.PerAccount = 0 }},
	} {
		a := forecast.Defaults()
		c.spoil(&a)
		err := a.Check()
		if game.CodeOf(err) != game.CodeInvalid || game.FieldsOf(err)[0].Name != c.name {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestCampaignIsChecked: what the assumptions alone cannot know.
func TestCampaignIsChecked(t *testing.T) {
	v := version(2, 1, 10, odds(even, even, even, even, even), nil)
	a := forecast.Defaults()
	a.Days = 3
	if _, err := forecast.Campaign(t.Context(), pool, v, a); err == nil || !strings.Contains(err.Error(), "days range 0..2") {
		t.Errorf("three days of two: %v", err)
	}
	a = forecast.Defaults()
	a.Arrivals = []float64{0, 0, 1}
	if _, err := forecast.Campaign(t.Context(), pool, v, a); err == nil || game.FieldsOf(err)[0].Name != "arrivals" {
		t.Errorf("nobody comes: %v", err)
	}
	s := forecast.Simulation{Players: 0, Runs: 1}
	if _, err := forecast.Simulate(t.Context(), pool, v, forecast.Defaults(), s, nil); len(game.FieldsOf(err)) != 2 {
		t.Errorf("no simulation: %v", err)
	}
	if _, err := forecast.Odds(t.Context(), v.Odds, nil, []int64{1, -1}); err == nil || game.FieldsOf(err)[0].Name != "draws.1" {
		t.Errorf("draws: %v", err)
	}
}
