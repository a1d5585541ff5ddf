package game

import (
	"context"
	"slices"
	"time"
)

// Scope is a part of the management API that a token opens.
type Scope string

// The scopes.
const (
	ScopeCampaignsRead  Scope = "campaigns:read"  // campaigns, versions, forecasts, figures, rehearsals
	ScopeCampaignsWrite Scope = "campaigns:write" // create and change campaigns, save versions, rehearse
	ScopePublish        Scope = "publish"         // approve, publish, schedule, cancel
	ScopeSwitch         Scope = "switch"          // pause and resume
	ScopeSupportRead    Scope = "support:read"    // players, their entries, draws explained
	ScopeSupportWrite   Scope = "support:write"   // propose, consent to and decline corrections
	ScopeBonus          Scope = "bonus"           // grant bonus chances
	ScopeReports        Scope = "reports"         // CSV and the regulator's pack
	ScopeActivity       Scope = "activity"        // what the staff did
	ScopeStaff          Scope = "staff"           // the people of the admin page
)

// Scopes lists all scopes.
var Scopes = []Scope{
	ScopeCampaignsRead, ScopeCampaignsWrite, ScopePublish, ScopeSwitch,
	ScopeSupportRead, ScopeSupportWrite, ScopeBonus, ScopeReports, ScopeActivity, ScopeStaff,
}

// NeedsFactor says whether the scope opens what owners and publishers alone change: where a second
// factor is demanded of them, they need it for their tokens too.
func (s Scope) NeedsFactor() bool { return !RoleDesigner.MayScope(s) && !RoleAuditor.MayScope(s) }

// TokenID names a token; it is no secret.
type TokenID string

// Token lets a program use the management API as the person who made it, within its scopes. A
// token can never do what its maker may not.
type Token struct {
	ID         TokenID
	Name       string // what it is for
	Scopes     []Scope
	By         StaffID
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt time.Time // to the minute; zero: never
	RevokedAt  time.Time // zero: it was not
}

type tokenKey struct{}

// ByToken gives a context in which the acts of a token's maker are recorded as done by the token.
func ByToken(ctx context.Context, id TokenID) context.Context {
	return context.WithValue(ctx, tokenKey{}, id)
}

// TokenOf gives the token that a context is of; "": a person acts by themselves.
func TokenOf(ctx context.Context) TokenID {
	id, _ := ctx.Value(tokenKey{}).(TokenID)
	return id
}

// May says whether the token has a scope.
func (t Token) May(s Scope) bool { return slices.Contains(t.Scopes, s) }

// ValidAt says whether the token opens anything at a time.
func (t Token) ValidAt(now time.Time) bool { return t.RevokedAt.IsZero() && now.Before(t.ExpiresAt) }
