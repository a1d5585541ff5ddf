package layers_test

// What only one layer may know.
const (
	echo  = "github.com/labstack/echo/..."
	ent   = "entgo.io/ent/..."
	redis = "github.com/redis/go-redis/..."
	pgx   = "github.com/jackc/pgx/..."
)

var useCases = []string{
	"server/draw", "server/album", "server/campaign", "server/exchange",
	"server/redeem", "server/fairness", "server/player", "server/staff",
	"server/support", "server/report",
}

var serverRules = []rule{
	{
		who: []string{"server/game"}, ban: []string{"..."}, allow: []string{"std/..."},
		why: "the rules are plain Go that anything may link",
	},
	{
		who: []string{"server/game"}, ban: []string{"std/crypto/..."},
		why: "the browser game links the rules and must stay small; hashes are made in fairness and redeem",
	},
	{
		who: []string{"server/game/pick"}, ban: []string{"..."}, allow: []string{"std/...", "server/game"},
		why: "the outcome of a chance depends on nothing but its arguments",
	},
	{
		who: []string{"server/api"}, ban: []string{"..."}, allow: []string{"std/...", "server/game"},
		why: "the wire contract is what client and server share, so it must suit both",
	},
	{
		who: useCases, ban: []string{echo, ent, "ent/...", redis, pgx, "std/database/sql/...", "std/net/http/..."},
		why: "a use case knows no transport and no store; it declares the methods it needs",
	},
	{
		who: useCases, ban: []string{"server/..."}, allow: []string{"server/game/...", "server/album", "server/sheet"},
		why: "use cases stand side by side; what two of them need is in game or album",
	},
	{
		who: []string{"server/sheet"}, ban: []string{"..."}, allow: []string{"std/..."},
		why: "how a cell is written has nothing to do with what stands in it",
	},
	{
		who: []string{"server/campaign/forecast"}, ban: []string{"..."}, allow: []string{"std/...", "server/game"},
		why: "a forecast is arithmetic on rules and assumptions; it is computed while somebody edits",
	},
	{
		who: []string{"server/campaign/forecast"}, ban: []string{"std/os/...", "std/net/..."}, direct: true,
		why: "a forecast reads no file and asks nobody",
	},
	{
		who: []string{"server/album"}, ban: []string{"server/..."}, allow: []string{"server/game/..."},
		why: "the use cases stand on album, so it cannot stand on them",
	},
	{
		who: []string{"server/rest/...", "server/admin/..."}, ban: []string{"server/book/...", "server/live/...", "server/jobs/...", ent, "ent/...", redis, pgx},
		why: "handlers decode, call one use case and encode; they read by small interfaces of their own",
	},
	{
		who: []string{"server/rest/..."}, ban: []string{"server/admin/..."},
		why: "the player's API and the admin page are apart",
	},
	{
		who: []string{"server/admin/..."}, ban: []string{"server/rest/..."},
		why: "the player's API and the admin page are apart",
	},
	{
		who: []string{"server/book/..."}, ban: []string{"server/live/...", "server/rest/...", "server/admin/...", "server/jobs/...", echo, redis},
		why: "the book is an adapter; adapters do not know each other",
	},
	{
		who: []string{"server/live/..."}, ban: []string{"server/book/...", "server/rest/...", "server/admin/...", "server/jobs/...", echo, ent, "ent/..."},
		why: "live is an adapter; adapters do not know each other",
	},
	{
		who: []string{"server/jobs/..."}, ban: []string{"server/rest/...", "server/admin/...", "server/book/...", "server/live/...", echo, ent, "ent/...", redis},
		why: "jobs call use cases on time; cmd hands them what they need",
	},
	{
		who: []string{"..."}, but: []string{"server/book/...", "ent/..."}, ban: []string{"ent/db/..."}, direct: true,
		why: "only the book speaks to the tables",
	},
	{
		who: []string{"server/...", "client/...", "web/..."}, but: []string{"server/live/...", "server/testenv/...", "server/bench"}, ban: []string{redis}, direct: true,
		why: "only live speaks to Redis, and bench, whose rivals do it otherwise",
	},
	{
		who: []string{"server/...", "client/...", "web/..."}, but: []string{"server/rest/...", "server/admin/...", "server/cmd/...", "server/bench"}, ban: []string{echo}, direct: true,
		why: "only the handlers know Echo, and bench, whose bare server is one",
	},
	{
		who: []string{"server/...", "client/...", "web/...", "ent/..."}, ban: []string{"server/cmd/...", "server/bench/..."}, direct: true,
		why: "the commands wire all, and nothing hangs on them",
	},
	{
		who: []string{"server/...", "client/...", "web/...", "ent/..."}, but: []string{"server/testenv/..."}, ban: []string{"server/testenv/...", "server/layers/..."}, direct: true,
		why: "what serves the tests is for tests",
	},
	{
		who: []string{"ent/..."}, ban: []string{"server/...", "client/...", "web/..."}, allow: []string{"server/game/..."},
		why: "the tables may use the words of game and no more",
	},
}

// clientRules judge the game as the browser gets it.
var clientRules = []rule{
	{
		who: []string{"client/..."}, ban: []string{"std/net/http/..."},
		why: "it adds 1.2 MB to the download, and the browser can fetch",
	},
	{
		who: []string{"client/..."}, ban: []string{"std/crypto/hmac", "std/database/sql/...", ent, "ent/...", echo, redis, pgx},
		why: "what only the server needs must not reach the download",
	},
	{
		who: []string{"client/..."}, direct: true, ban: []string{
			"github.com/hajimehoshi/ebiten/v2/ebitenutil", "github.com/hajimehoshi/ebiten/v2/text/...",
		},
		why: "they bring fonts and image formats of a megabyte; the browser has its own",
	},
	{
		who: []string{"client/..."}, direct: true, ban: []string{"std/net/url"},
		why: "it brings net/netip, 11 kB to download and a hundredth of a second at every start",
	},
	{
		who: []string{"client/..."}, ban: []string{"server/..."}, allow: []string{"server/api", "server/game"},
		why: "the game knows the server by its contract",
	},
}
