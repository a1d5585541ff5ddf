package manage

import (
	"context"
	_ "embed"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/vitals"
)

// Prefix is before the path of every route.
const Prefix = api.Prefix + "/manage"

// Tokens knows the keys of programs.
type Tokens interface {
	// Who gives the token of a secret and the person in whose name it acts. Code: unauthorized.
	Who(ctx context.Context, secret string) (game.Token, game.Staff, error)
	// Revoke ends a token of a person. Code: not_found.
	Revoke(ctx context.Context, id game.TokenID, by game.Staff) error
}

// Campaigns is the use case of campaigns.
type Campaigns interface {
	Create(ctx context.Context, c game.Campaign, v game.Version, by game.StaffID) (game.Campaign, error)
	SaveVersion(ctx context.Context, slug string, v game.Version, comment string, after int, by game.StaffID) (game.SavedVersion, error)
	Publish(ctx context.Context, slug string, number int, by game.StaffID) (game.SavedVersion, time.Time, error)
	Switch(ctx context.Context, slug string, to game.Switches, by game.StaffID, reason string) error
}

// Book is what the handlers need of the book.
type Book interface {
	Now(ctx context.Context) (time.Time, error)
	Campaign(ctx context.Context, slug string) (game.Campaign, error)
	ListCampaigns(ctx context.Context, f game.CampaignFilter) ([]game.ListedCampaign, error)
	Samples(ctx context.Context, id game.CampaignID) ([]game.Sample, error)
	Settlement(ctx context.Context, id game.CampaignID) (game.Settlement, bool, error)
	// Rehearsals gives the last ones of a campaign, the newest first.
	Rehearsals(ctx context.Context, id game.CampaignID, limit int) ([]game.Rehearsal, error)
	// ArtOf gives the addresses of a campaign's own pictures.
	ArtOf(ctx context.Context, id game.CampaignID) (map[game.ArtPlace]string, error)
	Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
	Figures(ctx context.Context, id game.CampaignID) (game.Figures, error)
	Acts(ctx context.Context, f game.ActFilter) ([]game.Act, error)
	CodeCounts(ctx context.Context, id game.CampaignID) (map[game.OutcomeID]int64, error)
	// LoadCodes gives how many codes the voucher has then. Code: invalid.
	LoadCodes(ctx context.Context, id game.CampaignID, o game.OutcomeID, list []string, by game.StaffID) (int64, error)
}

// Limits allows or refuses by rate.
type Limits interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error)
}

// Server holds what the handlers need.
type Server struct {
	Tokens    Tokens
	Campaigns Campaigns
	Book      Book
	Approvals Approvals
	Plans     Plans
	Reviews   Reviews
	Files     Files
	People    People
	Support   Support
	Reports   Reports
	Editor    Editor
	Templates campaign.Templates
	Artist    Artist
	Themes    []Theme // that a campaign may be given
	Shadows   Shadows
	Previews  Previews
	Crowds    *forecast.Crowds // that play on this server
	Limits    Limits
	Factor    bool          // what publishes, switches, corrects and names people needs a second factor
	Lead      time.Duration // how long before a window a version has to be published to govern it

	Rehearsals Rehearsals
	Live       Live
	Vitals     func() vitals.Sign // of this server

	reckoning chan struct{} // has a place for the forecast that is computed
}

// perMinute bounds the requests of a token: a program that asks in a loop must not slow down the
// players.
const perMinute = 600

// call is a request with who makes it.
type call struct {
	echo.Context
	token game.Token
	staff game.Staff
}

func (c *call) ctx() context.Context { return c.Request().Context() }

// route is a line of the table of routes.
type route struct {
	method, path string
	scope        game.Scope // "": any token
	handle       func(c *call) error
	long         bool // its answer may take as long as it takes
}

func (s *Server) routes() []route {
	return []route{
		{http.MethodGet, "/token", "", s.getToken, false},
		{http.MethodDelete, "/token", "", s.deleteToken, false},
		{http.MethodGet, "/campaigns", game.ScopeCampaignsRead, s.listCampaigns, false},
		{http.MethodPost, "/campaigns", game.ScopeCampaignsWrite, s.postCampaign, false},
		{http.MethodGet, "/campaigns/:slug", game.ScopeCampaignsRead, s.getCampaign, false},
		{http.MethodPatch, "/campaigns/:slug", game.ScopeCampaignsWrite, s.patchCampaign, false},
		{http.MethodPost, "/campaigns/:slug/copies", game.ScopeCampaignsWrite, s.copyCampaign, false},
		{http.MethodPost, "/campaigns/:slug/forecast", game.ScopeCampaignsRead, s.foresee, true},
		{http.MethodGet, "/campaigns/:slug/art", game.ScopeCampaignsRead, s.listArt, false},
		{http.MethodPut, "/campaigns/:slug/art/:place", game.ScopeCampaignsWrite, s.putArt, false},
		{http.MethodDelete, "/campaigns/:slug/art/:place", game.ScopeCampaignsWrite, s.deleteArt, false},
		{http.MethodGet, "/campaigns/:slug/rehearsals", game.ScopeCampaignsRead, s.listRehearsals, false},
		{http.MethodPost, "/campaigns/:slug/rehearsals", game.ScopeCampaignsWrite, s.startRehearsal, false},
		{http.MethodGet, "/campaigns/:slug/rehearsal", game.ScopeCampaignsRead, s.getRehearsal, false},
		{http.MethodDelete, "/campaigns/:slug/rehearsal", game.ScopeCampaignsWrite, s.stopRehearsal, false},
		{http.MethodPost, "/campaigns/:slug/versions/:number/play", game.ScopeCampaignsWrite, s.playDraft, false},
		{http.MethodPost, "/campaigns/:slug/play", game.ScopeCampaignsWrite, s.playUnsaved, false},
		{http.MethodGet, "/campaigns/:slug/preview", game.ScopeCampaignsRead, s.getPreview, false},
		{http.MethodGet, "/themes", game.ScopeCampaignsRead, s.listThemes, false},
		{http.MethodGet, "/templates", game.ScopeCampaignsRead, s.listTemplates, false},
		{http.MethodPost, "/templates/:template/copies", game.ScopeCampaignsWrite, s.copyTemplate, false},
		{http.MethodGet, "/campaigns/:slug/figures", game.ScopeCampaignsRead, s.getFigures, false},
		{http.MethodPut, "/campaigns/:slug/switches", game.ScopeSwitch, s.putSwitches, false},
		{http.MethodGet, "/campaigns/:slug/versions", game.ScopeCampaignsRead, s.listVersions, false},
		{http.MethodPost, "/campaigns/:slug/versions", game.ScopeCampaignsWrite, s.postVersion, false},
		{http.MethodGet, "/campaigns/:slug/versions/:number", game.ScopeCampaignsRead, s.getVersion, false},
		{http.MethodPost, "/campaigns/:slug/versions/:number/publication", game.ScopePublish, s.publish, false},
		{http.MethodGet, "/campaigns/:slug/versions/:number/review", game.ScopeCampaignsRead, s.getReview, false},
		{http.MethodPost, "/campaigns/:slug/versions/:number/restore", game.ScopeCampaignsWrite, s.restore, false},
		{http.MethodGet, "/approvals", game.ScopePublish, s.listWaiting, false},
		{http.MethodGet, "/campaigns/:slug/now", game.ScopeCampaignsRead, s.getNow, false},
		{http.MethodGet, "/campaigns/:slug/samples", game.ScopeCampaignsRead, s.listSamples, false},
		{http.MethodGet, "/campaigns/:slug/activity", game.ScopeCampaignsRead, s.listActsOfCampaign, false},
		{http.MethodGet, "/campaigns/:slug/approvals", game.ScopeCampaignsRead, s.listApprovals, false},
		{http.MethodPost, "/campaigns/:slug/versions/:number/approval", game.ScopeCampaignsWrite, s.askApproval, false},
		{http.MethodPost, "/campaigns/:slug/approvals/:id/decision", game.ScopePublish, s.decideApproval, false},
		{http.MethodGet, "/campaigns/:slug/plans", game.ScopeCampaignsRead, s.listPlans, false},
		{http.MethodPost, "/campaigns/:slug/versions/:number/plan", game.ScopePublish, s.plan, false},
		{http.MethodDelete, "/campaigns/:slug/plans", game.ScopePublish, s.cancelPlan, false},
		{http.MethodGet, "/campaigns/:slug/file", game.ScopeCampaignsRead, s.getFile, false},
		{http.MethodPost, "/files", game.ScopeCampaignsWrite, s.postFile, false},
		{http.MethodGet, "/staff", game.ScopeStaff, s.listPeople, false},
		{http.MethodPost, "/staff", game.ScopeStaff, s.invite, false},
		{http.MethodPut, "/staff/:id", game.ScopeStaff, s.putPerson, false},
		{http.MethodPost, "/staff/:id/invitation", game.ScopeStaff, s.inviteAgain, false},
		{http.MethodDelete, "/staff/:id/factor", game.ScopeStaff, s.resetFactor, false},
		{http.MethodGet, "/campaigns/:slug/vouchers", game.ScopeCampaignsRead, s.getVouchers, false},
		{http.MethodPost, "/campaigns/:slug/vouchers/:outcome/codes", game.ScopeCampaignsWrite, s.postCodes, false},
		{http.MethodGet, "/activity", game.ScopeActivity, s.listActs, false},
		{http.MethodGet, "/campaigns/:slug/players", game.ScopeSupportRead, s.findPlayers, false},
		{http.MethodGet, "/campaigns/:slug/players/:player", game.ScopeSupportRead, s.getPlayer, false},
		{http.MethodGet, "/campaigns/:slug/players/:player/entries/:number", game.ScopeSupportRead, s.explain, false},
		{http.MethodPost, "/campaigns/:slug/players/:player/corrections", game.ScopeSupportWrite, s.propose, false},
		{http.MethodGet, "/campaigns/:slug/corrections", game.ScopeSupportRead, s.listCorrections, false},
		{http.MethodPost, "/campaigns/:slug/corrections/:id/consent", game.ScopeSupportWrite, s.consent, false},
		{http.MethodPost, "/campaigns/:slug/corrections/:id/decline", game.ScopeSupportWrite, s.decline, false},
		{http.MethodPost, "/campaigns/:slug/players/:player/bonus", game.ScopeBonus, s.grantBonus, false},
		{http.MethodGet, "/campaigns/:slug/reports/:report", game.ScopeReports, s.getReport, true},
	}
}

//go:embed openapi.yaml
var contract []byte

// Register puts the routes on an Echo, whose error handler answers their errors: rest.Server's.
func (s *Server) Register(e *echo.Echo) {
	s.reckoning = make(chan struct{}, 1)
	g := e.Group(Prefix)
	g.GET("/openapi.yaml", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "application/yaml", contract)
	})
	for _, r := range s.routes() {
		g.Add(r.method, r.path, s.allowed(r))
	}
}

// answerTime is how long a request waits for the stores.
const answerTime = 20 * time.Second

// allowed lets the requests of tokens through that have the scope of a route, and whose maker may
// still do what it opens: people change their role, and tokens stay.
// Codes: unauthorized, forbidden, factor_unset, rate_limited.
func (s *Server) allowed(r route) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		if !r.long {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, answerTime)
			defer cancel()
		}
		c.SetRequest(c.Request().WithContext(ctx))
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		secret, _ := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
		token, person, err := s.Tokens.Who(ctx, secret)
		if game.CodeOf(err) == game.CodeUnauthorized {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
		}
		if err != nil {
			return err
		}
		ok, again, err := s.Limits.Allow(ctx, "manage:"+string(token.ID), perMinute, time.Minute)
		if err == nil && !ok {
			return &game.Error{Code: game.CodeRateLimited, RetryAfter: again}
		}
		if r.scope != "" {
			if err := s.opens(token, person, r.scope); err != nil {
				return err
			}
		}
		c.SetRequest(c.Request().WithContext(game.ByToken(ctx, token.ID)))
		return r.handle(&call{c, token, person})
	}
}

// opens says whether a token opens a scope now: what its maker could do when it was made is not
// enough. Codes: forbidden, factor_unset.
func (s *Server) opens(token game.Token, maker game.Staff, scope game.Scope) error {
	if !token.May(scope) || !maker.Role.MayScope(scope) {
		return game.FailField(game.CodeForbidden, "scope", game.ReasonRequired, string(scope))
	}
	if s.Factor && scope.NeedsFactor() && !maker.HasFactor() {
		return game.Fail(game.CodeFactorUnset, "who made the token has no second factor")
	}
	return nil
}
