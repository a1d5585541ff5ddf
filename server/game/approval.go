package game

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxComment is the most characters that a comment or a reason of the staff may have.
const MaxComment = 2000

// ApprovalState is where a request for approval is.
type ApprovalState string

// The states. One that is asked is answered once; from then on, and where a newer version is saved
// before the publication, nothing brings it back.
const (
	ApprovalAsked    ApprovalState = "asked"    // waits for a second person
	ApprovalGiven    ApprovalState = "given"    // its version may be published
	ApprovalUsed     ApprovalState = "used"     // its version was published
	ApprovalDeclined ApprovalState = "declined" // by the second person
	ApprovalVoid     ApprovalState = "void"     // a newer version was saved before the publication
)

// Approval is what one person asks of a second one: to look at a saved version before it is
// published. Exception is the reason, in Chinese and English, for a change that is not in the
// players' favour; it becomes public with the version.
type Approval struct {
	ID        int64
	Campaign  CampaignID
	Version   int
	SavedBy   StaffID // who saved the version
	By        StaffID // who asks
	At        time.Time
	Comment   string
	Exception Text // nil: none is asked for
	State     ApprovalState
	DecidedBy StaffID
	DecidedAt time.Time // of the answer, or of the newer version
	Answer    string
}

// AwaitedApproval is a request with its campaign, for the list of those that wait.
type AwaitedApproval struct {
	Approval
	Slug string
	Name Text
}

// Live says whether the version may still be published by this approval.
func (a Approval) Live() bool { return a.State == ApprovalAsked || a.State == ApprovalGiven }

// Check says what is wrong with what was written of a request. Code: invalid.
func (a Approval) Check() error {
	var c checks
	c.text("comment", a.Comment, false)
	if len(a.Exception) > 0 {
		c.text("exception.en", a.Exception["en"], true)
		c.text("exception.zh", a.Exception["zh"], true)
	}
	return c.err()
}

func (c *checks) text(name, text string, required bool) {
	switch {
	case required && strings.TrimSpace(text) == "":
		c.add(CodeInvalid, name, ReasonRequired, "")
	case utf8.RuneCountInString(text) > MaxComment:
		c.add(CodeInvalid, name, ReasonRange, spanText(0, MaxComment))
	}
}

// CheckAsk says whether approval of a version may be asked for: the version is the campaign's newest,
// which has the number newest, it is not published, and nobody has asked already. live is the request
// that is, if there is one. Codes: version_conflict, state_conflict, approval_over.
func (v *SavedVersion) CheckAsk(newest int, live *Approval) error {
	switch {
	case !v.PublishedAt.IsZero():
		return Fail(CodeStateConflict, "the version is published")
	case v.Number != newest:
		return FailField(CodeVersionConflict, "version", ReasonTaken, strconv.Itoa(newest))
	case live != nil:
		return Fail(CodeApprovalOver, "approval has been asked for already")
	default:
		return nil
	}
}

// Decision is a second person's answer to a request.
type Decision struct {
	By        StaffID
	Give      bool
	Exception bool // consents to the exception, knowing that it becomes public
	Comment   string
}

// CheckJudge says whether somebody may answer the request: never who saved the version, nor who asks.
// Code: approval_own.
func (a Approval) CheckJudge(by StaffID) error {
	if by == a.SavedBy || by == a.By {
		return Fail(CodeApprovalOwn, "a second person has to decide")
	}
	return nil
}

// Decide answers a request. Who declines says why; who consents to an exception says so expressly.
// Codes: approval_own, approval_over, invalid.
func (a *Approval) Decide(d Decision, now time.Time) error {
	if err := a.CheckJudge(d.By); err != nil {
		return err
	}
	if a.State != ApprovalAsked {
		return Fail(CodeApprovalOver, "the request is "+string(a.State))
	}
	var c checks
	c.text("comment", d.Comment, !d.Give)
	if d.Give && len(a.Exception) > 0 && !d.Exception {
		c.add(CodeInvalid, "exception", ReasonRequired, "")
	}
	if err := c.err(); err != nil {
		return err
	}
	a.State = ApprovalDeclined
	if d.Give {
		a.State = ApprovalGiven
	}
	a.DecidedBy, a.DecidedAt, a.Answer = d.By, now, d.Comment
	return nil
}

// Candidate is a version that somebody wants to publish, at a time and beside all that the decision
// rests on.
type Candidate struct {
	Campaign  Campaign
	Published []*SavedVersion // in the order of publication
	Next      *SavedVersion
	Approval  *Approval // given by a second person; nil: none
	Now       time.Time
}

// Last gives the version that was published last; nil where none was.
func (c Candidate) Last() *SavedVersion {
	if len(c.Published) == 0 {
		return nil
	}
	return c.Published[len(c.Published)-1]
}

// CheckConsent says whether a second person has consented to the publication. Code: approval_needed.
func (c Candidate) CheckConsent() error {
	if c.Approval == nil || c.Approval.State != ApprovalGiven || c.Approval.Version != c.Next.Number {
		return Fail(CodeApprovalNeeded, "a second person has not approved of the version")
	}
	return nil
}
