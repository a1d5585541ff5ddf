package plan

import (
	"fmt"
	"strconv"
	"strings"
)

// tableCosts writes what operations cost, and where that is from.
func (p *Plan) tableCosts(t *table) {
	c := p.Costs
	t.line("Costs: %d CPUs, %s, %s", c.Machine.CPUs, c.Machine.Book, c.Machine.Redis)
	rows := [][]string{{"", "of a server", "us of a core", "bytes in", "bytes out"}}
	for _, of := range []struct {
		name string
		cost Cost
	}{
		{"a request that spends chances", c.Server.Request}, {"more: its mark", c.Server.Mark}, {"more: each chance", c.Server.Chance},
		{"more: a booking", c.Server.Booking}, {"more: each entry", c.Server.Entry},
		{"a read of me", c.Server.Me}, {"more: of the book", c.Server.Cold},
		{"a read of the public document", c.Server.Document}, {"a new player", c.Server.Enter},
	} {
		rows = append(rows, []string{"", of.name, short(of.cost.CPU), short(of.cost.In), short(of.cost.Out)})
	}
	t.columns(0, rows)
	t.columns(0, [][]string{
		{"", "a writer takes", "/s", "a shard takes", "/s"},
		{"", "entries in batches", short(c.Book.Entries), "albums put", short(c.Redis.Puts)},
		{"", "transactions one by one", short(c.Book.Transactions), "marks", short(c.Redis.Marks)},
		{"", "reads of an album", short(c.Book.Reads), "reads", short(c.Redis.Reads)},
	})
	for _, note := range c.Machine.Notes {
		t.line("  - %s", note)
	}
	t.line("")
}

// tableEvening writes every number of the evening.
func (p *Plan) tableEvening(t *table) {
	e := p.Evening
	t.line("What this evening states")
	say := func(what, format string, args ...any) { t.line("  - %s: %s", what, fmt.Sprintf(format, args...)) }
	say("players", "%d in %d minutes; %s are new", e.Players, e.Minutes, percent(e.NewPlayers))
	say("arrivals", "%s (minute:weight, straight lines between)", each(e.Arrivals, func(a Point) string {
		return fmt.Sprintf("%d:%s", a.Minute, plain(a.Weight))
	}))
	say("sessions", "%s", each(e.Sessions, func(s Session) string { return fmt.Sprintf("%s stay %d min", percent(s.Share), s.Minutes) }))
	say("tapping", "%s", each(e.Tapping, func(s Tapping) string { return fmt.Sprintf("%s tap %s/s", percent(s.Share), plain(s.PerSecond)) }))
	say("requests", "%d taps at most, one every %s s; marks of %s s become one", e.Requests.Taps, plain(e.Requests.PaceSeconds), plain(e.Requests.MarkSeconds))
	say("rounds", "%s", each(e.Rounds, func(r Round) string { return fmt.Sprintf("minutes %d..%d", r.Opens, r.Opens+r.Minutes-1) }))
	say("windows", "%d s, %d chances each, %d taps/s (0: no pace)", e.Windows.Seconds, e.Windows.Chances, e.Windows.TapsPerSecond)
	say("odds", "of 10^9: miss %d, %s", e.Odds.Miss, p.weights())
	for _, s := range e.Stocks {
		say("stock", "%s %d; released by minute %s", s.Outcome, s.Total, each(s.Releases, func(r Release) string {
			return fmt.Sprintf("%d:%d", r.Minute, r.Released)
		}))
	}
	say("redemptions", "%s of the players", percent(e.Redemptions))
	say("gifts", "%s a player, each %s requests, %s transactions, %s puts",
		plain(e.Gifts.PerPlayer), plain(e.Gifts.Requests), plain(e.Gifts.Transactions), plain(e.Gifts.Puts))
	say("reads", "me %s a minute, public document %s a minute, of which the CDN answers %s",
		plain(e.Reads.MePerMinute), plain(e.Reads.DocumentPerMinute), percent(e.Reads.DocumentCached))
	say("the game", "%d bytes from the CDN for %s of the players", e.Reads.GameBytes, percent(e.Reads.GameLoads))
	say("network", "%d bytes more than measured in each request, %d in each reply", e.Network.RequestExtra, e.Network.ReplyExtra)
	say("Redis", "%d bytes a player", e.Sizing.BytesPerPlayer)
	t.line("")
}

func (p *Plan) weights() string {
	e := p.Evening
	var all []string
	for i, o := range e.Odds.Outcomes {
		weight := fmt.Sprintf("%s %d", o.ID, o.Weight)
		if e.Guarantee != nil {
			weight += " (guaranteed " + strconv.FormatInt(e.Guarantee.Weights[i], 10) + ")"
		}
		all = append(all, weight)
	}
	if e.Guarantee != nil {
		all = append(all, fmt.Sprintf("a win in each block of %d", e.Guarantee.Every))
	}
	return strings.Join(all, ", ")
}

func each[T any](list []T, say func(T) string) string {
	if len(list) == 0 {
		return "all at once"
	}
	said := make([]string, len(list))
	for i, x := range list {
		said[i] = say(x)
	}
	return strings.Join(said, ", ")
}
