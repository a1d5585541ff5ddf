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
// minor unit more than the others, or than their weight gives them.
type Settlement struct {
	Pool        Pool       `json:"pool"`
	Split       game.Split `json:"split"` // equal also where the pool's floor took more than there was
	Redemptions int64      `json:"redemptions"`
	Share       int64      `json:"share"` // minor units; of a random split the floor
	Leftover    int64      `json:"leftover"`
	Overflow    int64      `json:"overflow"`
	SettledAt   time.Time  `json:"settled_at"`
	OrderRule   string     `json:"order_rule"`
	OrderSeed   string     `json:"order_seed"` // hex, committed as round 0
	// Random has what the shares of a random split are computed by; null where the pool's is another.
	Random *RandomSplit `json:"random"`
}

// RandomSplit is how the shares of a random split come about.
type RandomSplit struct {
	RootRule   string `json:"root_rule"`
	Root       string `json:"root"` // hex
	WeightRule string `json:"weight_rule"`
	Weights    int64  `json:"weights"` // the sum of all
	ShareRule  string `json:"share_rule"`
}
