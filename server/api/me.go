package api

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Me is a player's state in a campaign.
type Me struct {
	Player     game.PlayerID `json:"player"`
	ClientSeed string        `json:"client_seed"`
	Album      Album         `json:"album"`
	Next       *Next         `json:"next"`      // null when no round is open
	Remaining  int           `json:"remaining"` // chances left in the window of Next
	Redemption *Redemption   `json:"redemption"`
	Payout     *Payout       `json:"payout"`
	Bonus      *BonusChances `json:"bonus,omitempty"` // of the round that is open, where it may have any
}

// BonusChances are a player's bonus chances of a round: (round, 0, 1..Granted).
type BonusChances struct {
	Round   int   `json:"round"`
	Granted int   `json:"granted"` // those of every player and those granted to this one
	Next    *Next `json:"next"`    // the next to spend; null when all are spent
}

// Album is a player's totals; a greater N is a later state.
type Album struct {
	N         int64               `json:"n"`
	Counts    [game.SetSize]int64 `json:"counts"` // of the cards by position
	Wildcards int64               `json:"wildcards"`
}

// Next is the next chance to spend, and from when.
type Next struct {
	Round     int       `json:"round"`
	Window    int       `json:"window"`
	Index     int       `json:"index"`
	NotBefore time.Time `json:"not_before"`
}

// Redemption is the player's place in the pool.
type Redemption struct {
	N          int64     `json:"n"` // of the entry
	RedeemedAt time.Time `json:"redeemed_at"`
}

// Payout is the player's share.
type Payout struct {
	Amount   int64            `json:"amount"` // minor units
	Currency string           `json:"currency"`
	State    game.PayoutState `json:"state"`
}

// Entry is a line of the player's book.
type Entry struct {
	N         int64               `json:"n"`
	Kind      game.EntryKind      `json:"kind"`
	Round     int                 `json:"round,omitempty"`
	Window    int                 `json:"window,omitempty"`
	Index     int                 `json:"index,omitempty"`
	Version   int                 `json:"version,omitempty"`
	Outcome   game.OutcomeID      `json:"outcome,omitempty"`
	Raw       game.OutcomeID      `json:"raw,omitempty"`
	Card      int                 `json:"card,omitempty"`
	Serial    int64               `json:"serial,omitempty"`
	Amount    int64               `json:"amount,omitempty"` // of cash: minor units of the pool's currency
	Code      string              `json:"code,omitempty"`   // of a voucher
	Counts    [game.SetSize]int64 `json:"counts"`           // what it changed
	Wildcards int64               `json:"wildcards"`
	BookedAt  time.Time           `json:"booked_at"`
}

// Entries is a page of a player's book, at most EntriesPage of it, in order.
type Entries struct {
	Entries []Entry `json:"entries"`
	More    bool    `json:"more"`
}

// EntriesPage is the most entries that one answer holds.
const EntriesPage = 200
