package admin

import (
	"context"
	"html/template"
	"io/fs"
	"log/slog"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
	"github.com/fivefold/fivefold/server/vitals"
)

// Campaigns is the use case of campaigns.
type Campaigns interface {
	// Create makes a draft with version 1. Codes: those of game's checks, slug_taken.
	Create(ctx context.Context, c game.Campaign, v game.Version, by game.StaffID) (game.Campaign, error)
	// SaveVersion saves a version after the one of number after. Code: version_conflict.
	SaveVersion(ctx context.Context, slug string, v game.Version, comment string, after int, by game.StaffID) (game.SavedVersion, error)
	// Publish gives the opening of the first window that the version governs. Codes: version_unknown,
	// change_refused, state_conflict, invalid.
	Publish(ctx context.Context, slug string, number int, by game.StaffID) (game.SavedVersion, time.Time, error)
	Switch(ctx context.Context, slug string, to game.Switches, by game.StaffID, reason string) error
}

// Book is what the pages read of the book.
type Book interface {
	Now(ctx context.Context) (time.Time, error)
	Campaign(ctx context.Context, slug string) (game.Campaign, error)
	Campaigns(ctx context.Context) ([]game.Campaign, error)
	ArtOf(ctx context.Context, id game.CampaignID) (map[game.ArtPlace]string, error)
	ListCampaigns(ctx context.Context, f game.CampaignFilter) ([]game.ListedCampaign, error)
	Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
	Rehearsals(ctx context.Context, id game.CampaignID, limit int) ([]game.Rehearsal, error)
	Samples(ctx context.Context, id game.CampaignID) ([]game.Sample, error)
	Figures(ctx context.Context, id game.CampaignID) (game.Figures, error)
	Settlement(ctx context.Context, id game.CampaignID) (game.Settlement, bool, error)
	// Logins names people; who is not there is left out.
	Logins(ctx context.Context, ids []game.StaffID) (map[game.StaffID]string, error)
}

// Live gives the public count of draws, which counts misses too.
type Live interface {
	Draws(ctx context.Context, id game.CampaignID) (int64, error)
}

// Developer moves campaigns along by hand. It is for development alone.
type Developer interface {
	SkipWindow(ctx context.Context, slug string) error
	Close(ctx context.Context, slug string) error
	Seal(ctx context.Context, slug string) error
	Settle(ctx context.Context, slug string) error
	Reset(ctx context.Context) error
}

// Config is what the pages are made of.
type Config struct {
	Staff     *staff.Service
	Factor    bool // whoever publishes, switches, approves or pays needs a second factor
	Campaigns Campaigns
	Editor    Editor
	Artist    Artist
	Previews  Previews // nil: there are none
	Templates campaign.Templates
	Crowds    *forecast.Crowds // that play here; nil: of the pages alone
	Shadows   Shadows
	Vitals    func() vitals.Sign // of this server
	Approvals Approvals
	Plans     Plans
	Reviews   Reviews
	FourEyes  bool // a version needs the consent of a second person
	Tokens    Tokens
	Support   Support
	Reports   Reports
	Activity  Activity
	Vouchers  Vouchers
	Book      Book
	Live      Live
	Lead      time.Duration // how long before a window a version has to be published to govern it
	Themes    []Theme       // that a campaign may be given
	Built     fs.FS         // the built pages, which have htmx among them; without it pages load as a whole
	Log       *slog.Logger  // nil: slog.Default()
	Dev       bool          // registers the developer's controls
	Developer Developer     // read only where Dev is set

	Rehearsals Rehearsals
}

// Admin serves the pages of the staff under /admin.
type Admin struct {
	Config
	templates map[lang]*template.Template
	static    *static
}

// New reads the templates.
func New(cfg Config) (*Admin, error) {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Crowds == nil {
		cfg.Crowds = forecast.NewCrowds()
	}
	files, err := readStatic(cfg.Built)
	if err != nil {
		return nil, err
	}
	templates, err := readTemplates(files)
	if err != nil {
		return nil, err
	}
	return &Admin{Config: cfg, templates: templates, static: files}, nil
}

// Register adds the pages to a server. It handles the errors of its own paths.
func (a *Admin) Register(e *echo.Echo) {
	g := e.Group("/admin", a.faults, headers, keepLang, limitBody(), protect())
	g.GET("/static/*", a.static.serve)
	g.GET("/login", a.open(a.logInPage))
	g.POST("/login", a.open(a.logIn))
	g.POST("/logout", a.open(a.logOut))

	g.GET("", a.staffed(anybody, a.home))
	g.GET("/", a.staffed(anybody, a.home))
	g.GET("/campaigns", a.staffed(anybody, a.listCampaigns))
	g.GET("/new-campaign", a.staffed(game.Role.MayEdit, a.newCampaign))
	g.POST("/new-campaign", a.staffed(game.Role.MayEdit, a.createCampaign))
	g.GET("/campaigns/:slug", a.staffed(anybody, a.overview))
	g.GET("/campaigns/:slug/live", a.staffed(anybody, a.live))
	g.GET("/campaigns/:slug/charts", a.staffed(anybody, a.charts))
	g.GET("/campaigns/:slug/odds", a.staffed(anybody, a.editOdds))
	g.POST("/campaigns/:slug/odds", a.staffed(game.Role.MayEdit, a.saveOdds))
	g.POST("/campaigns/:slug/forecast", a.staffed(anybody, a.foresee))
	g.POST("/campaigns/:slug/simulation", a.staffed(anybody, a.simulate))
	g.GET("/campaigns/:slug/versions", a.staffed(anybody, a.listVersions))
	g.GET("/campaigns/:slug/versions/:number/publish", a.staffed(game.Role.MayPublish, a.confirmPublish))
	g.POST("/campaigns/:slug/versions/:number/publish", a.staffed(game.Role.MayPublish, a.publish))
	a.registerEditing(g)
	a.registerRounds(g)
	a.registerSwitches(g)
	a.registerShadows(g)
	a.registerRehearsals(g)
	a.registerArt(g)
	a.registerReview(g)
	a.registerTokens(g)
	a.registerSupport(g)
	a.registerReports(g)
	a.registerActivity(g)
	a.registerVouchers(g)
	a.registerStaff(g)
	a.registerAccount(g)
	if a.Dev {
		a.registerDeveloper(g)
	}
}

// anybody of the staff may look.
func anybody(game.Role) bool { return true }
