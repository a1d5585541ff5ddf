package game

import "time"

// Action is a kind of thing that the staff do.
type Action string

// The actions.
const (
	ActionCampaignCreated    Action = "campaign_created"
	ActionCampaignEdited     Action = "campaign_edited"
	ActionArtSet             Action = "art_set" // of the place that is the subject
	ActionVersionSaved       Action = "version_saved"
	ActionVersionPublished   Action = "version_published"
	ActionApprovalAsked      Action = "approval_asked"
	ActionApprovalGiven      Action = "approval_given"
	ActionApprovalDeclined   Action = "approval_declined"
	ActionApprovalVoided     Action = "approval_voided" // by a newer version
	ActionVersionPlanned     Action = "version_planned" // to be published at a time
	ActionPlanCancelled      Action = "plan_cancelled"
	ActionPlanFailed         Action = "plan_failed"
	ActionSwitchesMoved      Action = "switches_moved"
	ActionDraftPlayed        Action = "draft_played" // the subject is the slug of the shadow
	ActionRehearsed          Action = "rehearsed"    // the subject is the version
	ActionCodesLoaded        Action = "codes_loaded" // of a voucher, which is the subject
	ActionStaffAdded         Action = "staff_added"
	ActionStaffInvited       Action = "staff_invited"
	ActionStaffJoined        Action = "staff_joined"
	ActionRoleChanged        Action = "role_changed"
	ActionStaffDisabled      Action = "staff_disabled"
	ActionStaffEnabled       Action = "staff_enabled"
	ActionPasswordChanged    Action = "password_changed"
	ActionFactorSet          Action = "factor_set"
	ActionFactorRemoved      Action = "factor_removed"
	ActionFactorRefused      Action = "factor_refused"
	ActionRecoveryUsed       Action = "recovery_used"
	ActionRecoveryRenewed    Action = "recovery_renewed"
	ActionLoggedIn           Action = "logged_in"
	ActionLoggedOut          Action = "logged_out"
	ActionCorrectionProposed Action = "correction_proposed" // for the player who is the subject
	ActionCorrectionBooked   Action = "correction_booked"
	ActionCorrectionDeclined Action = "correction_declined"
	ActionBonusGranted       Action = "bonus_granted"
	ActionReportTaken        Action = "report_taken"  // its name is the subject
	ActionPlayerViewed       Action = "player_viewed" // the subject; After has the entry that was explained
	ActionTokenMade          Action = "token_made"
	ActionTokenRevoked       Action = "token_revoked"
)

// Act is something that a person of the staff did, as the audit page shows it. The book adds one
// in the transaction of the change itself, so there is no change without its act, nor the reverse.
type Act struct {
	ID       int64
	At       time.Time // by the book's clock
	By       StaffID   // "": the system itself, such as a leader's job
	Token    TokenID   // by which a program did it in their name; "": they did it themselves
	Action   Action
	Campaign CampaignID // "": of none
	Subject  string     // what was changed: a version's number, a login
	Before   string     // JSON of what was; "": nothing
	After    string     // JSON of what is; "": nothing
	Reason   string     // as it was given
}

// ActFilter chooses acts; what is empty or 0 lets all through.
type ActFilter struct {
	Campaign CampaignID
	By       StaffID
	Action   Action
	From     time.Time // no acts before it
	Until    time.Time // none at it or later
	InSome   bool      // only acts of a campaign, of whichever
	Before   int64     // only acts of a smaller ID: the next page
	Limit    int
}
