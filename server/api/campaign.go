package api

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// CampaignSummary is a line of the list of campaigns.
type CampaignSummary struct {
	Slug     string     `json:"slug"`
	Name     game.Text  `json:"name"`
	State    game.State `json:"state"`
	OpensAt  time.Time  `json:"opens_at"`
	ClosesAt time.Time  `json:"closes_at"`
}

// Foremost gives the slug of the campaign to play where none is named: one that is open, else one that
// will be, else the one that ended last; "" of none.
func Foremost(list []CampaignSummary) string {
	rank := map[game.State]int{game.StateOpen: 5, game.StateScheduled: 4, game.StateClosed: 3, game.StateSealed: 2, game.StateSettled: 1}
	slug, best, latest := "", 0, time.Time{}
	for _, c := range list {
		r := rank[c.State]
		if r > best || r == best && r > 0 && c.ClosesAt.After(latest) {
			slug, best, latest = c.Slug, r, c.ClosesAt
		}
	}
	return slug
}

// Campaign is the public document of a campaign; it is the same for everybody and may be
// cached for a second.
type Campaign struct {
	ID    game.CampaignID `json:"id"`
	Slug  string          `json:"slug"`
	Name  game.Text       `json:"name"`
	Rules game.Text       `json:"rules"`
	State game.State      `json:"state"`
	Now   time.Time       `json:"now"` // game time, by which windows are judged

	OpensAt  time.Time `json:"opens_at"`
	ClosesAt time.Time `json:"closes_at"`
	TimeZone string    `json:"time_zone"`
	Theme    string    `json:"theme"` // how it looks

	Cards []game.Card `json:"cards"`
	// Art has the addresses of pictures that stand in place of the theme's: of cards by position, of
	// the wildcard and the back.
	Art       map[game.ArtPlace]string `json:"art,omitempty"`
	Odds      Odds                     `json:"odds"`
	Round     *Round                   `json:"round"`      // null between rounds
	NextRound *NextRound               `json:"next_round"` // null after the last
	Stock     []Stock                  `json:"stock"`
	Pool      Pool                     `json:"pool"`
	Completed int64                    `json:"completed"` // redemptions so far
	// Draws and SampledOut are counted best effort: what a server or a Redis that is lost had not
	// stored is missing.
	Draws      int64             `json:"draws"`       // chances that were spent
	SampledOut int64             `json:"sampled_out"` // taps that were not looked at under load; unspent
	Seeds      []game.Commitment `json:"commitments"`

	ShakingPaused    bool `json:"shaking_paused"`
	RedemptionPaused bool `json:"redemption_paused"`
	// Why, where the staff said so, and perhaps not in all languages.
	ShakingNotice    game.Text `json:"shaking_notice,omitempty"`
	RedemptionNotice game.Text `json:"redemption_notice,omitempty"`

	Shadow bool `json:"shadow,omitempty"` // a draft that is tried out, for play money
}

// Odds are those that govern the present window, or the next where none is open.
type Odds struct {
	Version int      `json:"version"`
	Hash    string   `json:"hash"`
	Weights []Weight `json:"weights"`
	Miss    int64    `json:"miss"` // parts per billion
}

// Weight is the public line of an outcome.
type Weight struct {
	Outcome game.OutcomeID `json:"outcome"`
	Kind    game.Kind      `json:"kind"`
	Card    int            `json:"card,omitempty"`
	Amount  int64          `json:"amount,omitempty"` // of cash: minor units of the pool's currency
	Name    game.Text      `json:"name,omitempty"`   // of a prize
	Weight  int64          `json:"weight"`           // parts per billion
}

// Round is the round that is open, at the window that is open.
type Round struct {
	Number        int             `json:"number"`
	OpensAt       time.Time       `json:"opens_at"`
	ClosesAt      time.Time       `json:"closes_at"`
	Window        int             `json:"window"`
	WindowOpensAt time.Time       `json:"window_opens_at"`
	WindowSeconds int             `json:"window_seconds"`
	Chances       int             `json:"chances"`
	TapsPerSecond int             `json:"taps_per_second"` // 0: no pace is asked
	GraceSeconds  int             `json:"grace_seconds"`
	Guarantee     *game.Guarantee `json:"guarantee"`
	// Bonus is that of the version which governs the round's opening; nil: there are no bonus chances.
	Bonus *game.Bonus `json:"bonus,omitempty"`
}

// NextRound is the next to open.
type NextRound struct {
	Number  int       `json:"number"`
	OpensAt time.Time `json:"opens_at"`
}

// Stock is the public state of a limited outcome.
type Stock struct {
	Outcome  game.OutcomeID `json:"outcome"`
	Total    int64          `json:"total"`
	Released int64          `json:"released"`
	Taken    int64          `json:"taken"`
}

// Pool is the money to be shared.
type Pool struct {
	Amount   int64      `json:"amount"` // minor units
	Currency string     `json:"currency"`
	Split    game.Split `json:"split"`
	Floor    int64      `json:"floor,omitempty"` // of a random split
	Cap      int64      `json:"cap,omitempty"`
	Overflow game.Text  `json:"overflow,omitempty"`
}

// Version is a line of the history of versions.
type Version struct {
	Number      int       `json:"number"`
	Hash        string    `json:"hash"`
	PublishedAt time.Time `json:"published_at"`
	EffectiveAt time.Time `json:"effective_at"` // windows that open from then on
	Document    string    `json:"document"`     // the bytes that were hashed: a game.Version as JSON
	// Exception is why it may be to the players' disadvantage, though the campaign was open; Changes is what
	// it then changes of the version before it, in short.
	Exception game.Text   `json:"exception,omitempty"`
	Changes   []game.Text `json:"changes,omitempty"`
}

// Fairness is what a player needs to check draws.
type Fairness struct {
	Campaign   game.CampaignID   `json:"campaign"`
	Seeds      []game.Commitment `json:"commitments"`
	Versions   []Version         `json:"versions"`
	ReceiptKey string            `json:"receipt_key"` // hex Ed25519 public key of receipts
}
