package game

import (
	"slices"
	"time"
)

// DefaultTheme is that of a campaign that names none.
const DefaultTheme = "spring"

// SetSize is how many cards make a set.
const SetSize = 5

// State is where a campaign is in its life.
type State string

// The states, in the order in which a campaign passes them; it never goes back.
const (
	StateDraft     State = "draft"     // being written; nobody can see it
	StateScheduled State = "scheduled" // published; its first round has not opened
	StateOpen      State = "open"      // rounds run
	StateClosed    State = "closed"    // no new windows; grace, tickets and redemptions still count
	StateSealed    State = "sealed"    // nothing can be booked; seeds are public
	StateSettled   State = "settled"   // the pool is shared out
)

// Text is a sentence or name by language ("en", "zh").
type Text map[string]string

// In gives the text in a language, or where it lacks that in English, or in Chinese.
func (t Text) In(lang string) string {
	if s := t[lang]; s != "" {
		return s
	}
	if s := t["en"]; s != "" {
		return s
	}
	return t["zh"]
}

// Card is one of the set.
type Card struct {
	Position int    `json:"position" yaml:"position"` // 1..SetSize
	Code     string `json:"code" yaml:"code"`         // names its art, such as "harmony"
	Name     Text   `json:"name" yaml:"name"`
}

// Campaign is what is known of a campaign besides its versions.
type Campaign struct {
	ID       CampaignID `json:"id"`
	Slug     string     `json:"slug"`
	Name     Text       `json:"name"`
	Rules    Text       `json:"rules"`
	State    State      `json:"state"`
	TimeZone string     `json:"time_zone"` // IANA name, for pages only; all times are UTC
	Theme    string     `json:"theme"`     // how it looks: a folder of assets/themes
	Cards    []Card     `json:"cards"`
	Pool     Pool       `json:"pool"`

	ShakingPaused    bool `json:"shaking_paused"`
	RedemptionPaused bool `json:"redemption_paused"`
	ShakingNotice    Text `json:"shaking_notice,omitempty"` // why, as players are told; nil: they are told no reason
	RedemptionNotice Text `json:"redemption_notice,omitempty"`

	ShadowOf  CampaignID `json:"shadow_of,omitempty"`  // on which a draft of that campaign is played; "": a real one
	ExpiresAt *time.Time `json:"expires_at,omitempty"` // of a shadow

	OpensAt   time.Time  `json:"opens_at"`            // opening of the first round
	ClosesAt  time.Time  `json:"closes_at"`           // closing of the last round
	ClosedAt  *time.Time `json:"closed_at,omitempty"` // when it was in fact closed, and so on
	SealedAt  *time.Time `json:"sealed_at,omitempty"`
	SettledAt *time.Time `json:"settled_at,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
	Revision  int        `json:"revision"` // 1, and one more with every edit
}

// Due gives the state that a campaign has to enter at now, and whether there is one.
// drain is the time between closing and sealing; unbroken is since when the book has
// been reachable without a gap, for tickets given out meanwhile must have had the same
// time to be brought back. Settling is due as soon as the campaign is sealed.
func (c Campaign) Due(now time.Time, drain time.Duration, unbroken time.Time) (State, bool) {
	switch c.State {
	case StateScheduled:
		return StateOpen, !now.Before(c.OpensAt)
	case StateOpen:
		return StateClosed, !now.Before(c.ClosesAt)
	case StateClosed:
		if c.ClosedAt == nil {
			return "", false
		}
		return StateSealed, !now.Before(c.ClosedAt.Add(drain)) && !now.Before(unbroken.Add(drain))
	case StateSealed:
		return StateSettled, !c.Shadow()
	default:
		return "", false
	}
}

// Shadow says that the campaign is no real one: a draft is played on it, for play money, so it is
// never settled.
func (c Campaign) Shadow() bool { return c.ShadowOf != "" }

// Expired says whether a shadow is over at now, and to be removed.
func (c Campaign) Expired(now time.Time) bool {
	return c.Shadow() && c.ExpiresAt != nil && !now.Before(*c.ExpiresAt)
}

// StateAt gives the state by the clock: a campaign is open as soon as its first round opens and
// closed as soon as its last has closed, though the job that notes it comes a moment later.
func (c Campaign) StateAt(now time.Time) State {
	switch {
	case c.State == StateScheduled && !now.Before(c.OpensAt) && now.Before(c.ClosesAt):
		return StateOpen
	case c.State == StateOpen && !now.Before(c.ClosesAt):
		return StateClosed
	default:
		return c.State
	}
}

// Follows says whether a campaign may go from one state to the next.
func (s State) Follows(before State) bool {
	switch before {
	case StateDraft:
		return s == StateScheduled
	case StateScheduled:
		return s == StateOpen
	case StateOpen:
		return s == StateClosed
	case StateClosed:
		return s == StateSealed
	case StateSealed:
		return s == StateSettled
	default:
		return false
	}
}

// life is the states in the order in which a campaign passes them.
var life = []State{StateDraft, StateScheduled, StateOpen, StateClosed, StateSealed, StateSettled}

// States lists all states, in the order in which a campaign passes them.
func States() []State { return slices.Clone(life) }

// Reached says whether a campaign in this state is in another or past it.
func (s State) Reached(to State) bool {
	at := slices.Index(life, to)
	return at >= 0 && slices.Index(life, s) >= at
}

// Enter brings the campaign to a state and stamps when. It gives false, and changes nothing,
// where the campaign is in that state or past it. Code: state_conflict.
func (c *Campaign) Enter(to State, now time.Time) (bool, error) {
	if c.State.Reached(to) {
		return false, nil
	}
	if !to.Follows(c.State) {
		return false, Fail(CodeStateConflict, "a "+string(c.State)+" campaign cannot become "+string(to))
	}
	c.State = to
	switch to {
	case StateClosed:
		c.ClosedAt = &now
	case StateSealed:
		c.SealedAt = &now
	case StateSettled:
		c.SettledAt = &now
	}
	return true, nil
}

// Bookable says nil where entries may still be booked in this state.
func (s State) Bookable() error {
	switch s {
	case StateOpen, StateClosed:
		return nil
	case StateDraft, StateScheduled:
		return Fail(CodeCampaignNotOpen, "the campaign has not opened")
	default:
		return Fail(CodeCampaignSealed, "the campaign is sealed")
	}
}
