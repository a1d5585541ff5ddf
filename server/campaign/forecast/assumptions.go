package forecast

import (
	"fmt"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// Bounds of what is forecast; they keep a slip of the pen from running for ever.
const (
	MaxPlayers  = 10_000_000_000
	maxDays     = 400
	MaxPerDay   = 200 // windows
	maxHabits   = 16
	maxAccounts = 1_000_000
)

// Assumptions are what a forecast takes for granted of the crowd. Fields has them in words. Days
// are of 24 hours and count from the opening; shares are of 1.
type Assumptions struct {
	Players    int64     `json:"players" yaml:"players"`
	Days       int       `json:"days" yaml:"days"`                       // how many are looked at; 0: all
	Arrivals   []float64 `json:"arrivals" yaml:"arrivals"`               // weights by day; later days: nobody
	Active     []float64 `json:"active" yaml:"active"`                   // share by day; the last is of later days too
	Windows    int       `json:"windows" yaml:"windows"`                 // that an active player plays on a day
	Habits     []Habit   `json:"habits" yaml:"habits"`                   // how they play them
	AfterSet   float64   `json:"after_set" yaml:"after_set"`             // share of the draws that goes on when a set is finished
	Gifts      float64   `json:"gifts" yaml:"gifts"`                     // share of spare cards given to who lacks them
	Redeem     float64   `json:"redeem" yaml:"redeem"`                   // share of finished sets that are redeemed
	Accounts   int       `json:"accounts" yaml:"accounts"`               // in one hand
	PerAccount int       `json:"account_windows" yaml:"account_windows"` // a day, every chance of them
}

// Habit is how a share of the players plays a window: its first Draws chances, or all that it has
// where that is fewer.
type Habit struct {
	Share float64 `json:"share" yaml:"share"`
	Draws int     `json:"draws" yaml:"draws"`
}

// Defaults are a crowd of 100,000 who come mostly in the first days. They are no finding of
// anybody, but a place to begin.
func Defaults() Assumptions {
	return Assumptions{
		Players:    100_000,
		Arrivals:   []float64{30, 20, 15, 12, 10, 8, 5},
		Active:     []float64{1, 0.6, 0.5},
		Windows:    3,
		Habits:     []Habit{{Share: 0.5, Draws: 10}, {Share: 0.35, Draws: 40}, {Share: 0.15, Draws: game.MaxChances}},
		AfterSet:   1,
		Gifts:      0.2,
		Redeem:     1,
		Accounts:   10,
		PerAccount: 10,
	}
}

// Check says all that is wrong with the assumptions, by the names of their fields. Code: invalid.
func (a *Assumptions) Check() error {
	var c checks
	c.between("players", float64(a.Players), 1, MaxPlayers)
	c.between("days", float64(a.Days), 0, maxDays)
	c.between("windows", float64(a.Windows), 1, MaxPerDay)
	c.between("after_set", a.AfterSet, 0, 1)
	c.between("gifts", a.Gifts, 0, 1)
	c.between("redeem", a.Redeem, 0, 1)
	c.between("accounts", float64(a.Accounts), 0, maxAccounts)
	c.between("account_windows", float64(a.PerAccount), 1, MaxPerDay)
	c.length("arrivals", len(a.Arrivals), maxDays)
	for i, w := range a.Arrivals {
		c.between(fmt.Sprintf("arrivals.%d", i), w, 0, MaxPlayers)
	}
	if len(a.Arrivals) > 0 && sum(a.Arrivals) == 0 {
		c.add("arrivals", game.ReasonSum, "more than 0")
	}
	c.length("active", len(a.Active), maxDays)
	for i, share := range a.Active {
		c.between(fmt.Sprintf("active.%d", i), share, 0, 1)
	}
	all := 0.0
	c.length("habits", len(a.Habits), maxHabits)
	for i, h := range a.Habits {
		c.between(fmt.Sprintf("habits.%d.share", i), h.Share, 0, 1)
		c.between(fmt.Sprintf("habits.%d.draws", i), float64(h.Draws), 1, game.MaxChances)
		all += h.Share
	}
	if len(a.Habits) > 0 && !(all > 1-1e-6 && all < 1+1e-6) {
		c.add("habits", game.ReasonSum, "shares of 1")
	}
	return c.err()
}

// active gives the share of players that plays on a day, from 0.
func (a *Assumptions) active(day int) float64 { return a.Active[min(day, len(a.Active)-1)] }

// arriving gives how many players come on each of some days.
func (a *Assumptions) arriving(days int) []float64 {
	players := make([]float64, days)
	copy(players, a.Arrivals)
	all := sum(players)
	for i := range players {
		players[i] *= float64(a.Players) / all
	}
	return players
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

func (c *checks) length(name string, n, most int) {
	if n == 0 {
		c.add(name, game.ReasonRequired, "")
	} else if n > most {
		c.add(name, game.ReasonRange, "1.."+strconv.Itoa(most))
	}
}

func (c *checks) err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &game.Error{Code: game.CodeInvalid, Fields: c.fields}
}

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
