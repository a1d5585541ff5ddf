package main

import (
	"context"
	"time"

	"github.com/urfave/cli/v3"
)

// command is the command line: every flag may also be given as a FIVEFOLD_ variable.
func command() *cli.Command {
	return &cli.Command{
		Name:  "fivefold",
		Usage: "card-collecting campaigns that can be checked",
		Commands: []*cli.Command{
			serveCommand(), devCommand(), migrateCommand(), userCommand(), loadCommand(), planCommand(), forecastCommand(), campaignCommand(),
		},
	}
}

func variable(name string) cli.ValueSourceChain { return cli.EnvVars("FIVEFOLD_" + name) }

// storeFlags say where the book and Redis are.
func storeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "data-dir", Value: ".data", Usage: "folder of the embedded database", Sources: variable("DATA_DIR")},
		&cli.StringFlag{Name: "database-url", Usage: "postgres://…; empty: SQLite in the data folder", Sources: variable("DATABASE_URL")},
		&cli.StringFlag{Name: "redis-url", Usage: "redis://… or redis+cluster://a,b,c; empty: embedded", Sources: variable("REDIS_URL")},
		&cli.StringFlag{Name: "secret", Usage: "32 characters or more from which all keys are derived", Sources: variable("SECRET")},
		&cli.StringFlag{Name: "log-level", Value: "info", Usage: "debug, info, warn or error", Sources: variable("LOG_LEVEL")},
	}
}

func networkFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "addr", Value: "127.0.0.1:8080", Usage: "address of the game, the API and the admin page", Sources: variable("ADDR")},
		&cli.IntFlag{Name: "players-per-minute", Value: 600, Usage: "players that one address may make in a minute", Sources: variable("PLAYERS_PER_MINUTE")},
		&cli.StringFlag{Name: "host-origins", Usage: "https://app.example,… whose pages may embed the game", Sources: variable("HOST_ORIGINS")},
		&cli.StringFlag{Name: "host-keys", Usage: "ISSUER/KID=HS256:KEY or …=EdDSA:KEY, …: keys by which host apps say who plays", Sources: variable("HOST_KEYS")},
		&cli.StringFlag{Name: "host-audience", Value: "fivefold", Usage: "the audience for which they sign", Sources: variable("HOST_AUDIENCE")},
	}
}

// fourEyesFlag is there in both, so that development can try what production does.
func fourEyesFlag(value bool) cli.Flag {
	return &cli.BoolFlag{Name: "four-eyes", Value: value, Usage: "what counts needs the consent of a second person", Sources: variable("FOUR_EYES")}
}

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "run a server",
		Flags: append(append(storeFlags(), networkFlags()...),
			&cli.StringFlag{Name: "ops-addr", Value: "127.0.0.1:9090", Usage: "address of health, readiness and metrics", Sources: variable("OPS_ADDR")},
			&cli.BoolFlag{Name: "migrate", Usage: "bring the database up to date before serving", Sources: variable("MIGRATE")},
			&cli.BoolFlag{Name: "behind-proxy", Usage: "take the player's address from X-Forwarded-For, and cookies as sent over TLS", Sources: variable("BEHIND_PROXY")},
			fourEyesFlag(true),
			secondFactorFlag(true),
			&cli.DurationFlag{Name: "lead", Value: time.Minute, Usage: "how long before a window its version has to be published; the same on all servers", Sources: variable("LEAD")},
			&cli.DurationFlag{Name: "grace", Value: time.Minute, Usage: "how long after its window a chance is accepted", Sources: variable("GRACE")},
			&cli.DurationFlag{Name: "drain", Value: 10 * time.Minute, Usage: "time from closing to sealing", Sources: variable("DRAIN")},
		),
		Action: func(ctx context.Context, c *cli.Command) error { return serve(ctx, configOf(c)) },
	}
}

func devCommand() *cli.Command {
	return &cli.Command{
		Name:  "dev",
		Usage: "run a server for development: a sample campaign, short times, buttons to move time on",
		Flags: append(append(storeFlags(), networkFlags()...),
			fourEyesFlag(false),
			secondFactorFlag(false),
			&cli.BoolFlag{Name: "watch", Usage: "rebuild and restart when a source file changes", Sources: variable("WATCH")},
			&cli.StringFlag{Name: "campaign", Value: "spring", Usage: "sample campaign to begin with: spring, moon or a file", Sources: variable("DEV_CAMPAIGN")},
			&cli.StringFlag{Name: "password", Usage: "of the developer's log-in to the admin page", Sources: variable("DEV_PASSWORD")},
		),
		Action: func(ctx context.Context, c *cli.Command) error {
			return dev(ctx, configOf(c).forDev(), c.String("campaign"), c.Bool("watch"), c.String("password"))
		},
	}
}

func migrateCommand() *cli.Command {
	return &cli.Command{
		Name:   "migrate",
		Usage:  "bring the database up to date",
		Flags:  storeFlags(),
		Action: func(ctx context.Context, c *cli.Command) error { return migrate(ctx, configOf(c)) },
	}
}

func secondFactorFlag(value bool) cli.Flag {
	return &cli.BoolFlag{
		Name: "second-factor", Value: value, Usage: "owners and publishers need a second factor before they may publish, switch, approve or pay",
		Sources: variable("SECOND_FACTOR"),
	}
}
