package plan

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// Bounds of what is planned; they keep a slip of the pen from running for ever.
const (
	maxMinutes = 24 * 60
	maxPlayers = 10_000_000_000
	maxClasses = 32
)

// Check says all that is wrong with an evening, by the names of its fields.
// Codes: invalid, and those of game.Version.Check.
func (e *Evening) Check() error {
	var c checks
	c.between("minutes", float64(e.Minutes), 1, maxMinutes)
	c.between("players", float64(e.Players), 1, maxPlayers)
	e.checkCrowd(&c)
	e.checkRounds(&c)
	e.checkLoad(&c)
	e.checkSizing(&c)
	if len(c.fields) > 0 {
		return &game.Error{Code: game.CodeInvalid, Fields: c.fields}
	}
	return e.checkRules()
}

func (e *Evening) checkCrowd(c *checks) {
	area := 0.0
	c.length("arrivals", len(e.Arrivals), 2, maxMinutes)
	for i, p := range e.Arrivals {
		at := fmt.Sprintf("arrivals.%d.", i)
		c.between(at+"minute", float64(p.Minute), 0, float64(e.Minutes))
		c.atLeast(at+"weight", p.Weight, 0)
		area += p.Weight
		if i > 0 {
			c.after(at+"minute", p.Minute, e.Arrivals[i-1].Minute)
		}
	}
	if len(e.Arrivals) > 1 && area == 0 {
		c.add("arrivals", game.ReasonSum, "more than 0")
	}
	sum := 0.0
	c.length("sessions", len(e.Sessions), 1, maxClasses)
	for i, s := range e.Sessions {
		sum += c.share(fmt.Sprintf("sessions.%d.share", i), s.Share)
		c.between(fmt.Sprintf("sessions.%d.minutes", i), float64(s.Minutes), 1, maxMinutes)
	}
	c.whole("sessions", sum)
	sum = 0
	c.length("tapping", len(e.Tapping), 1, maxClasses)
	for i, t := range e.Tapping {
		sum += c.share(fmt.Sprintf("tapping.%d.share", i), t.Share)
		c.between(fmt.Sprintf("tapping.%d.per_second", i), t.PerSecond, 0, 1000)
	}
	c.whole("tapping", sum)
}

func (e *Evening) checkRounds(c *checks) {
	c.length("rounds", len(e.Rounds), 1, maxMinutes)
	for i, r := range e.Rounds {
		at := fmt.Sprintf("rounds.%d.", i)
		c.between(at+"opens", float64(r.Opens), 0, float64(e.Minutes))
		c.between(at+"minutes", float64(r.Minutes), 1, float64(e.Minutes-r.Opens))
		if i > 0 {
			c.after(at+"opens", r.Opens, e.Rounds[i-1].Opens+e.Rounds[i-1].Minutes-1)
		}
	}
	for i, s := range e.Stocks {
		for j, r := range s.Releases {
			at := fmt.Sprintf("stocks.%d.releases.%d.minute", i, j)
			c.between(at, float64(r.Minute), 0, float64(e.Minutes))
			if j > 0 {
				c.after(at, r.Minute, s.Releases[j-1].Minute)
			}
		}
	}
}

func (e *Evening) checkLoad(c *checks) {
	c.between("requests.taps", float64(e.Requests.Taps), 1, game.MaxTaps)
	c.between("requests.pace_seconds", e.Requests.PaceSeconds, 0.1, 600)
	c.between("requests.mark_seconds", e.Requests.MarkSeconds, 0, 600)
	c.share("new_players", e.NewPlayers)
	c.share("redemptions", e.Redemptions)
	c.atLeast("gifts.per_player", e.Gifts.PerPlayer, 0)
	c.atLeast("gifts.requests", e.Gifts.Requests, 0)
	c.atLeast("gifts.transactions", e.Gifts.Transactions, 0)
	c.atLeast("gifts.puts", e.Gifts.Puts, 0)
	c.atLeast("reads.me_per_minute", e.Reads.MePerMinute, 0)
	c.atLeast("reads.document_per_minute", e.Reads.DocumentPerMinute, 0)
	c.share("reads.document_cached", e.Reads.DocumentCached)
	c.atLeast("reads.game_bytes", float64(e.Reads.GameBytes), 0)
	c.share("reads.game_loads", e.Reads.GameLoads)
	c.atLeast("network.request_extra", float64(e.Network.RequestExtra), 0)
	c.atLeast("network.reply_extra", float64(e.Network.ReplyExtra), 0)
}

func (e *Evening) checkSizing(c *checks) {
	c.between("sizing.headroom", e.Sizing.Headroom, 0, 0.95)
	c.between("sizing.burst", e.Sizing.Burst, 1, 60)
	c.between("sizing.cores_per_server", float64(e.Sizing.CoresPerServer), 1, 1024)
	c.between("sizing.gigabits_per_link", e.Sizing.GigabitsPerLink, 0.001, 10_000)
	c.between("sizing.gigabytes_per_shard", e.Sizing.GigabytesPerNode, 0.001, 10_000)
	c.between("sizing.bytes_per_player", float64(e.Sizing.BytesPerPlayer), 1, 1<<20)
}

// checkRules has the game itself judge odds, guarantee, stocks, rounds and windows, and names its
// findings as the file does.
func (e *Evening) checkRules() error {
	v := e.version()
	err := v.Check()
	if err == nil {
		return nil
	}
	fields := game.FieldsOf(err)
	for i, f := range fields {
		fields[i].Name = fileName(f.Name)
	}
	return &game.Error{Code: game.CodeOf(err), Fields: fields}
}

func fileName(name string) string {
	first, rest, _ := strings.Cut(name, ".")
	_, last, _ := strings.Cut(rest, ".")
	switch {
	case first == "outcomes":
		return "odds." + name
	case first == "miss":
		return "odds.miss"
	case first != "rounds":
		return name
	case last == "window_seconds":
		return "windows.seconds"
	case last == "chances" || last == "taps_per_second":
		return "windows." + last
	case last == "closes_at": // it is no whole number of windows
		return "rounds." + strings.Replace(rest, last, "minutes", 1)
	}
	return name
}

// checks gathers what is wrong.
type checks struct{ fields []game.Field }

func (c *checks) add(name string, reason game.Reason, want string) {
	c.fields = append(c.fields, game.Field{Name: name, Reason: reason, Want: want})
}

func (c *checks) between(name string, x, least, most float64) {
	if !(x >= least && x <= most) { // so that NaN is refused
		c.add(name, game.ReasonRange, plain(least)+".."+plain(most))
	}
}

func (c *checks) atLeast(name string, x, least float64) {
	if !(x >= least) || math.IsInf(x, 0) {
		c.add(name, game.ReasonRange, plain(least)+" or more")
	}
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (c *checks) share(name string, x float64) float64 {
	c.between(name, x, 0, 1)
	return x
}

func (c *checks) length(name string, n, least, most int) {
	if n == 0 {
		c.add(name, game.ReasonRequired, "")
	} else {
		c.between(name, float64(n), float64(least), float64(most))
	}
}

func (c *checks) after(name string, minute, before int) {
	if minute <= before {
		c.add(name, game.ReasonOrder, strconv.Itoa(before))
	}
}

// whole wants shares to be of a whole, but for how they are written.
func (c *checks) whole(name string, sum float64) {
	if !(math.Abs(sum-1) < 1e-6) {
		c.add(name, game.ReasonSum, "shares of 1")
	}
}
