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
	PasswordHash string // bcrypt
	CreatedAt    time.Time
}

// MayScope says whether a token of a person of this role may have a scope.
func (r Role) MayScope(s Scope) bool {
	switch s {
	case ScopeCampaignsRead:
		return true
	case ScopeCampaignsWrite:
		return r.MayEdit()
	case ScopePublish, ScopeSwitch, ScopeSupportWrite:
		return r.MayPublish()
	case ScopeSupportRead, ScopeReports, ScopeActivity:
		return r.MayAudit()
	case ScopeStaff:
		return r == RoleOwner
	default:
		return false
	}
}
