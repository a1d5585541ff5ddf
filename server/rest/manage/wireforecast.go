package manage

import (
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Question is what a forecast is asked of: a saved version or one of the program's own.
type Question struct {
	Number      int           `json:"number,omitempty"`  // 0: the newest
	Version     *game.Version `json:"version,omitempty"` // in place of a saved one
	Assumptions *Assumed      `json:"assumptions,omitempty"`
	Draws       []int64       `json:"draws,omitempty"` // after which the chance to finish is wanted
	Crowd       bool          `json:"crowd,omitempty"` // simulate one besides
}

// Assumed are the assumptions that are not the usual ones.
type Assumed struct {
	Players    *int64           `json:"players,omitempty"`
	Days       *int             `json:"days,omitempty"`
	Arrivals   []float64        `json:"arrivals,omitempty"`
	Active     []float64        `json:"active,omitempty"`
	Windows    *int             `json:"windows,omitempty"`
	Habits     []forecast.Habit `json:"habits,omitempty"`
	AfterSet   *float64         `json:"after_set,omitempty"`
	Gifts      *float64         `json:"gifts,omitempty"`
	Redeem     *float64         `json:"redeem,omitempty"`
	Accounts   *int             `json:"accounts,omitempty"`
	PerAccount *int             `json:"account_windows,omitempty"`
}

// over gives assumptions with these in place of theirs.
func (q *Assumed) over(a forecast.Assumptions) forecast.Assumptions {
	if q == nil {
		return a
	}
	set(&a.Players, q.Players)
	set(&a.Days, q.Days)
	set(&a.Windows, q.Windows)
	set(&a.AfterSet, q.AfterSet)
	set(&a.Gifts, q.Gifts)
	set(&a.Redeem, q.Redeem)
	set(&a.Accounts, q.Accounts)
	set(&a.PerAccount, q.PerAccount)
	if q.Arrivals != nil {
		a.Arrivals = q.Arrivals
	}
	if q.Active != nil {
		a.Active = q.Active
	}
	if q.Habits != nil {
		a.Habits = q.Habits
	}
	return a
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}
