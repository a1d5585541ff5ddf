package game

import (
	"strconv"
	"strings"
	"time"
)

// Split is how a pool is shared.
type Split string

// The ways to share a pool.
const (
	SplitEqual  Split = "equal"  // every redemption gets the same
	SplitRandom Split = "random" // each gets the floor, and of the rest by a weight of its own
)

// Pool is the money that the redemptions of a campaign share. Amounts are minor units.
type Pool struct {
	Amount   int64  `json:"amount" yaml:"amount"`
	Currency string `json:"currency" yaml:"currency"` // ISO 4217
	Split    Split  `json:"split" yaml:"split"`
	Floor    int64  `json:"floor,omitempty" yaml:"floor,omitempty"`       // least that one winner gets of a random split
	Cap      int64  `json:"cap,omitempty" yaml:"cap,omitempty"`           // most that one winner gets; 0: none
	Overflow Text   `json:"overflow,omitempty" yaml:"overflow,omitempty"` // where goes what a cap leaves, or all when nobody redeems
}

// Check says what is wrong with the pool. Code: invalid.
func (p Pool) Check() error {
	var c checks
	if p.Amount < 0 || p.Amount > 1e15 {
		c.add(CodeInvalid, "pool.amount", ReasonRange, "0..1000000000000000")
	}
	if len(p.Currency) != 3 || strings.Trim(p.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		c.add(CodeInvalid, "pool.currency", ReasonFormat, "CNY")
	}
	if p.Split != SplitEqual && p.Split != SplitRandom {
		c.add(CodeInvalid, "pool.split", ReasonUnknown, string(SplitEqual)+", "+string(SplitRandom))
	}
	most := max(0, p.Amount)
	if p.Cap < 0 || p.Cap > most {
		c.add(CodeInvalid, "pool.cap", ReasonRange, "0.."+strconv.FormatInt(most, 10))
	} else if p.Cap > 0 {
		most = p.Cap
	}
	if p.Split != SplitRandom && p.Floor != 0 {
		c.add(CodeInvalid, "pool.floor", ReasonEither, "split: "+string(SplitEqual))
	} else if p.Floor < 0 || p.Floor > most {
		c.add(CodeInvalid, "pool.floor", ReasonRange, "0.."+strconv.FormatInt(most, 10))
	}
	return c.err()
}

// Shares is how a pool is divided among Redemptions: each gets Share, the first Leftover of the
// settlement's order one minor unit more, and Overflow goes where the campaign declared. Of a random
// split Share is the floor, and by its weight each gets something on top of it.
type Shares struct {
	Redemptions int64
	Share       int64
	Leftover    int64
	Overflow    int64
}

// Divide shares the pool equally among n redemptions, exact to the minor unit.
func (p Pool) Divide(n int64) Shares {
	if n == 0 {
		return Shares{Overflow: p.Amount}
	}
	s := Shares{Redemptions: n, Share: p.Amount / n, Leftover: p.Amount % n}
	if p.Cap > 0 && s.Share >= p.Cap {
		return Shares{Redemptions: n, Share: p.Cap, Overflow: p.Amount - p.Cap*n}
	}
	return s
}

// Of gives the share of the redemption at a place (from 0) of the settlement's order.
func (s Shares) Of(place int64) int64 {
	if place < s.Leftover {
		return s.Share + 1
	}
	return s.Share
}

// Settlement is the share-out of a campaign's pool, computed once.
type Settlement struct {
	Campaign  CampaignID
	Split     Split // equal too where the pool's floor could not be had
	Shares    Shares
	Root      string // of the redemptions, in hex: what the weights are mixed with; "" where there are none
	Weights   int64  // the sum of all weights
	SettledAt time.Time
}

// PayoutState is where a payout is on its way.
type PayoutState string

// The states of a payout.
const (
	PayoutPending   PayoutState = "pending"
	PayoutSent      PayoutState = "sent"
	PayoutConfirmed PayoutState = "confirmed"
	PayoutFailed    PayoutState = "failed"
)

// Payout is a settled share or an instant prize on its way out.
type Payout struct {
	Campaign CampaignID
	Player   PlayerID
	N        int64 // of the entry that won the prize; 0: it is a share
	Place    int64 // of a share: in the settlement's order, from 0
	Amount   int64 // minor units
	Currency string
	State    PayoutState
}
