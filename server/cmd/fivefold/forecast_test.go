package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/campaign/forecast"
)

// foretold runs the command and gives what it writes.
func foretold(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	c := forecastCommand()
	c.Action = func(ctx context.Context, c *cli.Command) error { return runForecast(ctx, c, &out) }
	err := c.Run(t.Context(), append([]string{"forecast"}, args...))
	return out.String(), err
}

func TestForecastOfOdds(t *testing.T) {
	text, err := foretold(t, "--odds", "0.2,0.2,0.2,0.2,0.2", "--draws", "10,18", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var got forecast.Outlook
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if math.Abs(got.Mean-11.416666667) > 1e-9 || got.Median != 10 || got.P90 != 18 || got.P99 != 28 {
		t.Errorf("wrote %s", text)
	}
	if len(got.By) != 2 || got.By[0].Draws != 10 || math.Abs(got.By[0].Finished-5103000.0/9765625) > 1e-12 {
		t.Errorf("by 10 draws: %+v", got.By)
	}
	table, err := foretold(t, "--odds", "0.2,0.2,0.2,0.2,0.2", "--draws", "10,18")
	if err != nil || !strings.Contains(table, "11.42") || !strings.Contains(table, "52.25 %") {
		t.Errorf("%v, wrote\n%s", err, table)
	}
}

func TestForecastOfWildcardAndGuarantee(t *testing.T) {
	mean := func(args ...string) float64 {
		t.Helper()
		text, err := foretold(t, append(args, "--odds", "0.11,0.11,0.11,0.11,0.02", "--json")...)
		if err != nil {
			t.Fatal(err)
		}
		var got forecast.Outlook
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		return got.Mean
	}
	plain := mean()
	wild := mean("--wildcard", "0.005")
	guaranteed := mean("--guarantee-every", "12", "--guarantee", "0.2,0.2,0.2,0.2,0.2")
	both := mean("--wildcard", "0.005", "--guarantee-every", "12", "--guarantee", "0,0,0,0,0,1")
	if !(both < wild && wild < plain && guaranteed < plain && plain > 50 && plain < 60) {
		t.Errorf("means: plain %v, with wildcards %v, guaranteed %v, both %v", plain, wild, guaranteed, both)
	}
	text, err := foretold(t, "--odds", "0.25,0.25,0.25,0.25,0")
	if err != nil || !strings.Contains(text, "Nobody finishes") {
		t.Errorf("%v, wrote %s", err, text)
	}
}

func TestForecastRefusesOdds(t *testing.T) {
	const fine = "--odds=.2,.2,.2,.2,.1"
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"nothing", nil, "--odds or --campaign"},
		{"both", []string{fine, "--campaign", "spring"}, "name one of them"},
		{"a crowd for odds", []string{fine, "--players", "5"}, "--players says nothing to --odds"},
		{"an argument", []string{"spring"}, `"spring"`},
		{"four", []string{"--odds", "0.2,0.2,0.2,0.2"}, "--odds: there are 4"},
		{"no odds", []string{"--odds", ""}, "--odds"},
		{"more than all", []string{"--odds", "0.3,0.3,0.3,0.14,0.01"}, "--odds: they add up to 1.05"},
		{"negative", []string{"--odds", "0.3,0.3,0.3,-0.1,0.01"}, "--odds: -0.1"},
		{"no number", []string{"--odds", "0.3,0.3,0.3,x,0.01"}, `--odds: "x"`},
		{"a fraction", []string{"--odds", "1/5,0.2,0.2,0.2,0.2"}, `--odds: "1/5"`},
		{"too fine", []string{"--odds", "0.2,0.2,0.2,0.2,0.0000000001"}, "--odds: 0.0000000001 has more than nine"},
		{"too many wildcards", []string{fine, "--wildcard", "0.2"}, "--wildcard: with --odds it adds up to 1.1"},
		{"a wildcard that is none", []string{fine, "--wildcard", "often"}, `--wildcard: "often"`},
		{"a guarantee of one", []string{fine, "--guarantee-every", "1", "--guarantee", "1,0,0,0,0"}, "--guarantee-every: 1"},
		{"a guarantee without odds", []string{fine, "--guarantee-every", "12"}, "--guarantee:"},
		{"odds of no guarantee", []string{fine, "--guarantee", "1,0,0,0,0"}, "--guarantee-every: 0"},
		{"a guarantee of a miss", []string{fine, "--guarantee-every", "12", "--guarantee", "0.9,0,0,0,0"}, "--guarantee: they add up to 0.9"},
		{"a guarantee of six", []string{fine, "--guarantee-every", "12", "--guarantee", "1,0,0,0,0,0"}, "--guarantee: there are 6"},
		{"no draws", []string{fine, "--draws", "10,many"}, `--draws: "many"`},
		{"draws below none", []string{fine, "--draws", "-1"}, "--draws"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if text, err := foretold(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) || text != "" {
				t.Errorf("%v, wrote %q; want it to say %q", err, text, c.want)
			}
		})
	}
}

// TestForecastOfACampaign takes the sample campaign, as a file and by its name.
func TestForecastOfACampaign(t *testing.T) {
	text, err := foretold(t, "--campaign", "../../../assets/campaigns/spring.yaml", "--players", "2000", "--sample", "1000", "--runs", "5", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var f forecast.Forecast
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	last := f.Days[len(f.Days)-1]
	if len(f.Days) != 7 || last.Arrived != 2000 || last.Finished < last.Alone || f.Simulated == nil || f.Simulated.Players != 1000 {
		t.Errorf("%+v", f)
	}
	if f.Money.Pool != 888_888 || f.Money.Share != 888_888/f.Money.Winners || f.Stocks[0].Outcome != "dedication" {
		t.Errorf("%+v and %+v", f.Money, f.Stocks)
	}
	if again, err := foretold(t, "--campaign", "spring", "--players", "2000", "--sample", "1000", "--runs", "5", "--json"); err != nil || again != text {
		t.Errorf("by its name: %v, wrote %.200s", err, again)
	}
	table, err := foretold(t, "--campaign", "spring", "--runs", "0", "--days", "2")
	for _, want := range []string{"Five Fortunes", "CNY 8,888.88", "dedication", "Patriotism", "10 accounts", "gifts: 0.2"} {
		if err != nil || !strings.Contains(table, want) {
			t.Errorf("%v, no %q in\n%s", err, want, table)
		}
	}
}

func TestForecastAssumes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "crowd.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("players: 500\ngifts: 0.5\nhabits: [{share: 1, draws: 30}]\n")
	text, err := foretold(t, "--campaign", "spring", "--assumptions", file, "--gifts", "0", "--runs", "0", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var f forecast.Forecast
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	want := forecast.Defaults()
	want.Players, want.Gifts, want.Habits = 500, 0, []forecast.Habit{{Share: 1, Draws: 30}}
	if diff := cmp.Diff(want, f.Assumptions); diff != "" {
		t.Errorf("assumed (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		"giffs: 0.5\n":         "giffs",
		"gifts: 2\n":           "gifts has to be within 0..1",
		"players: many\n":      "players",
		"active: []\n":         "active must not be empty",
		"arrivals: [0]\n":      "arrivals have to add up to more than 0",
		"habits: [{share: 1}]": "habits.0.draws",
	} {
		write(text)
		if _, err := foretold(t, "--campaign", "spring", "--assumptions", file); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--assumptions") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestForecastRefusesCampaigns(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "wrong.yaml")
	spring, err := os.ReadFile("../../../assets/campaigns/spring.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(wrong, bytes.Replace(spring, []byte("miss: 535"), []byte("miss: 536"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--campaign", "spring", "--draws", "10"}, "--draws says nothing to --campaign"},
		{[]string{"--campaign", "autumn"}, "--campaign: open autumn"},
		{[]string{"--campaign", wrong}, "odds sum 1000000000"},
		{[]string{"--campaign", "spring", "--players", "0"}, "--players has to be within 1.."},
		{[]string{"--campaign", "spring", "--days", "8"}, "--days has to be within 0..7"},
		{[]string{"--campaign", "spring", "--windows", "0"}, "--windows has to be within"},
		{[]string{"--campaign", "spring", "--gifts", "1.1"}, "--gifts has to be within 0..1"},
		{[]string{"--campaign", "spring", "--after-set", "-1"}, "--after-set has to be within 0..1"},
		{[]string{"--campaign", "spring", "--redeem", "2"}, "--redeem has to be within 0..1"},
		{[]string{"--campaign", "spring", "--accounts", "-1"}, "--accounts has to be within 0.."},
		{[]string{"--campaign", "spring", "--runs", "2"}, "--runs has to be within 5..1000"},
		{[]string{"--campaign", "spring", "--sample", "0"}, "--sample has to be within 1.."},
		{[]string{"--campaign", "spring", "--assumptions", "none.yaml"}, "--assumptions: open none.yaml"},
	} {
		if text, err := foretold(t, c.args...); err == nil || !strings.Contains(err.Error(), c.want) || text != "" {
			t.Errorf("%v: %v, wrote %.100q; want it to say %q", c.args, err, text, c.want)
		}
	}
}
