package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/jobs"
	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/overload"
	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/redeem"
	"github.com/fivefold/fivefold/server/rehearse"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/rest/manage"
	"github.com/fivefold/fivefold/server/staff"
	"github.com/fivefold/fivefold/server/theme"
	"github.com/fivefold/fivefold/server/vitals"
)

// tokenLife is how long a player's token lives; a new one is had for the secret at any time.
const tokenLife = 30 * 24 * time.Hour

// app is a server, wired; the commands run it and the end-to-end tests start the same.
type app struct {
	config
	log       *slog.Logger
	book      *book.Book
	live      *live.Live
	keys      *fairness.Keys
	watch     *campaign.Watch
	campaigns *campaign.Service
	previews  *campaign.Previews
	staff     *staff.Service
	albums    *album.Service
	marks     *draw.Marks
	load      *overload.Monitor
	registry  *prometheus.Registry
	vitals    *vitals.Vitals

	rehearsing *rehearse.Service

	counts *rest.Counts
	themes []theme.Theme
	sample string // of dev: the campaign to begin with
	leader *jobs.Leader
	public http.Handler
	ops    http.Handler // nil where it stands beside the public one
}

// newApp opens the stores and wires everything; close has to be called.
func newApp(ctx context.Context, c config) (*app, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	a := &app{config: c}
	if err := a.open(ctx); err != nil {
		a.close()
		return nil, err
	}
	if err := a.wire(); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// open opens the book, Redis and the keys.
func (a *app) open(ctx context.Context) error {
	var err error
	if a.log, err = a.logger(); err != nil {
		return err
	}
	if a.book, err = openBook(ctx, a.config); err != nil {
		return err
	}
	secret, err := a.secret()
	if err != nil {
		return err
	}
	if a.keys, err = fairness.NewKeys(secret); err != nil {
		return err
	}
	epoch, err := a.book.Epoch(ctx)
	if err != nil {
		return err
	}
	a.live, err = live.Open(ctx, a.redisURL(), epoch)
	return err
}

// openBook opens the book, and brings it up to date where that is wanted or checks that it is.
func openBook(ctx context.Context, c config) (*book.Book, error) {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder: %w", err)
	}
	b, err := book.Open(ctx, c.databaseURL())
	if err != nil {
		return nil, err
	}
	if c.Migrate {
		err = b.Migrate(ctx)
	} else if err = b.CheckMigrations(ctx); err != nil {
		err = fmt.Errorf("%w; run `fivefold migrate`, or serve with --migrate", err)
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func (a *app) wire() error {
	tokenKey, err := a.keys.Derive("fivefold/token/v1")
	if err != nil {
		return err
	}
	ticketKey, err := a.keys.Derive("fivefold/ticket/v1")
	if err != nil {
		return err
	}
	announced := a.live.Announced(context.Background())
	a.watch = &campaign.Watch{Snapshots: a.book, Every: a.Poll, Announced: announced, Log: a.log}
	previewKey, err := a.keys.Derive("fivefold/preview/v1")
	if err != nil {
		return err
	}
	a.previews = &campaign.Previews{Watch: a.watch, Key: previewKey, Book: a.book}
	if a.themes, err = theme.All(themes()); err != nil {
		return err
	}
	a.campaigns = &campaign.Service{
		Book: a.book, Keys: a.keys, Documents: fairness.Document, Themes: namesOf(a.themes),
		Lead: a.Lead, FourEyes: a.FourEyes, AllowOpen: a.Dev, Plans: a.book, Announce: a.announce, Refresh: a.watch.Refresh,
	}
	a.albums = album.New(a.book, a.live, a.log)
	a.albums.Writers = a.book.Writers()
	a.marks, a.load = draw.NewMarks(a.live, a.log), &overload.Monitor{}
	a.counts = &rest.Counts{Campaigns: a.watch, Tally: a.live, Log: a.log}
	if a.staff, err = a.newStaff(); err != nil {
		return err
	}
	lifecycle := &jobs.Lifecycle{Book: a.book, Keys: a.keys, Divider: redeem.Divider, Announce: a.announce, Log: a.log}
	a.registry = prometheus.NewRegistry()
	a.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	a.vitals = &vitals.Vitals{Registry: a.registry, Strain: a.load.Strain}
	sampler := jobs.NewSampler(jobs.Sampler{Book: a.book, Draws: a.live.Draws, Watch: a.watch, Log: a.log}, a.registry)
	a.leader = &jobs.Leader{
		Leases: a.book, Lifecycle: lifecycle, Watch: a.watch,
		Publish: a.campaigns.PublishDue, Tally: a.book.Tally, Clear: a.book.RemoveExpired, Sample: sampler.Sample,
		Holder: holder(), Every: a.Poll, Drain: a.Drain, Log: a.log,
	}
	draws := draw.New(draw.Config{Load: a.load, Lead: a.Lead, Grace: a.Grace, Pace: a.Pace},
		a.watch, a.albums, a.book, a.keys, a.marks, ticketKey)
	return a.register(draws, player.NewTokens(tokenKey, tokenLife, time.Now), lifecycle)
}

func (a *app) newStaff() (*staff.Service, error) {
	key, err := a.keys.Derive("fivefold/staff/v1")
	if err != nil {
		return nil, err
	}
	seal, err := staff.NewSealer(key)
	if err != nil {
		return nil, err
	}
	return staff.New(a.book, a.live, seal, 0), nil
}

// register puts everything that is served on Echo.
func (a *app) register(draws *draw.Service, tokens *player.Tokens, lifecycle *jobs.Lifecycle) error {
	hostKeys, err := player.ParseHostKeys(a.HostKeys)
	if err != nil {
		return err
	}
	origins, err := rest.ParseOrigins(a.HostOrigins)
	if err != nil {
		return err
	}
	hosts := player.NewHosts(hostKeys, a.HostAudience, time.Now)
	api := &rest.Server{
		Campaigns: a.previews,
		Players:   &player.Service{Book: a.book, Tokens: tokens, Hosts: hosts},
		Draws:     draws, Pending: a.marks, Albums: a.albums,
		Redeem: &redeem.Service{Campaigns: a.watch, Book: a.book, Live: a.live, Albums: a.albums},
		Reader: a.book, Marks: a.live, Receipts: a.keys, Limits: a.live, Counts: a.counts,
		Load: a.load, Lead: a.Lead, Grace: a.Grace, Pace: a.Pace, PlayersPerMinute: a.PlayersPerMinute,
		Ready:    func(context.Context) error { return rest.ReadySnapshot(a.watch) },
		Registry: a.registry, Log: a.log,
	}
	public := a.newEcho()
	api.Register(public)
	a.rehearsing = a.rehearsals(*api)
	secrets, templates, crowds := &staff.Tokens{Book: a.book}, campaign.Templates{Files: assets.Templates}, forecast.NewCrowds()
	programs := &manage.Server{
		Tokens: secrets, Approvals: &campaign.Approvals{Book: a.book}, Plans: a.campaigns, Reviews: a.book, Files: a.campaigns, People: a.staff,
		Support: a.support(hosts), Reports: a.reports(), Campaigns: a.campaigns, Editor: a.campaigns, Artist: a.campaigns, Templates: templates, Crowds: crowds,
		Rehearsals: a.rehearsing, Shadows: a.campaigns, Previews: a.previews, Themes: programThemes(a.themes), Live: a.live, Vitals: a.vitals.Sign, Book: a.book, Limits: a.live, Lead: a.Lead, Factor: a.SecondFactor,
	}
	programs.Register(public)
	pages, err := admin.New(admin.Config{
		Factor: a.SecondFactor,
		Staff:  a.staff, Campaigns: a.campaigns, Tokens: secrets, Support: a.support(hosts), Reports: a.reports(), Approvals: &campaign.Approvals{Book: a.book}, Plans: a.campaigns, Reviews: a.book, FourEyes: a.FourEyes,
		Activity: a.book, Vouchers: a.book, Book: a.book, Live: a.live, Lead: a.Lead, Log: a.log,
		Editor: a.campaigns, Artist: a.campaigns, Shadows: a.campaigns, Vitals: a.vitals.Sign, Rehearsals: a.rehearsing, Previews: a.previews, Templates: templates, Crowds: crowds,
		Themes: titlesOf(a.themes), Built: a.dist(), Dev: a.Dev, Developer: a.developer(lifecycle),
	})
	if err != nil {
		return err
	}
	pages.Register(public)
	rest.Pictures(public, a.book)
	rest.Pages(public, a.dist(), origins, a.themeOf(api))
	a.public = public
	if a.OpsAddr == "" {
		api.RegisterOps(public)
		return nil
	}
	ops := a.newEcho()
	api.RegisterOps(ops)
	a.ops = ops
	return nil
}

// rehearsals gives the service that rehearses: by the handlers that serve players, but that it counts
// no request among theirs and keeps no address from making many players.
func (a *app) rehearsals(api rest.Server) *rehearse.Service {
	api.Limits, api.Registry = unlimited{}, prometheus.NewRegistry()
	handler := a.newEcho()
	api.Register(handler)
	return &rehearse.Service{Handler: handler, Shadows: a.campaigns, Book: a.book, Watch: a.watch, Grace: a.Grace, Log: a.log}
}

// unlimited allows everything.
type unlimited struct{}

func (unlimited) Allow(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
	return true, 0, nil
}

func (a *app) newEcho() *echo.Echo {
	e := echo.New()
	e.IPExtractor = echo.ExtractIPDirect()
	if a.BehindProxy {
		e.IPExtractor = echo.ExtractIPFromXFFHeader()
	}
	return e
}

// announce tells the other servers to look at the campaigns now; when Redis is away they poll.
func (a *app) announce(ctx context.Context) {
	if err := a.live.Announce(ctx); err != nil {
		a.log.Debug("announcement was lost; servers poll", "err", err)
	}
}

func (a *app) close() {
	if a.live != nil {
		_ = a.live.Close()
	}
	if a.book != nil {
		_ = a.book.Close()
	}
}

// holder names this process among those that want to lead.
func holder() string {
	host, _ := os.Hostname()
	return fmt.Sprintf("%s/%d/%d", host, os.Getpid(), time.Now().UnixNano())
}
