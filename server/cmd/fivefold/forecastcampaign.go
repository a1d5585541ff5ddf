package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v3"
	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// forecastBegins stands for the day on which a campaign file is created: a forecast counts from
// the opening, so that any will do.
var forecastBegins = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func forecastCampaign(ctx context.Context, c *cli.Command, out io.Writer) error {
	name := c.String("campaign")
	described, version, err := readCampaign(name)
	if err != nil {
		return err
	}
	assumed, err := assumptionsOf(c)
	if err != nil {
		return err
	}
	made, err := forecast.Campaign(ctx, described.Pool, &version, assumed)
	if err != nil {
		return byFlag(err)
	}
	if runs := c.Int("runs"); runs > 0 {
		s := forecast.Simulation{Players: c.Int("sample"), Runs: runs, Seed: c.Uint64("seed")}
		made.Simulated, err = forecast.Simulate(ctx, described.Pool, &version, assumed, s, tell)
		if err != nil {
			return byFlag(err)
		}
	}
	var cards []string
	for _, card := range described.Cards {
		cards = append(cards, card.Name.In("en"))
	}
	return writeForecast(out, c.Bool("json"), made, func(w io.Writer) error {
		return made.Table(w, described.Name.In("en")+" ("+name+")", cards)
	})
}

// tell says how far the simulation is, to people who look at a terminal.
func tell(done, runs int) {
	if info, err := os.Stderr.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return
	}
	end := ""
	if done == runs {
		end = "\r\x1b[K"
	}
	fmt.Fprintf(os.Stderr, "\rsimulating: %d of %d%s", done, runs, end)
}

// readCampaign reads a campaign from a file, or a sample campaign by its name.
func readCampaign(name string) (game.Campaign, game.Version, error) {
	b, err := readSample(name)
	if err != nil {
		return game.Campaign{}, game.Version{}, fmt.Errorf("forecast: --campaign: %w", err)
	}
	described, version, err := campaign.ReadFile(b, forecastBegins)
	if err == nil {
		err = campaign.Check(described)
	}
	if err == nil {
		err = version.Check()
	}
	if err != nil {
		return described, version, fmt.Errorf("forecast: --campaign: %s: %w", name, err)
	}
	return described, version, nil
}

// assumptionsOf gives the usual assumptions, with those of a file and of the flags instead.
func assumptionsOf(c *cli.Command) (forecast.Assumptions, error) {
	a := forecast.Defaults()
	if file := c.String("assumptions"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return a, fmt.Errorf("forecast: --assumptions: %w", err)
		}
		if err := readAssumptions(b, &a); err != nil {
			return a, fmt.Errorf("forecast: --assumptions: %s: %w", file, err)
		}
	}
	for name, set := range map[string]func(){
		"players":   func() { a.Players = c.Int64("players") },
		"days":      func() { a.Days = c.Int("days") },
		"windows":   func() { a.Windows = c.Int("windows") },
		"gifts":     func() { a.Gifts = c.Float("gifts") },
		"after-set": func() { a.AfterSet = c.Float("after-set") },
		"redeem":    func() { a.Redeem = c.Float("redeem") },
		"accounts":  func() { a.Accounts = c.Int("accounts") },
	} {
		if c.IsSet(name) {
			set()
		}
	}
	return a, nil
}

// readAssumptions reads what b has instead of what a has.
func readAssumptions(b []byte, a *forecast.Assumptions) error {
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	decoder.KnownFields(true)
	switch err := decoder.Decode(a); {
	case errors.Is(err, io.EOF): // an empty file changes nothing
	case err != nil:
		return fmt.Errorf("%s%w", misread(b), err)
	}
	return told(a.Check(), func(name string) string { return name })
}

// misread names the field that is of the wrong kind, which a reader of YAML does not say.
func misread(b []byte) string {
	var document map[string]yaml.Node
	if err := yaml.Unmarshal(b, &document); err != nil {
		return ""
	}
	for _, f := range forecast.Fields {
		value, ok := document[f.Name]
		if !ok {
			continue
		}
		alone := yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: f.Name}, &value}}
		if alone.Decode(&forecast.Assumptions{}) != nil {
			return f.Name + ": "
		}
	}
	return ""
}

// byFlag names what is wrong by the flags that it was given by, where there are such.
func byFlag(err error) error {
	err = told(err, func(name string) string {
		switch name {
		case "players", "days", "windows", "gifts", "redeem", "accounts":
			return "--" + name
		case "after_set":
			return "--after-set"
		case "simulation.players":
			return "--sample"
		case "simulation.runs":
			return "--runs"
		}
		return name
	})
	return fmt.Errorf("forecast: %w", err)
}

// told says what is wrong with fields, each by its name, in a sentence; another error stays as it is.
func told(err error, name func(field string) string) error {
	fields := game.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	var wrong []string
	for _, f := range fields {
		switch f.Reason {
		case game.ReasonRange:
			wrong = append(wrong, name(f.Name)+" has to be within "+f.Want)
		case game.ReasonSum:
			wrong = append(wrong, name(f.Name)+" have to add up to "+f.Want)
		case game.ReasonRequired:
			wrong = append(wrong, name(f.Name)+" must not be empty")
		default:
			wrong = append(wrong, strings.TrimSpace(name(f.Name)+": "+string(f.Reason)+" "+f.Want))
		}
	}
	return errors.New(strings.Join(wrong, "; "))
}
