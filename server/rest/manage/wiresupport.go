package manage

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Found is a player whom a search has found, and by which of their entries.
type Found struct {
	Player game.PlayerID `json:"player"`
	Entry  int64         `json:"entry,omitempty"`
}

// Player is a page of a player's book in a campaign.
type Player struct {
	Player     game.PlayerID       `json:"player"`
	Known      bool                `json:"known"` // false: the identity was erased
	N          int64               `json:"n"`     // of the last entry
	Counts     [game.SetSize]int64 `json:"counts"`
	Wildcards  int64               `json:"wildcards"`
	RedeemedAt *time.Time          `json:"redeemed_at,omitempty"`
	Share      *Share              `json:"share,omitempty"`
	Entries    []Entry             `json:"entries"`          // the last first
	Before     int64               `json:"before,omitempty"` // asks for the next page; absent: there is none
}

// Share is what a player gets of the pool.
type Share struct {
	Amount   int64  `json:"amount"` // minor units
	Currency string `json:"currency"`
	State    string `json:"state"`
}

// Entry is a line of a player's book; a voucher comes without its code.
type Entry struct {
	N         int64               `json:"n"`
	Kind      string              `json:"kind"`
	Round     int                 `json:"round,omitempty"`
	Window    int                 `json:"window,omitempty"`
	Index     int                 `json:"index,omitempty"`
	Version   int                 `json:"version,omitempty"`
	Outcome   game.OutcomeID      `json:"outcome,omitempty"`
	Raw       game.OutcomeID      `json:"raw,omitempty"`
	Card      int                 `json:"card,omitempty"`
	Serial    int64               `json:"serial,omitempty"`
	Amount    int64               `json:"amount,omitempty"`
	Counts    [game.SetSize]int64 `json:"counts"`
	Wildcards int64               `json:"wildcards"`
	BookedAt  time.Time           `json:"booked_at"`
}

// Explanation is how an entry of a chance came about.
type Explanation struct {
	Entry       Entry          `json:"entry"`
	Receipt     string         `json:"receipt"`
	Version     int            `json:"version"`
	VersionHash string         `json:"version_hash"`
	Guaranteed  bool           `json:"guaranteed"` // the guarantee's weights decided
	Ranges      []Range        `json:"ranges"`
	Part        *int64         `json:"part,omitempty"`   // the number drawn; absent where the identity was erased
	Agrees      *bool          `json:"agrees,omitempty"` // the number gives what is booked as drawn
	Drawn       game.OutcomeID `json:"drawn"`
	Given       game.OutcomeID `json:"given,omitempty"`
	Seed        string         `json:"seed,omitempty"` // of the round, once it is public
}

// Range is the parts per billion of an outcome, from From up to but not including To.
type Range struct {
	Outcome game.OutcomeID `json:"outcome,omitempty"` // absent: the miss
	From    int64          `json:"from"`
	To      int64          `json:"to"`
}

// Correction is a change of a player's book that waits for consent, or was decided.
type Correction struct {
	ID        int64         `json:"id"`
	Player    game.PlayerID `json:"player"`
	Kind      string        `json:"kind"`
	Card      int           `json:"card"` // 0: the wildcard
	Count     int64         `json:"count"`
	Reverses  int64         `json:"reverses,omitempty"`
	Reason    string        `json:"reason"`
	By        game.StaffID  `json:"by"`
	At        time.Time     `json:"at"`
	State     string        `json:"state"`
	Entry     int64         `json:"entry,omitempty"` // that it became
	DecidedBy game.StaffID  `json:"decided_by,omitempty"`
	DecidedAt *time.Time    `json:"decided_at,omitempty"`
	Answer    string        `json:"answer,omitempty"` // why it was declined
}

// NewCorrection is a correction to be proposed: a grant of cards, or the reversal of an entry.
type NewCorrection struct {
	Kind     string `json:"kind"`
	Card     int    `json:"card,omitempty"`
	Count    int64  `json:"count"`
	Reverses int64  `json:"reverses,omitempty"`
	Reason   string `json:"reason"`
}

// Decline is why a correction is not booked.
type Decline struct {
	Answer string `json:"answer"`
}
