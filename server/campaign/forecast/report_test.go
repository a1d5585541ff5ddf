package forecast_test

import (
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// TestTables: what people read says what is special.
func TestTables(t *testing.T) {
	yen := game.Pool{Amount: 9000, Currency: "JPY", Split: game.SplitEqual}
	capped := game.Pool{Amount: 100_000_00, Currency: "CNY", Split: game.SplitEqual, Cap: 1_00}
	lucky := game.Pool{Amount: 100_000_00, Currency: "CNY", Split: game.SplitRandom, Floor: 2_00}
	poor := game.Pool{Amount: 100_000_00, Currency: "CNY", Split: game.SplitRandom, Floor: 10_01}
	for _, c := range []struct {
		name  string
		pool  game.Pool
		odds  game.Odds
		wants []string
	}{
		{"everybody finishes", yen, odds(0, 0, 0, 0, 0, game.Scale), []string{
			"Of 10,000 players 10,000 finish a set, 100 %", "gets JPY 0 of the pool of JPY 9,000", "9,000 of them get one",
		}},
		{"a cap", capped, odds(even, even, even, even, even), []string{"gets CNY 1.00", "overflow", "Draws to a set: mean 11.42, median 10, 90 % by 18, 99 % by 28."}},
		{"luck", lucky, odds(0, 0, 0, 0, 0, game.Scale), []string{
			"gets on average CNY 10.00 of", "nobody gets less than CNY 2.00, the unluckiest 5 % CNY 2.80 or less, half CNY 10.00 or less, the luckiest 5 % CNY 17.19 or more.",
		}},
		{"a floor that cannot be had", poor, odds(0, 0, 0, 0, 0, game.Scale), []string{"gets CNY 10.00 of", "all get the same"}},
		{"nobody finishes", yen, odds(even, even, even, even, 0), []string{"Of 10,000 players 0.00 finish", "Each of 0 winners", "never finishes a set", "JPY 9,000 go where"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := forecast.Campaign(t.Context(), c.pool, version(3, 2, 20, c.odds, nil), everybody(10_000))
			if err != nil {
				t.Fatal(err)
			}
			var text strings.Builder
			if err := f.Table(&text, "Title", []string{"One", "Two", "Three", "Four", "Five"}); err != nil {
				t.Fatal(err)
			}
			for _, want := range c.wants {
				if !strings.Contains(text.String(), want) {
					t.Errorf("no %q in\n%s", want, text.String())
				}
			}
			for _, field := range forecast.Fields {
				if !strings.Contains(text.String(), "  "+field.Name+": ") {
					t.Errorf("%s is not told", field.Name)
				}
			}
		})
	}
}

// TestTableSaysWhatIsLacking: near certainty a probability is told by what it lacks.
func TestTableSaysWhatIsLacking(t *testing.T) {
	var text strings.Builder
	if err := outlook(t, odds(even, even, even, even, even), nil, 5, 60, 1_000_000).Table(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3.84 %", "all but 0.000766 %", "1,000,000", "> 99.99 %"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
}
