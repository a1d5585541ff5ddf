package manage

import (
	"encoding/json"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Token is the token that a request came with.
type Token struct {
	ID        game.TokenID `json:"id"`
	Name      string       `json:"name"`
	Scopes    []game.Scope `json:"scopes"`
	Open      []game.Scope `json:"open"`  // those of the scopes that its maker may use now
	Login     string       `json:"login"` // of the person for whom it acts
	Role      game.Role    `json:"role"`
	ExpiresAt time.Time    `json:"expires_at"`
}

// Campaign is a campaign besides its versions.
type Campaign struct {
	ID               game.CampaignID `json:"id"`
	Slug             string          `json:"slug"`
	Name             game.Text       `json:"name"`
	Rules            game.Text       `json:"rules"`
	State            game.State      `json:"state"`
	Revision         int             `json:"revision"`
	TimeZone         string          `json:"time_zone"`
	Theme            string          `json:"theme"`
	Cards            []game.Card     `json:"cards"`
	Pool             game.Pool       `json:"pool"`
	ShakingPaused    bool            `json:"shaking_paused"`
	RedemptionPaused bool            `json:"redemption_paused"`
	ShakingNotice    game.Text       `json:"shaking_notice,omitempty"`
	RedemptionNotice game.Text       `json:"redemption_notice,omitempty"`
	OpensAt          time.Time       `json:"opens_at"`
	ClosesAt         time.Time       `json:"closes_at"`
	CreatedAt        time.Time       `json:"created_at"`
}

// NewCampaign is a draft with its first version.
type NewCampaign struct {
	Slug     string       `json:"slug"`
	Name     game.Text    `json:"name"`
	Rules    game.Text    `json:"rules,omitempty"`
	TimeZone string       `json:"time_zone"`
	Theme    string       `json:"theme,omitempty"`
	Cards    []game.Card  `json:"cards"`
	Pool     game.Pool    `json:"pool"`
	Version  game.Version `json:"version"`
}

// SavedVersion is a saved version. Its document is there where one version is asked for, not in a list.
type SavedVersion struct {
	Number      int           `json:"number"`
	Hash        string        `json:"hash"`
	Comment     string        `json:"comment"`
	SavedAt     time.Time     `json:"saved_at"`
	SavedBy     game.StaffID  `json:"saved_by"`
	PublishedAt *time.Time    `json:"published_at,omitempty"`
	PublishedBy game.StaffID  `json:"published_by,omitempty"`
	EffectiveAt *time.Time    `json:"effective_at,omitempty"`
	Document    string        `json:"document,omitempty"` // JSON, to the byte that Hash is of
	Version     *game.Version `json:"version,omitempty"`  // the same to be read, changed and saved anew
}

// NewVersion is a version to be saved after the one of the number After.
type NewVersion struct {
	After   int          `json:"after"`
	Comment string       `json:"comment,omitempty"`
	Version game.Version `json:"version"`
}

// Vouchers counts the codes of a campaign's vouchers.
type Vouchers struct {
	Codes map[game.OutcomeID]int64 `json:"codes"`
}

// Codes are to be added to those of a voucher.
type Codes struct {
	Codes []string `json:"codes"`
}

// Switches are all switches of a campaign as they are to be, with the reason, which stays inside, and
// the notices, which players read.
type Switches struct {
	ShakingPaused    bool      `json:"shaking_paused"`
	RedemptionPaused bool      `json:"redemption_paused"`
	ShakingNotice    game.Text `json:"shaking_notice,omitempty"`
	RedemptionNotice game.Text `json:"redemption_notice,omitempty"`
	Reason           string    `json:"reason"`
}

// Figures are a campaign's counts. What was booked is exact.
type Figures struct {
	Players     int64                    `json:"players"`
	Wins        int64                    `json:"wins"`
	Issued      map[game.OutcomeID]int64 `json:"issued"`
	SoldOut     int64                    `json:"sold_out"`
	Taken       map[game.OutcomeID]int64 `json:"taken"`
	Redemptions int64                    `json:"redemptions"`
}

// Act is something that a person of the staff did.
type Act struct {
	ID       int64           `json:"id"`
	At       time.Time       `json:"at"`
	By       game.StaffID    `json:"by"`
	Token    game.TokenID    `json:"token,omitempty"` // by which a program did it in their name
	Action   game.Action     `json:"action"`
	Campaign game.CampaignID `json:"campaign,omitempty"`
	Subject  string          `json:"subject,omitempty"`
	Before   json.RawMessage `json:"before,omitempty"`
	After    json.RawMessage `json:"after,omitempty"`
	Reason   string          `json:"reason,omitempty"`
}

// Approval is a request that a second person look at a version, and the answer.
type Approval struct {
	ID        int64              `json:"id"`
	Version   int                `json:"version"`
	By        game.StaffID       `json:"by"`
	At        time.Time          `json:"at"`
	Comment   string             `json:"comment,omitempty"`
	Exception game.Text          `json:"exception,omitempty"`
	State     game.ApprovalState `json:"state"`
	DecidedBy game.StaffID       `json:"decided_by,omitempty"`
	DecidedAt *time.Time         `json:"decided_at,omitempty"`
	Answer    string             `json:"answer,omitempty"`
}

// NewApproval asks for approval; Exception is the public reason for a change against the players.
type NewApproval struct {
	Comment   string    `json:"comment,omitempty"`
	Exception game.Text `json:"exception,omitempty"`
}

// Decision is the answer of a second person.
type Decision struct {
	Give      bool   `json:"give"`
	Exception bool   `json:"exception,omitempty"` // consents to the exception
	Comment   string `json:"comment,omitempty"`
}

// Plan is a publication at a time.
type Plan struct {
	Version int                   `json:"version"`
	At      time.Time             `json:"at"`
	Due     time.Time             `json:"due"`
	By      game.StaffID          `json:"by"`
	State   game.PublicationState `json:"state"`
	Failure game.Code             `json:"failure,omitempty"`
	EndedAt *time.Time            `json:"ended_at,omitempty"`
}

// NewPlan orders a publication.
type NewPlan struct {
	At time.Time `json:"at"`
}

// Imported says what a file brought in.
type Imported struct {
	Slug    string   `json:"slug"`
	Created bool     `json:"created"`
	Changed []string `json:"changed"` // fields that the campaign had otherwise
	Version int      `json:"version"` // saved; 0: the newest is just so
}

// Person is somebody of the admin page.
type Person struct {
	ID           game.StaffID `json:"id"`
	Login        string       `json:"login"`
	Role         game.Role    `json:"role"`
	Joined       bool         `json:"joined"`
	Disabled     bool         `json:"disabled"`
	SecondFactor bool         `json:"second_factor"`
	CreatedAt    time.Time    `json:"created_at"`
}

// NewPerson invites somebody.
type NewPerson struct {
	Login string    `json:"login"`
	Role  game.Role `json:"role"`
}

// Invitation is the link's token for a person to choose a password: /admin/join/TOKEN.
type Invitation struct {
	Person Person    `json:"person"`
	Token  string    `json:"token"`
	EndsAt time.Time `json:"ends_at"`
}

// Standing is what an owner sets of a person.
type Standing struct {
	Role     game.Role `json:"role"`
	Disabled bool      `json:"disabled"`
}
