package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/rest"
)

// config is all that a server is told; its zero values are the safe ones.
type config struct {
	DataDir     string
	DatabaseURL string
	RedisURL    string
	Secret      string
	LogLevel    string

	Addr             string
	OpsAddr          string // "": beside the API, in dev
	PlayersPerMinute int
	HostOrigins      string // of pages that may embed the game, with commas between them
	HostKeys         string // by which host apps sign identities
	HostAudience     string // for which they sign them
	BehindProxy      bool
	Migrate          bool
	Dev              bool
	FourEyes         bool // what counts needs the consent of a second person
	SecondFactor     bool // whoever publishes or pays needs one
	Spare            bool // follow the load, and refuse what is too much

	Lead, Grace, Drain time.Duration
	Poll               time.Duration // between snapshots
	Pace               time.Duration // asked of clients between requests
}

func configOf(c *cli.Command) config {
	return config{
		DataDir: c.String("data-dir"), DatabaseURL: c.String("database-url"), RedisURL: c.String("redis-url"),
		Secret: c.String("secret"), LogLevel: c.String("log-level"),
		Addr: c.String("addr"), OpsAddr: c.String("ops-addr"),
		PlayersPerMinute: c.Int("players-per-minute"),
		HostOrigins:      c.String("host-origins"), HostKeys: c.String("host-keys"), HostAudience: c.String("host-audience"),
		SecondFactor: c.Bool("second-factor"),
		BehindProxy:  c.Bool("behind-proxy"), Migrate: c.Bool("migrate"), FourEyes: c.Bool("four-eyes"),
		Lead: c.Duration("lead"), Grace: c.Duration("grace"), Drain: c.Duration("drain"),
		Poll: time.Second, Pace: time.Second,
		Spare: true,
	}
}

// forDev shortens the times, so that nobody waits for a change to show.
func (c config) forDev() config {
	c.Dev, c.Migrate = true, true
	c.Spare = false // a compiler beside it is no crowd
	c.Lead, c.Grace, c.Drain = 2*time.Second, 2*time.Second, 5*time.Second
	c.Poll, c.Pace = 500*time.Millisecond, 500*time.Millisecond
	return c
}

func (c config) databaseURL() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return "sqlite:" + filepath.Join(c.DataDir, "fivefold.db")
}

func (c config) redisURL() string {
	if c.RedisURL != "" {
		return c.RedisURL
	}
	return "embedded:"
}

// minSecret is what a secret has to have in characters.
const minSecret = 32

// secret gives the installation's secret: the one that was given, or in dev one from a file in
// the data folder, which a first start makes.
func (c config) secret() ([]byte, error) {
	if c.Secret != "" || !c.Dev {
		if len(c.Secret) < minSecret {
			return nil, fmt.Errorf("FIVEFOLD_SECRET: %d characters or more are needed, all keys and seeds are derived from it", minSecret)
		}
		return []byte(c.Secret), nil
	}
	path := filepath.Join(c.DataDir, "secret")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		random := make([]byte, 32)
		if _, err := rand.Read(random); err != nil {
			return nil, fmt.Errorf("make a secret: %w", err)
		}
		b = []byte(hex.EncodeToString(random))
		err = os.WriteFile(path, b, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("the developer's secret: %w", err)
	}
	return b, nil
}

func (c config) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, fmt.Errorf("FIVEFOLD_LOG_LEVEL: %q is none of debug, info, warn, error", c.LogLevel)
	}
	options := &slog.HandlerOptions{Level: level}
	if c.Dev {
		return slog.New(slog.NewTextHandler(os.Stderr, options)), nil
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, options)), nil
}

// check says what of the configuration cannot be, by the variable's name.
func (c config) check() error {
	var wrong []string
	if c.PlayersPerMinute < 1 {
		wrong = append(wrong, "FIVEFOLD_PLAYERS_PER_MINUTE: must be 1 or more")
	}
	for _, t := range []struct {
		name string
		d    time.Duration
	}{{"LEAD", c.Lead}, {"GRACE", c.Grace}, {"DRAIN", c.Drain}} {
		if t.d < time.Second || t.d > 24*time.Hour {
			wrong = append(wrong, "FIVEFOLD_"+t.name+": must be within 1s..24h")
		}
	}
	if _, err := player.ParseHostKeys(c.HostKeys); err != nil {
		wrong = append(wrong, "FIVEFOLD_HOST_KEYS: "+err.Error())
	}
	if _, err := rest.ParseOrigins(c.HostOrigins); err != nil {
		wrong = append(wrong, "FIVEFOLD_HOST_ORIGINS: "+err.Error())
	}
	if c.HostKeys != "" && c.HostAudience == "" {
		wrong = append(wrong, "FIVEFOLD_HOST_AUDIENCE: must not be empty")
	}
	if c.Drain < c.Grace {
		wrong = append(wrong, "FIVEFOLD_DRAIN: must not be less than FIVEFOLD_GRACE")
	}
	if wrong != nil {
		return errors.New(strings.Join(wrong, "; "))
	}
	return nil
}
