package api

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Redeem burns a full set; Wildcards says for which positions a wildcard stands in.
type Redeem struct {
	Wildcards game.Substitution `json:"wildcards,omitempty"`
}

// Redeemed answers Redeem: 201 when made, 200 when repeated.
type Redeemed struct {
	Redemption Redemption `json:"redemption"`
	Album      Album      `json:"album"`
	Completed  int64      `json:"completed"`
}

// Settlement is how the pool was shared out. The first Leftover redemptions by OrderRule got one
// minor unit more than Share.
type Settlement struct {
	Pool        Pool      `json:"pool"`
	Redemptions int64     `json:"redemptions"`
	Share       int64     `json:"share"` // minor units
	Leftover    int64     `json:"leftover"`
	Overflow    int64     `json:"overflow"`
	SettledAt   time.Time `json:"settled_at"`
	OrderRule   string    `json:"order_rule"`
	OrderSeed   string    `json:"order_seed"` // hex, committed as round 0
}
