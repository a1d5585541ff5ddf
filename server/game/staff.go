package game

import "time"

// Role is what a person of the staff may do.
type Role string

// The roles.
const (
	RoleOwner     Role = "owner"
	RolePublisher Role = "publisher"
	RoleDesigner  Role = "designer"
	RoleViewer    Role = "viewer"
	RoleAuditor   Role = "auditor"
)

// Roles lists all roles.
var Roles = []Role{RoleOwner, RolePublisher, RoleDesigner, RoleViewer, RoleAuditor}

// MayEdit says whether the role may create campaigns and save versions.
func (r Role) MayEdit() bool {
	return r == RoleOwner || r == RolePublisher || r == RoleDesigner
}

// MayPublish says whether the role may publish versions and move switches.
func (r Role) MayPublish() bool { return r == RoleOwner || r == RolePublisher }

// MayAudit says whether the role may read all that the staff did; the others read what was done to
// campaigns.
func (r Role) MayAudit() bool { return r.MayPublish() || r == RoleAuditor }

// Staff is a person of the admin page.
type Staff struct {
	ID           StaffID
	Login        string
	Role         Role
	PasswordHash string // bcrypt; "": invited, and has not come yet
	CreatedAt    time.Time
	DisabledAt   time.Time // zero: may log in
	InviteEndsAt time.Time // of an invitation that was not taken up; zero: none is out
	Language     string    // "": that of the browser

	FactorAt      time.Time // when the second factor was set up; zero: none is
	FactorSecret  []byte    // sealed
	FactorPending []byte    // sealed; being set up
	RecoveryLeft  int       // codes that stand in for the second factor
}

// Joined says whether the person has a password.
func (s Staff) Joined() bool { return s.PasswordHash != "" }

// Disabled says whether the person is kept out.
func (s Staff) Disabled() bool { return !s.DisabledAt.IsZero() }

// HasFactor says whether the person logs in with a second factor.
func (s Staff) HasFactor() bool { return !s.FactorAt.IsZero() }

// Reigns says whether the person is an owner who can log in.
func (s Staff) Reigns() bool { return s.Role == RoleOwner && s.Joined() && !s.Disabled() }

// CheckReign refuses to let the last owner who can log in stop being one: nobody could undo it.
// owners are all that there are. Code: last_owner.
func CheckReign(owners []Staff, ceases StaffID) error {
	last := false
	for _, o := range owners {
		if o.Reigns() && o.ID != ceases {
			return nil
		}
		last = last || o.Reigns()
	}
	if !last {
		return nil
	}
	return &Error{
		Code: CodeLastOwner, Message: "the last owner who can log in has to stay one",
		Fields: []Field{{Name: "role", Reason: ReasonFixed, Want: string(RoleOwner)}},
	}
}

// Session is a log-in that has not ended, as its person sees it.
type Session struct {
	Ref       string // names it among the person's own; opens nothing
	CreatedAt time.Time
	ExpiresAt time.Time
	SeenAt    time.Time // to the minute
	Agent     string    // the browser, roughly
}

// MayScope says whether a token of a person of this role may have a scope.
func (r Role) MayScope(s Scope) bool {
	switch s {
	case ScopeCampaignsRead:
		return true
	case ScopeCampaignsWrite:
		return r.MayEdit()
	case ScopePublish, ScopeSwitch, ScopeSupportWrite, ScopeBonus:
		return r.MayPublish()
	case ScopeSupportRead, ScopeReports, ScopeActivity:
		return r.MayAudit()
	case ScopeStaff:
		return r == RoleOwner
	default:
		return false
	}
}

// SessionRef names a session by the beginning of its token's hash, which is too little to be of use.
func SessionRef(tokenHash string) string { return tokenHash[:min(16, len(tokenHash))] }
