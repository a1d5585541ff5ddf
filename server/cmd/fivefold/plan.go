package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/plan"
	"github.com/fivefold/fivefold/server/plan/measure"
)

// planCommand's addresses are not read from the environment: measuring loads what it is given to
// the full, and that must not be the database that serves players because a variable names it.
func planCommand() *cli.Command {
	return &cli.Command{
		Name:      "plan",
		Usage:     "from what operations cost here and what is expected of an evening, how many machines it takes",
		ArgsUsage: "EVENING   a file, or one of " + strings.Join(evenings(), ", "),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "costs", Usage: "take the costs from a file, as --json or --measure-only write it, and measure nothing"},
			&cli.BoolFlag{Name: "measure-only", Usage: "write the costs of this machine as JSON, and plan nothing"},
			&cli.BoolFlag{Name: "json", Usage: "write the plan as JSON"},
			&cli.IntFlag{Name: "every", Usage: "minutes of a row of the table; 0: what fits a page"},
			&cli.StringFlag{Name: "database-url", Usage: "measure the book on postgres://…, in a schema of its own; empty: SQLite in the data folder"},
			&cli.StringFlag{Name: "redis-url", Usage: "measure Redis on redis://… or redis+cluster://one-master; empty: embedded"},
			&cli.StringFlag{Name: "data-dir", Value: ".data", Usage: "folder on the disk that SQLite is measured on"},
			&cli.DurationFlag{Name: "each", Value: time.Second, Usage: "how long to measure each of fourteen operations; the longer, the less noise"},
			&cli.IntFlag{Name: "connections", Value: 128, Usage: "connections that requests are measured by"},
		},
		Action: func(ctx context.Context, c *cli.Command) error { return runPlan(ctx, c, os.Stdout) },
	}
}

func runPlan(ctx context.Context, c *cli.Command, out io.Writer) error {
	if c.Bool("measure-only") {
		costs, err := costsOf(ctx, c)
		if err != nil {
			return err
		}
		return costs.Write(out)
	}
	if c.Args().Len() != 1 {
		return fmt.Errorf("plan: name one EVENING, a file or one of %s", strings.Join(evenings(), ", "))
	}
	name := c.Args().First()
	evening, err := readEvening(name)
	if err != nil {
		return err
	}
	costs, err := costsOf(ctx, c)
	if err != nil {
		return err
	}
	made, err := plan.Make(name, evening, costs)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(made)
	}
	return made.Table(out, c.Int("every"))
}

// evenings gives the names of the evenings that ship with the program.
func evenings() []string {
	files, _ := fs.Glob(assets.Evenings, "evenings/*.yaml")
	for i, file := range files {
		files[i] = strings.TrimSuffix(path.Base(file), ".yaml")
	}
	return files
}

func readEvening(name string) (*plan.Evening, error) {
	b, err := fs.ReadFile(assets.Evenings, "evenings/"+name+".yaml")
	if err != nil {
		if b, err = os.ReadFile(name); err != nil {
			return nil, fmt.Errorf("plan: there is no such file, and none of %s is called so: %w", strings.Join(evenings(), ", "), err)
		}
	}
	e, err := plan.ReadEvening(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return e, nil
}

// costsOf reads the costs where a file is named, and measures them else.
func costsOf(ctx context.Context, c *cli.Command) (plan.Costs, error) {
	if file := c.String("costs"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return plan.Costs{}, fmt.Errorf("plan: the costs: %w", err)
		}
		costs, err := plan.ReadCosts(b)
		if err != nil {
			return costs, fmt.Errorf("%s: %w", file, err)
		}
		return costs, nil
	}
	o := measure.Options{Each: c.Duration("each"), Clients: c.Int("connections")}
	if o.Each < 10*time.Millisecond || o.Each > 10*time.Second || o.Clients < 1 || o.Clients > 1024 {
		return plan.Costs{}, errors.New("plan: --each has to be within 10ms..10s, and --connections within 1..1024")
	}
	fmt.Fprintf(os.Stderr, "measuring, for about %v …\n", (20*o.Each + 3*time.Second).Round(time.Second))
	return measureHere(ctx, o, c.String("data-dir"), c.String("database-url"), c.String("redis-url"))
}
