package game

import "time"

// PublicationState is where a publication at a time is.
type PublicationState string

// The states. One that waits is done, cancelled or failed once, and stays so.
const (
	PublicationWaits     PublicationState = "waits"
	PublicationDone      PublicationState = "done"
	PublicationCancelled PublicationState = "cancelled" // by a person
	PublicationFailed    PublicationState = "failed"    // the rules refused it when it was due
)

// Publication is the order to publish a version at a time.
type Publication struct {
	ID       int64
	Campaign CampaignID
	Version  int
	At       time.Time // not before it
	Due      time.Time // when it is done, and until when it can be cancelled
	By       StaffID
	MadeAt   time.Time
	State    PublicationState
	Failure  Code // why it failed
	EndedAt  time.Time
	EndedBy  StaffID // who cancelled it
}

// DuePublication is a publication with the slug of its campaign.
type DuePublication struct {
	Publication
	Slug string
}

// DueAt gives when a version that is to be published at a time is in fact: the first one of a campaign
// then, since players are to see it; a later one two leads before the first window that it governs, so
// that it can be taken back until then. There is none where no window is left.
func (v *Version) DueAt(at time.Time, lead time.Duration, first bool) (due, governs time.Time, ok bool) {
	governs, ok = v.EffectiveFrom(at, lead)
	if !ok || first {
		return at, governs, ok
	}
	if due = governs.Add(-2 * lead); due.Before(at) {
		due = at
	}
	return due, governs, true
}

// CheckPlan says whether a candidate may be published at a time later than its Now: one that is not
// published, and of which no other publication waits. Codes: state_conflict, publication_waits, invalid.
func (c Candidate) CheckPlan(at time.Time, waiting *Publication) error {
	switch {
	case !c.Next.PublishedAt.IsZero():
		return Fail(CodeStateConflict, "the version is published")
	case waiting != nil:
		return Fail(CodePublicationWaits, "another publication waits")
	case !at.After(c.Now):
		return FailField(CodeInvalid, "at", ReasonOrder, c.Now.Format(time.RFC3339))
	default:
		return nil
	}
}

// Cancel takes a publication back, until it is due. Code: publication_over.
func (p *Publication) Cancel(by StaffID, now time.Time) error {
	if p.State != PublicationWaits || !now.Before(p.Due) {
		return Fail(CodePublicationOver, "the publication is "+string(p.State))
	}
	p.State, p.EndedBy, p.EndedAt = PublicationCancelled, by, now
	return nil
}
