package forecast

import (
	"context"
	"math"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// Forecast is what is expected of a campaign.
type Forecast struct {
	Assumptions Assumptions `json:"assumptions"`
	Days        []Day       `json:"days"`
	Money       Money       `json:"money"`
	Stocks      []Stock     `json:"stocks"`
	Players     []Player    `json:"players"`
	All         All         `json:"all_chances"`
	Accounts    Accounts    `json:"accounts"`
	Simulated   *Simulated  `json:"simulated,omitempty"`
}

// Day is the evening of a day, in expected players.
type Day struct {
	Day      int     `json:"day"` // from 1
	Arrived  float64 `json:"arrived"`
	Finished float64 `json:"finished"` // have a full set, with the gifts that are assumed
	Alone    float64 `json:"alone"`    // would have one if nobody gave anything
	// Sets is how many full sets all pieces given out so far would make, in the right hands; no
	// gifts and no trade can let more players finish.
	Sets float64 `json:"sets"`
	// Prizes is the cash that instant prizes have given out so far, in minor units.
	Prizes float64 `json:"prizes"`
}

// Money is what becomes of the pool, in minor units, when Winners redeem.
type Money struct {
	Currency string `json:"currency"`
	Pool     int64  `json:"pool"`
	Winners  int64  `json:"winners"`
	Share    int64  `json:"share"` // of one winner, rounded down; of a random split on average
	Leftover int64  `json:"leftover"`
	Overflow int64  `json:"overflow"` // what a cap leaves, or all when nobody redeems
	// Luck is how the shares spread; not there where all are the same, by the split or because the floor
	// of a random one takes more than there is.
	Luck      *Luck `json:"luck,omitempty"`
	FellEqual bool  `json:"fell_equal,omitempty"` // for so many the floor of a random split cannot be had
	// ShareAlone is the share if nobody gave anything.
	ShareAlone int64 `json:"share_alone"`
	Instant    int64 `json:"instant"` // the budget of instant cash prizes, beside the pool
	AtRisk     int64 `json:"at_risk"` // most that may have to be paid: the pool and the budget
}

// Player is how players of one habit fare.
type Player struct {
	Habit
	Finished float64 `json:"finished"` // share of all of them that finishes, with gifts
	Keen     float64 `json:"keen"`     // probability for one who is active on every day, alone
	Unlucky  int     `json:"unlucky"`  // of a set, what the unluckiest 1 % of the keen hold at most
}

// All is a player who spends every chance of the days that are looked at, alone, while stocks last.
type All struct {
	By
	Outlook Outlook `json:"outlook"`
}

// Accounts is what one person gains who keeps many. How many sets they make together is simulated;
// here is what no luck exceeds in the mean.
type Accounts struct {
	Accounts int     `json:"accounts"`
	Finished float64 `json:"finished"` // sets expected, each account by itself
	AtMost   float64 `json:"at_most"`  // of the expected sets when all cards are brought together
	Gain     int64   `json:"gain"`     // minor units, each by itself
	MostGain int64   `json:"most_gain"`
}

// Campaign forecasts a campaign of a pool, which must have passed its check, and a version. It
// computes in some ten milliseconds; Simulate adds what has no formula.
// Codes: those of game.Version.Check; invalid, with the names of Assumptions' fields, or stocks.
func Campaign(ctx context.Context, pool game.Pool, v *game.Version, a Assumptions) (*Forecast, error) {
	if err := check(v, a); err != nil {
		return nil, err
	}
	c := newCrowd(v, a)
	with, err := c.walk(ctx, a.Gifts)
	if err != nil {
		return nil, err
	}
	without := with
	if a.Gifts > 0 {
		if without, err = c.walk(ctx, 0); err != nil {
			return nil, err
		}
	}
	f := &Forecast{Assumptions: a, Stocks: append([]Stock{}, with.shop.stocks...), Days: []Day{}}
	for d, end := range with.days {
		f.Days = append(f.Days, Day{
			Day: d + 1, Arrived: end.arrived, Finished: end.finished, Alone: without.days[d].finished, Sets: end.sets,
			Prizes: end.prizes,
		})
	}
	f.Money = newMoney(pool, v.Budget().Total, a, f.Days)
	f.Players = c.players(with)
	if f.All, err = c.all(ctx); err != nil {
		return nil, err
	}
	f.Accounts = c.accounts(with, pool, f.Money.Winners)
	return f, nil
}

// check says what cannot be forecast.
func check(v *game.Version, a Assumptions) error {
	if err := a.Check(); err != nil {
		return err
	}
	if err := v.Check(); err != nil {
		return err
	}
	var c checks
	if n := days(v); n > maxDays && a.Days == 0 {
		c.add("days", game.ReasonRange, "1.."+strconv.Itoa(maxDays))
	} else if a.Days > n {
		c.add("days", game.ReasonRange, "0.."+strconv.Itoa(n))
	} else if sum(a.Arrivals[:min(n, len(a.Arrivals))]) == 0 {
		c.add("arrivals", game.ReasonSum, "more than 0 within the campaign's days")
	}
	if len(v.Stocks) > maxStocks {
		c.add("stocks", game.ReasonRange, "0.."+strconv.Itoa(maxStocks))
	}
	return c.err()
}

func newMoney(pool game.Pool, budget int64, a Assumptions, days []Day) Money {
	winners := func(finished float64) int64 { return int64(math.Round(a.Redeem * finished)) }
	m := Money{Currency: pool.Currency, Pool: pool.Amount, Instant: budget}
	last := days[len(days)-1]
	m.Winners = winners(last.Finished)
	s := divide(pool, m.Winners)
	m.Share, m.Leftover, m.Overflow, m.Luck = s.Share, s.Leftover, s.Overflow, s.Luck
	m.FellEqual = pool.SplitOf(m.Winners) != pool.Split
	m.ShareAlone = Share(pool, winners(last.Alone))
	m.AtRisk = pool.Amount + m.Instant
	return m
}

func (c *crowd) players(run *course) []Player {
	var players []Player
	for h, habit := range c.assumed.Habits {
		p := Player{Habit: habit}
		all, finished := 0.0, 0.0
		for g := h; g < len(run.masses); g += len(c.assumed.Habits) {
			all, finished = all+sum(run.masses[g]), finished+c.space.finished(run.masses[g])
		}
		if all > 0 {
			p.Finished = min(1, finished/all)
		}
		mass := c.alone(run, c.assumed.Windows, habit.Draws)
		p.Keen, p.Unlucky = min(1, c.space.finished(mass)), c.space.unlucky(mass, unluckyShare)
		players = append(players, p)
	}
	return players
}

// all is of whole windows, and so of whole blocks of the guarantee, and of the bonus of their rounds.
func (c *crowd) all(ctx context.Context) (All, error) {
	var spent Spent
	for d := range c.calendar {
		for _, r := range c.version.Rounds {
			first, end := windowsWithin(r, dayBegins(c.version, d))
			spent.Windows += int64(end-first) * int64(r.Chances)
			if first == 0 && end > 0 { // it begins on this day
				spent.Bonus += int64(c.bonus)
			}
		}
	}
	out, err := OddsOf(ctx, c.version.Odds, c.version.Guarantee, []Spent{spent})
	if err != nil {
		return All{}, err
	}
	by := out.By[0]
	out.By = []By{}
	return All{By: by, Outlook: *out}, nil
}

func (c *crowd) accounts(run *course, pool game.Pool, winners int64) Accounts {
	n := c.assumed.Accounts
	mass := c.alone(run, c.assumed.PerAccount, game.MaxChances)
	pieces := c.pieces(run, c.assumed.PerAccount)
	for g := range pieces {
		pieces[g] *= float64(n)
	}
	a := Accounts{Accounts: n, Finished: float64(n) * min(1, c.space.finished(mass)), AtMost: min(float64(n), sets(pieces))}
	a.Gain, a.MostGain = gain(pool, winners, a.Finished), gain(pool, winners, a.AtMost)
	return a
}

// gain is what some sets bring beside the winners there are.
func gain(pool game.Pool, winners int64, sets float64) int64 {
	share := Share(pool, max(1, winners+int64(math.Round(sets))))
	return int64(math.Floor(sets * float64(share)))
}

// pieces gives what an account is expected to draw that plays so many windows a day to their end.
func (c *crowd) pieces(run *course, windows int) (pieces [gains]float64) {
	round, rounds := 0, 0
	for d, slots := range c.calendar {
		for i, at := range slots {
			n := at.windows(windows, i, len(slots))
			rounds, round = at.bonuses(n, round)
			ordinary, guaranteed := c.chain(0).split(at.chances)
			ordinary, guaranteed = float64(n)*ordinary+float64(rounds*c.bonus), float64(n)*guaranteed
			for _, p := range run.parts[d][i] {
				m := &c.chain(p.out).model
				for g := range pieces {
					pieces[g] += p.share * (ordinary*m.odds.gain[g] + guaranteed*m.guaranteed.gain[g])
				}
			}
		}
	}
	return pieces
}
