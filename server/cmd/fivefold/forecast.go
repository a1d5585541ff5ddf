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
	return &cli.Command{
		Name:  "forecast",
		Usage: "what will become of odds, or of a campaign, before they are published",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "odds", Usage: "of the five cards at each draw, by commas, as shares of 1: 0.3,0.3,0.25,0.14,0.01"},
			&cli.StringFlag{Name: "wildcard", Usage: "odds of a wildcard, such as 0.005"},
			&cli.IntFlag{Name: "guarantee-every", Usage: "one of so many draws is no miss"},
			&cli.StringFlag{Name: "guarantee", Usage: "the odds by which that one is drawn when the others were misses: five, or six with the wildcard's, which add up to 1"},
			&cli.StringFlag{Name: "draws", Usage: "say what a player has after so many draws; several by commas"},
			&cli.BoolFlag{Name: "json", Usage: "write it as JSON"},
		},
		Action: func(ctx context.Context, c *cli.Command) error { return runForecast(ctx, c, os.Stdout) },
	}
}

func runForecast(ctx context.Context, c *cli.Command, out io.Writer) error {
	if c.Args().Len() > 0 {
		return fmt.Errorf("forecast: %q is not understood; what to forecast is said by flags", c.Args().First())
	}
	if !c.IsSet("odds") {
		return errors.New("forecast: name --odds")
	}
	return forecastOdds(ctx, c, out)
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
