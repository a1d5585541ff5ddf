package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/load"
)

const loadDescription = `A crowd of players comes, shakes, wins, looks at its albums and redeems, as the game does: it waits
as long as the server asks. What it is told is checked: a draw that is asked again has to give the
same answer, an album grows by what was won and by nothing else. With --verify (after the seal) or
--seeds every draw is computed again, misses too. The command fails when an answer was wrong.

The server has to run on this machine. All players come from one address, so it needs a generous
--players-per-minute. How to read the report stands in web/docs/operations.md.`

func loadCommand() *cli.Command {
	return &cli.Command{
		Name:        "load",
		Usage:       "let a crowd play against a running server, measure it and check its answers",
		Description: loadDescription,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "url", Value: []string{"http://127.0.0.1:8080"}, Usage: "the server, or several of one installation; loopback only"},
			&cli.StringFlag{Name: "campaign", Usage: "its slug; empty: the first that is open"},
			&cli.IntFlag{Name: "players", Value: 100, Usage: "how many people come"},
			&cli.DurationFlag{Name: "arrive", Value: 5 * time.Second, Usage: "how long it takes until all have come"},
			&cli.StringFlag{Name: "arrivals", Value: "constant", Usage: "constant: evenly; ramp: ever faster"},
			&cli.DurationFlag{Name: "duration", Value: 30 * time.Second, Usage: "how long they play"},
			&cli.DurationFlag{Name: "drain", Value: 10 * time.Second, Usage: "how long after that a request that was put off is tried again"},
			&cli.FloatFlag{Name: "taps-per-second", Value: 5, Usage: "how fast one player taps"},
			&cli.IntFlag{Name: "taps-per-request", Value: 8, Usage: "how many taps are sent together, 1..64"},
			&cli.StringFlag{Name: "repeat", Value: "1%", Usage: "share of draws and redemptions that are asked a second time"},
			&cli.StringFlag{Name: "look", Value: "25%", Usage: "share of wins that are followed by a look at the album"},
			&cli.StringFlag{Name: "spike", Usage: "AT,FACTOR,DURATION, such as 10s,5,5s: then five times as many people shake"},
			&cli.IntFlag{Name: "connections", Value: 512, Usage: "how many are opened at most; a quarter of them for people who come"},
			&cli.DurationFlag{Name: "timeout", Value: 10 * time.Second, Usage: "of a request"},
			&cli.BoolFlag{Name: "verify", Usage: "wait for the seal and the settlement, and compute every draw again"},
			&cli.DurationFlag{Name: "verify-wait", Value: 2 * time.Minute, Usage: "how long to wait for them"},
			&cli.StringFlag{Name: "seeds", Usage: `a file of seeds, {"1": "64 hex digits"} by round: compute the draws again without waiting`},
			&cli.StringFlag{Name: "json", Usage: "write the report to a file for machines; -: to standard output"},
			&cli.BoolFlag{Name: "quiet", Usage: "no line every second"},
		},
		Action: runLoad,
	}
}

func runLoad(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return fmt.Errorf("load: unknown argument %q", c.Args().First())
	}
	config, err := loadConfig(c)
	if err != nil {
		return err
	}
	report, err := load.Run(ctx, config)
	if report == nil {
		return err
	}
	return errors.Join(err, writeReport(report, c.String("json")), judge(report))
}

func loadConfig(c *cli.Command) (load.Config, error) {
	config := load.Config{
		Plan: load.Plan{
			Players: c.Int("players"), Arrive: c.Duration("arrive"), Ramp: c.String("arrivals") == "ramp",
			Duration: c.Duration("duration"), Drain: c.Duration("drain"),
			TapsPerSecond: c.Float("taps-per-second"), TapsPerRequest: c.Int("taps-per-request"),
		},
		Campaign: c.String("campaign"), Connections: c.Int("connections"), Timeout: c.Duration("timeout"),
		Verify: c.Bool("verify"), Wait: c.Duration("verify-wait"),
	}
	if !c.Bool("quiet") {
		config.Progress = os.Stderr
	}
	var errs [6]error
	if a := c.String("arrivals"); a != "constant" && a != "ramp" {
		errs[0] = fmt.Errorf("arrivals: %q is neither constant nor ramp", a)
	}
	config.Targets, errs[1] = load.Targets(c.StringSlice("url"))
	config.Repeat, errs[2] = share("repeat", c.String("repeat"))
	config.Look, errs[3] = share("look", c.String("look"))
	config.Spike, errs[4] = spike(c.String("spike"))
	config.Seeds, errs[5] = readSeeds(c.String("seeds"))
	return config, errors.Join(errs[:]...)
}

// share reads "25%" or "0.25".
func share(name, text string) (float64, error) {
	digits, percent := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no share, such as 1%% or 0.01", name, text)
	}
	if percent {
		n /= 100
	}
	return n, nil
}

func spike(text string) (s load.Spike, err error) {
	if text == "" {
		return s, nil
	}
	form := fmt.Errorf("spike: %q is not of the form AT,FACTOR,DURATION, such as 10s,5,5s", text)
	parts := strings.Split(text, ",")
	if len(parts) != 3 {
		return s, form
	}
	at, err1 := time.ParseDuration(parts[0])
	factor, err2 := strconv.ParseFloat(parts[1], 64)
	lasts, err3 := time.ParseDuration(parts[2])
	if err1 != nil || err2 != nil || err3 != nil {
		return s, form
	}
	return load.Spike{At: at, Factor: factor, Lasts: lasts}, nil
}

func readSeeds(path string) (seeds map[int]string, err error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, &seeds)
	}
	if err == nil && len(seeds) == 0 {
		err = errors.New("there are none")
	}
	if err != nil {
		return nil, fmt.Errorf("seeds: read %s: %w", path, err)
	}
	return seeds, nil
}

// writeReport writes the report for people, and for machines where that is asked for.
func writeReport(report *load.Report, path string) error {
	if path == "-" {
		report.Text(os.Stderr)
		return report.JSON(os.Stdout)
	}
	report.Text(os.Stdout)
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("load: write the report: %w", err)
	}
	return errors.Join(report.JSON(f), f.Close())
}

// judge turns what was wrong into a failure of the command.
func judge(report *load.Report) error {
	switch {
	case report.Wrong > 0:
		return fmt.Errorf("load: %d answers were wrong", report.Wrong)
	case report.Taps.Counted == 0:
		return errors.New("load: no tap was counted")
	}
	return nil
}
