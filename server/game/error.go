package game

import (
	"errors"
	"strings"
	"time"
)

// Code is the stable name of a kind of failure. The same word stands in Go, in the
// problem+json of the API and in the documentation.
type Code string

// The codes, by what a caller may do about them.
const (
	// CodeInternal: a fault of ours; its text stays inside.
	CodeInternal Code = "internal"

	// What was sent cannot be read.
	CodeMalformed        Code = "malformed"
	CodeTooLarge         Code = "too_large"
	CodeInvalid          Code = "invalid"
	CodeNotFound         Code = "not_found"
	CodeMethodNotAllowed Code = "method_not_allowed"

	// Who asks.
	CodeUnauthorized    Code = "unauthorized"
	CodeTokenExpired    Code = "token_expired"
	CodeForbidden       Code = "forbidden"
	CodeLoginFailed     Code = "login_failed"
	CodeIdentityRefused Code = "identity_refused"

	// The staff. FactorNeeded: the password is right, and a code is asked for besides; FactorUnset:
	// the role may do this, once the person has set a second factor up.
	CodeFactorNeeded Code = "factor_needed"
	CodeFactorWrong  Code = "factor_wrong"
	CodeFactorUnset  Code = "factor_unset"
	CodeLastOwner    Code = "last_owner"

	// Try again later.
	CodeRateLimited Code = "rate_limited"
	CodeUnavailable Code = "unavailable"
	CodeOverloaded  Code = "overloaded"
	CodeBusy        Code = "busy"

	// Campaigns.
	CodeCampaignUnknown  Code = "campaign_unknown"
	CodeCampaignNotOpen  Code = "campaign_not_open"
	CodeCampaignClosed   Code = "campaign_closed"
	CodeCampaignSealed   Code = "campaign_sealed"
	CodeNotSettled       Code = "not_settled"
	CodeShakingPaused    Code = "shaking_paused"
	CodeRedemptionPaused Code = "redemption_paused"
	CodeStateConflict    Code = "state_conflict"
	CodeSlugTaken        Code = "slug_taken"

	// Chances. TooEarly and WindowOver also stand in the answer of a draw of which
	// only a prefix, or nothing, was decided.
	CodeChanceUnknown Code = "chance_unknown"
	CodeBeyondChances Code = "beyond_chances"
	CodeTooEarly      Code = "too_early"
	CodeWindowOver    Code = "window_over"
	CodeTicketInvalid Code = "ticket_invalid"

	// Redemption.
	CodeSetIncomplete   Code = "set_incomplete"
	CodeCardUnknown     Code = "card_unknown"
	CodeAlreadyRedeemed Code = "already_redeemed"
	CodeKeyReused       Code = "key_reused"

	// Versions and their publication.
	CodeOddsSum         Code = "odds_sum"
	CodeWeightInvalid   Code = "weight_invalid"
	CodeStockInvalid    Code = "stock_invalid"
	CodeVersionUnknown  Code = "version_unknown"
	CodeVersionConflict Code = "version_conflict"
	CodeChangeRefused   Code = "change_refused"

	// The consent of a second person, and publications at a time.
	CodeApprovalNeeded   Code = "approval_needed"   // nobody has approved of it
	CodeApprovalOwn      Code = "approval_own"      // nobody approves of their own
	CodeApprovalOver     Code = "approval_over"     // it was answered or asked for meanwhile
	CodeExceptionNeeded  Code = "exception_needed"  // it is not in the players' favour
	CodePublicationWaits Code = "publication_waits" // another one waits already
	CodePublicationOver  Code = "publication_over"  // it cannot be cancelled any more
)

// Reason is the stable name of what is wrong with one field; the pages and the API
// turn it into a sentence in the reader's language.
type Reason string

// The reasons.
const (
	ReasonRequired Reason = "required" // it is missing or empty
	ReasonRange    Reason = "range"    // outside Want, such as "1..64"
	ReasonFormat   Reason = "format"   // not of the form Want, such as "64 hex digits"
	ReasonUnknown  Reason = "unknown"  // names nothing that exists
	ReasonSum      Reason = "sum"      // the parts do not add up to Want
	ReasonMissing  Reason = "missing"  // the player does not have it
	ReasonTaken    Reason = "taken"    // somebody has it already
	ReasonOrder    Reason = "order"    // must come after Want
	ReasonMultiple Reason = "multiple" // must be a whole multiple of Want
	ReasonLess     Reason = "less"     // must not be less than Want
	ReasonEither   Reason = "either"   // cannot be together with Want
	ReasonFixed    Reason = "fixed"    // must stay Want

	// Of an identity that a host signed.
	ReasonSigner   Reason = "signer"   // nobody here knows who signed it
	ReasonForged   Reason = "forged"   // the signature is wrong
	ReasonClaim    Reason = "claim"    // the claim Want is missing or wrong
	ReasonAudience Reason = "audience" // not meant for Want
	ReasonExpired  Reason = "expired"  // its time is over
	ReasonEarly    Reason = "early"    // its time has not come
	ReasonLong     Reason = "long"     // lives longer than Want
)

// Field says what is wrong with one field of a request, by the field's JSON path.
type Field struct {
	Name   string
	Reason Reason
	Want   string
}

// Error is a failure that a caller can act on.
type Error struct {
	Code       Code
	Message    string // English, for logs; users are told a sentence chosen by Code
	Fields     []Field
	RetryAfter time.Duration // zero: not said
	Ticket     string        // of a draw that was accepted but not yet decided
}

// Error gives the code, the message and the fields.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	for _, f := range e.Fields {
		b.WriteString("; " + f.Name + " " + string(f.Reason))
		if f.Want != "" {
			b.WriteString(" " + f.Want)
		}
	}
	return b.String()
}

// Fail makes an error of a code with an English message.
func Fail(code Code, message string) *Error {
	return &Error{Code: code, Message: message}
}

// FailField makes an error of a code that is about one field.
func FailField(code Code, name string, reason Reason, want string) *Error {
	return &Error{Code: code, Fields: []Field{{Name: name, Reason: reason, Want: want}}}
}

// CodeOf gives the code of the first *Error in err's chain; CodeInternal where there is none
// and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// FieldsOf gives the fields of the first *Error in err's chain.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
