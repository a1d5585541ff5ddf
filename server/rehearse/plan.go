package rehearse

import (
	"math/bits"
	"slices"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Bounds of a rehearsal; together they keep it to about a minute.
const (
	MinPlayers = 10
	MaxPlayers = 10_000
	MaxWindows = 20
	MaxDraws   = 1000
	MaxTime    = time.Minute

	MaxExpected = forecast.MaxPlayers
)

// Plan says who plays how.
type Plan struct {
	Players int  `json:"players"`
	Windows int  `json:"windows"` // that are opened, one after another; everybody plays each of them
	Draws   int  `json:"draws"`   // of a player in a window, as far as there are chances
	Confirm bool `json:"-"`       // though real campaigns are open

	// Expected is how many players are assumed to come to the real campaign. The stock is scaled by the
	// crowd's share of them, so that it runs short where it would; 0: it is the version's, whole.
	Expected int64 `json:"expected,omitempty"`
}

// Defaults are a rehearsal that takes half a minute, for as many players as a forecast assumes.
func Defaults() Plan {
	return Plan{Players: 1000, Windows: 5, Draws: 40, Expected: forecast.Defaults().Players}
}

// pace is how many requests a second a server of one processor is trusted with beside its work.
const pace = 700

// requests is how many requests a player makes in a window.
func (p Plan) requests() int { return (p.Draws + game.MaxTaps - 1) / game.MaxTaps }

// bonus is how much of a round's bonus each player spends: what their draws leave over when a window is
// used up, as the forecast has it.
func (p Plan) bonus(v *game.Version) int {
	return min(v.BonusRule().EachRound, max(0, p.Draws-v.Rounds[0].Chances))
}

// draws is how many draws the whole crowd makes.
func (p Plan) draws(v *game.Version) int64 {
	return int64(p.Players) * int64(p.Windows*min(p.Draws, v.Rounds[0].Chances)+p.bonus(v))
}

// window is how long a window takes.
func (p Plan) window() time.Duration {
	seconds := (p.Players*p.requests() + pace - 1) / pace
	return time.Duration(max(2, seconds+1)) * time.Second
}

// Time is how long the windows take together.
func (p Plan) Time() time.Duration { return time.Duration(p.Windows) * p.window() }

// Check says what is wrong with the plan, by field. Code: invalid.
func (p Plan) Check() error {
	var fields []game.Field
	between := func(name string, n, least, most int) {
		if n < least || n > most {
			fields = append(fields, game.Field{Name: name, Reason: game.ReasonRange, Want: strconv.Itoa(least) + ".." + strconv.Itoa(most)})
		}
	}
	between("players", p.Players, MinPlayers, MaxPlayers)
	between("windows", p.Windows, 1, MaxWindows)
	between("draws", p.Draws, 1, MaxDraws)
	if p.Expected < 0 || p.Expected > MaxExpected {
		fields = append(fields, game.Field{Name: "expected", Reason: game.ReasonRange, Want: "0.." + strconv.Itoa(MaxExpected)})
	}
	if len(fields) == 0 && p.Time() > MaxTime {
		between("windows", p.Windows, 1, max(1, int(MaxTime/p.window())))
		if p.window() > MaxTime {
			between("players", p.Players, MinPlayers, pace*int(MaxTime/time.Second-1)/p.requests())
		}
	}
	if len(fields) > 0 {
		return &game.Error{Code: game.CodeInvalid, Fields: fields}
	}
	return nil
}

// Compress gives a version in which the campaign passes in the plan's windows: with the same odds,
// guarantee, chances and bonus, one round that opens at opens, the stock scaled to the crowd, and its timetables
// pressed together alike.
func Compress(v game.Version, p Plan, opens time.Time) game.Version {
	first, last := v.Opens(), v.Closes()
	closes := opens.Add(p.Time())
	scale := float64(closes.Sub(opens)) / float64(last.Sub(first))
	to := func(t time.Time) time.Time {
		return opens.Add(time.Duration(float64(t.Sub(first)) * scale)).Truncate(time.Millisecond).UTC()
	}
	v.Rounds = []game.Round{{
		Number: 1, OpensAt: opens.UTC(), ClosesAt: closes.UTC(),
		WindowSeconds: int(p.window() / time.Second), Chances: v.Rounds[0].Chances,
	}}
	stocks := make([]game.Stock, len(v.Stocks))
	for i, s := range v.Stocks {
		var releases []game.Release
		for _, r := range s.Releases {
			at, released := to(r.At), p.Pieces(r.Released)
			if n := len(releases); n > 0 && !at.After(releases[n-1].At) { // too close to be told apart
				releases[n-1].Released = released
				continue
			}
			releases = append(releases, game.Release{At: at, Released: released})
		}
		s.Total, s.Releases = p.Pieces(s.Total), releases
		stocks[i] = s
	}
	v.Stocks = stocks
	return v
}

// Linger gives the version with windows at its end that nobody plays, a time's worth of them or a little
// more: whoever has a set redeems then, however slow the server is.
func Linger(v game.Version, rest time.Duration) game.Version {
	v.Rounds = slices.Clone(v.Rounds)
	last := &v.Rounds[len(v.Rounds)-1]
	window := time.Duration(last.WindowSeconds) * time.Second
	last.ClosesAt = last.ClosesAt.Add((rest + window - 1).Truncate(window))
	return v
}

// Scaled says whether the crowd is fewer than are expected, so that its stock is.
func (p Plan) Scaled() bool { return p.Expected > int64(p.Players) }

// Pieces gives how many of so many pieces the crowd has: its share of them, rounded, and one where there
// is any.
func (p Plan) Pieces(n int64) int64 {
	if !p.Scaled() || n == 0 {
		return n
	}
	high, low := bits.Mul64(uint64(n), uint64(p.Players))
	low, carry := bits.Add64(low, uint64(p.Expected)/2, 0)
	scaled, _ := bits.Div64(high+carry, low, uint64(p.Expected)) // at most n, which fits
	return max(1, int64(scaled))
}
