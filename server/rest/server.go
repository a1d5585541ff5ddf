package rest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/fivefold/fivefold/server/album"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/draw"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/overload"
	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/redeem"
)

// Campaigns is the snapshot that public documents are made of.
type Campaigns interface {
	Find(slug string) (*game.Running, error)
	All() []*game.Running
	Now() time.Time
}

// Reader is what handlers read of the book.
type Reader interface {
	Entries(ctx context.Context, id game.CampaignID, p game.PlayerID, after int64, limit int) ([]game.Entry, error)
	Redemption(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Redemption, bool, error)
	Payout(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Payout, bool, error)
	Settlement(ctx context.Context, id game.CampaignID) (game.Settlement, bool, error)
	// Granted gives how many bonus chances of a round a player was granted.
	Granted(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error)
	// BonusBooked gives the highest bonus chance of a round that has an entry; 0: none has.
	BonusBooked(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error)
}

// Marks finds the highest chance that a player has used, and the highest bonus chance.
type Marks interface {
	MarkOf(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (game.Chance, bool, error)
	BonusMarkOf(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error)
}

// Receipts signs entries.
type Receipts interface {
	Sign(e game.Entry) (string, error)
	ReceiptKey() string
}

// Limits allows or refuses by rate.
type Limits interface {
	Allow(ctx context.Context, key string, limit int, per time.Duration) (bool, time.Duration, error)
}

// Load refuses by how this server bears its load; overload.Monitor does.
type Load interface {
	// Admit refuses a request that is to be spared; base is a client's pace at rest.
	Admit(kind overload.Kind, base time.Duration) error
}

// Server holds what the handlers need.
type Server struct {
	Campaigns Campaigns
	Players   *player.Service
	Draws     *draw.Service
	Pending   *draw.Marks // marks of this process that Redis does not have yet
	Albums    *album.Service
	Redeem    *redeem.Service
	Reader    Reader
	Marks     Marks
	Receipts  Receipts
	Limits    Limits
	Counts    *Counts

	Load  Load
	Lead  time.Duration
	Grace time.Duration
	Pace  time.Duration // between a client's requests, at rest
	// PlayersPerMinute bounds how many players one address may make in a minute.
	PlayersPerMinute int

	Ready    func(ctx context.Context) error // nil when requests can be served
	Registry *prometheus.Registry
	Log      *slog.Logger
}

// maxBody bounds a request, in bytes; the largest of the contract is far smaller.
const maxBody = 16 << 10

// Register puts the player API on an Echo, and its answers to errors.
func (s *Server) Register(e *echo.Echo) {
	e.HTTPErrorHandler = ProblemHandler(s.Log)
	g := e.Group(api.Prefix)
	measure := s.measure()
	for _, r := range []struct {
		method, path string
		handle       echo.HandlerFunc
	}{
		{http.MethodPost, "/players", inTime(s.postPlayer)},
		{http.MethodGet, "/campaigns", s.listCampaigns},
		{http.MethodGet, "/campaigns/:slug", s.getCampaign},
		{http.MethodGet, "/campaigns/:slug/fairness", s.getFairness},
		{http.MethodGet, "/campaigns/:slug/settlement", s.spareReads(inTime(s.getSettlement))},
		{http.MethodGet, "/campaigns/:slug/me", s.spareReads(inTime(s.getMe))},
		{http.MethodGet, "/campaigns/:slug/me/entries", s.spareReads(inTime(s.listEntries))},
		{http.MethodPost, "/campaigns/:slug/draws", s.postDraw},
		{http.MethodPost, "/campaigns/:slug/redemption", inTime(s.postRedemption)},
		{http.MethodGet, "/openapi.yaml", getOpenAPI},
	} {
		// Not as Echo's middleware, which is put around a handler anew for every request; and a group
		// that had it would hide which methods a path has.
		g.Add(r.method, r.path, measure(r.method+" "+api.Prefix+r.path)(calm(r.handle)))
	}
}

// calm turns a panic into an error, which is logged with its stack and answered as internal.
var calm = middleware.RecoverWithConfig(middleware.RecoverConfig{
	DisableErrorHandler: true,
	DisableStackAll:     true,
	LogErrorFunc: func(_ echo.Context, err error, stack []byte) error {
		return fmt.Errorf("panic: %v\n%s", err, stack) // not wrapped: it is no error with a code
	},
})

// answerTime is how long a request waits for the stores, less than clients wait for an answer: they
// are to be told to come again. Draws see to it themselves, since a miss waits for nothing.
const answerTime = 7 * time.Second

func inTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), answerTime)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}

// spareReads refuses a read while the server bears more than it can answer. Code: overloaded.
func (s *Server) spareReads(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := s.Load.Admit(overload.Read, s.Pace); err != nil {
			hold(c.Request().Context())
			return err
		}
		return next(c)
	}
}

// heldFor is how long a request that is spared waits for its answer.
const heldFor = 250 * time.Millisecond

// hold lets a request that is spared wait. It costs next to nothing, while an answer at once would
// let clients that do not keep the pace ask again at once, until refusing is all that a server does.
func hold(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(heldFor):
	}
}
