package api

import "github.com/fivefold/fivefold/server/game"

// Draw spends Taps chances of a window, from Index on.
type Draw struct {
	Round  int    `json:"round"`
	Window int    `json:"window"`
	Index  int    `json:"index"`
	Taps   int    `json:"taps"`             // 1..game.MaxTaps
	Ticket string `json:"ticket,omitempty"` // of an earlier 503 for the same chances
}

// Drawn answers a Draw. Of the asked chances the first Counted were decided; those that Outcomes
// does not list were misses. The rest is unspent.
type Drawn struct {
	Counted    int       `json:"counted"`
	Outcomes   []Outcome `json:"outcomes"`
	Album      *Album    `json:"album,omitempty"` // where there are outcomes
	Next       *Next     `json:"next"`
	Remaining  int       `json:"remaining"`
	PaceMS     int       `json:"pace_ms"`        // how long to wait before the next request
	SampledOut int       `json:"sampled_out"`    // taps that were not looked at under load; unspent
	Code       game.Code `json:"code,omitempty"` // too_early or window_over, where Counted < Taps
}

// Outcome is a counted chance that was no miss.
type Outcome struct {
	Index  int            `json:"index"`
	N      int64          `json:"n"` // of its entry
	Kind   game.EntryKind `json:"kind"`
	Card   int            `json:"card,omitempty"`
	Serial int64          `json:"serial,omitempty"`
	Amount int64          `json:"amount,omitempty"` // of cash: minor units of the pool's currency
	Code   string         `json:"code,omitempty"`   // of a voucher

	Outcome game.OutcomeID `json:"outcome,omitempty"` // which of the prizes, of cash and vouchers
	Receipt string         `json:"receipt"`
}
