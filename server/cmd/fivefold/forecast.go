package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/campaign/forecast"
)

func forecastCommand() *cli.Command {
	usual, simulation := forecast.Defaults(), forecast.DefaultSimulation()
	return &cli.Command{
		Name:  "forecast",
		Usage: "what will become of odds, or of a campaign, before they are published",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "odds", Usage: "of the five cards at each draw, by commas, as shares of 1: 0.3,0.3,0.25,0.14,0.01"},
			&cli.StringFlag{Name: "wildcard", Usage: "odds of a wildcard, such as 0.005"},
			&cli.IntFlag{Name: "guarantee-every", Usage: "one of so many draws is no miss"},
			&cli.StringFlag{Name: "guarantee", Usage: "the odds by which that one is drawn when the others were misses: five, or six with the wildcard's, which add up to 1"},
			&cli.StringFlag{Name: "draws", Usage: "say what a player has after so many draws; several by commas"},
			&cli.StringFlag{Name: "campaign", Usage: "a campaign FILE such as assets/campaigns/spring.yaml, or the name of a sample campaign, instead of odds"},
			&cli.StringFlag{Name: "assumptions", Usage: "FILE, in YAML or JSON, of what is assumed of the crowd; what it leaves out is as usual"},
			&cli.Int64Flag{Name: "players", Value: usual.Players, Usage: "how many play"},
			&cli.IntFlag{Name: "days", Usage: "how many days are looked at; 0: all of the campaign"},
			&cli.IntFlag{Name: "windows", Value: usual.Windows, Usage: "windows that an active player plays on a day"},
			&cli.FloatFlag{Name: "gifts", Value: usual.Gifts, Usage: "share of spare cards that is given to somebody who lacks them, 0..1"},
			&cli.FloatFlag{Name: "after-set", Value: usual.AfterSet, Usage: "share of the draws that goes on when a set is finished, 0..1"},
			&cli.FloatFlag{Name: "redeem", Value: usual.Redeem, Usage: "share of finished sets that is redeemed, 0..1"},
			&cli.IntFlag{Name: "accounts", Value: usual.Accounts, Usage: "accounts that one person keeps who brings their cards together"},
			&cli.IntFlag{Name: "runs", Value: simulation.Runs, Usage: "how often the crowd is simulated, 5..1000; 0: only what has a formula"},
			&cli.IntFlag{Name: "sample", Value: simulation.Players, Usage: "players of a simulated crowd, at most"},
			&cli.Uint64Flag{Name: "seed", Value: simulation.Seed, Usage: "of the simulated crowd; the same gives the same"},
			&cli.BoolFlag{Name: "json", Usage: "write it as JSON"},
		},
		Action: func(ctx context.Context, c *cli.Command) error { return runForecast(ctx, c, os.Stdout) },
	}
}

func runForecast(ctx context.Context, c *cli.Command, out io.Writer) error {
	if c.Args().Len() > 0 {
		return fmt.Errorf("forecast: %q is not understood; what to forecast is said by flags", c.Args().First())
	}
	switch {
	case c.IsSet("odds") && c.IsSet("campaign"):
		return errors.New("forecast: --odds and --campaign: name one of them")
	case c.IsSet("odds"):
		if err := noneOf(c, "odds", "assumptions", "players", "days", "windows", "gifts", "after-set", "redeem", "accounts", "runs", "sample", "seed"); err != nil {
			return err
		}
		return forecastOdds(ctx, c, out)
	case c.IsSet("campaign"):
		if err := noneOf(c, "campaign", "wildcard", "guarantee-every", "guarantee", "draws"); err != nil {
			return err
		}
		return forecastCampaign(ctx, c, out)
	default:
		return errors.New("forecast: name --odds or --campaign")
	}
}

// noneOf refuses flags that would change nothing.
func noneOf(c *cli.Command, with string, flags ...string) error {
	for _, flag := range flags {
		if c.IsSet(flag) {
			return fmt.Errorf("forecast: --%s says nothing to --%s", flag, with)
		}
	}
	return nil
}

func forecastOdds(ctx context.Context, c *cli.Command, out io.Writer) error {
	odds, err := oddsOf(c.String("odds"), c.String("wildcard"))
	if err != nil {
		return err
	}
	guarantee, err := guaranteeOf(c, len(odds.Outcomes))
	if err != nil {
		return err
	}
	draws, err := drawsOf(c.String("draws"))
	if err != nil {
		return err
	}
	outlook, err := forecast.Odds(ctx, odds, guarantee, draws)
	if err != nil {
		return err
	}
	return writeForecast(out, c.Bool("json"), outlook, outlook.Table)
}

// writeForecast writes a value as JSON or as a table.
func writeForecast(out io.Writer, asJSON bool, value any, table func(io.Writer) error) error {
	if !asJSON {
		return table(out)
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
