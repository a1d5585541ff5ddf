package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

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
		{"nothing", nil, "--odds"},
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
