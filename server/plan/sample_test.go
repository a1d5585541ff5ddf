package plan_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
)

// costs are round numbers, so that a plan can be computed by hand.
func costs() plan.Costs {
	cpu := func(us float64) plan.Cost { return plan.Cost{CPU: us} }
	c := plan.Costs{
		Machine: plan.Machine{CPUs: 2, Book: "a book", Redis: "a Redis", Notes: []string{"made up"}},
		Server: plan.Server{
			Request: cpu(10), Mark: cpu(1), Chance: cpu(0.1), Booking: cpu(20), Entry: cpu(30),
			Me: cpu(40), Cold: cpu(50), Document: cpu(60), Enter: cpu(100),
		},
		Book:  plan.Book{Entries: 1000, Transactions: 100, Reads: 200},
		Redis: plan.Redis{Puts: 100, Marks: 50, Reads: 300},
	}
	c.Server.Request.In, c.Server.Request.Out = 700, 300
	c.Server.Entry.Out = 400
	c.Server.Document.Out = 2000
	return c
}

// odds win a card with a probability of so many parts per billion, evenly among all but the last,
// which is rare.
func odds(win int64) game.Odds {
	o := game.Odds{Miss: game.Scale - win}
	left := win
	for i, id := range []game.OutcomeID{"one", "two", "three", "four"} {
		o.Outcomes = append(o.Outcomes, game.Outcome{ID: id, Kind: game.KindCard, Card: i + 1, Weight: win / 5})
		left -= win / 5
	}
	o.Outcomes = append(o.Outcomes, game.Outcome{ID: "rare", Kind: game.KindCard, Card: 5, Weight: left, Fallback: "one"})
	return o
}

// evening is 600 players who come in two minutes and stay for two, and a round in minutes 1 and 2.
func evening() *plan.Evening {
	return &plan.Evening{
		Title: "by hand", Assumptions: []string{"it is made up"},
		Minutes: 4, Players: 600,
		Arrivals: []plan.Point{{Minute: 0, Weight: 1}, {Minute: 2, Weight: 1}},
		Sessions: []plan.Session{{Share: 1, Minutes: 2}},
		Tapping:  []plan.Tapping{{Share: 1, PerSecond: 2}},
		Requests: plan.Requests{Taps: 64, PaceSeconds: 10},
		Rounds:   []plan.Round{{Opens: 1, Minutes: 2}},
		Windows:  plan.Windows{Seconds: 60, Chances: 90},
		Odds:     odds(100_000_000),

		NewPlayers: 0.5, Redemptions: 0.1,
		Gifts:   plan.Gifts{PerPlayer: 1, Requests: 3, Transactions: 2, Puts: 2},
		Reads:   plan.Reads{MePerMinute: 1, DocumentPerMinute: 6, DocumentCached: 0.5, GameBytes: 1000, GameLoads: 0.25},
		Network: plan.Network{RequestExtra: 100, ReplyExtra: 50},
		Sizing: plan.Sizing{
			Headroom: 0.5, Burst: 2, CoresPerServer: 4, GigabitsPerLink: 1, GigabytesPerNode: 1, BytesPerPlayer: 300,
		},
	}
}

func shipped(t *testing.T, name string) *plan.Evening {
	t.Helper()
	b, err := assets.Evenings.ReadFile("evenings/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	e, err := plan.ReadEvening(b)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func planOf(t rapid.TB, e *plan.Evening) *plan.Plan {
	t.Helper()
	p, err := plan.Make("test", e, costs())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// anyEvening draws an evening of at most four hours, which all players leave before its end.
func anyEvening(t *rapid.T) *plan.Evening {
	e := evening()
	e.Minutes = rapid.IntRange(150, 240).Draw(t, "minutes")
	e.Players = rapid.Int64Range(1, 200_000_000).Draw(t, "players")
	e.Arrivals = []plan.Point{
		{Minute: rapid.IntRange(0, 10).Draw(t, "first"), Weight: rapid.Float64Range(0, 5).Draw(t, "w1")},
		{Minute: rapid.IntRange(11, 30).Draw(t, "second"), Weight: rapid.Float64Range(0.1, 5).Draw(t, "w2")},
		{Minute: rapid.IntRange(31, 70).Draw(t, "third"), Weight: rapid.Float64Range(0, 5).Draw(t, "w3")},
	}
	share := rapid.Float64Range(0, 1).Draw(t, "share")
	e.Sessions = []plan.Session{
		{Share: share, Minutes: rapid.IntRange(1, 10).Draw(t, "short")},
		{Share: 1 - share, Minutes: rapid.IntRange(1, 60).Draw(t, "long")},
	}
	share = rapid.Float64Range(0, 1).Draw(t, "slow share")
	e.Tapping = []plan.Tapping{
		{Share: share, PerSecond: rapid.Float64Range(0, 2).Draw(t, "slow")},
		{Share: 1 - share, PerSecond: rapid.Float64Range(0, 12).Draw(t, "fast")},
	}
	e.Requests = plan.Requests{
		Taps: rapid.IntRange(1, game.MaxTaps).Draw(t, "taps"), PaceSeconds: rapid.Float64Range(0.1, 20).Draw(t, "pace"),
	}
	e.Windows = plan.Windows{
		Seconds:       rapid.SampledFrom([]int{5, 20, 30, 45, 60, 180, 300}).Draw(t, "window"),
		TapsPerSecond: rapid.IntRange(0, 8).Draw(t, "rate"),
	}
	most := 500
	if e.Windows.TapsPerSecond > 0 {
		most = e.Windows.TapsPerSecond * e.Windows.Seconds
	}
	e.Windows.Chances = rapid.IntRange(1, most).Draw(t, "K")
	length := 15 * rapid.IntRange(1, 4).Draw(t, "round")
	e.Rounds = []plan.Round{
		{Opens: rapid.IntRange(0, 5).Draw(t, "opens"), Minutes: length},
		{Opens: rapid.IntRange(66, 70).Draw(t, "opens again"), Minutes: length},
	}
	e.Odds = odds(rapid.Int64Range(0, game.Scale).Draw(t, "win"))
	return e
}

// near says whether two numbers are the same but for a relative difference.
func near(got, want, within float64) bool {
	return math.Abs(got-want) <= within*math.Max(math.Abs(got), math.Abs(want))+1e-9
}
