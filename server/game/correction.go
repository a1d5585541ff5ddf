package game

import (
	"strings"
	"time"
	"unicode/utf8"
)

// CorrectionState is where a correction is on its way into the book.
type CorrectionState string

// The states of a correction.
const (
	CorrectionProposed CorrectionState = "proposed" // waits for a second person
	CorrectionBooked   CorrectionState = "booked"
	CorrectionDeclined CorrectionState = "declined"
)

// MaxCorrection is the most cards of one correction.
const MaxCorrection = 100

// maxReason is the most characters that a reason has.
const maxReason = 500

// Correction is a change of a player's book that the staff make: one person proposes it, another
// consents, and then it is an entry like any other. A grant gives cards that were not drawn; they
// are of no stock and have no serial. A reversal takes back what an entry gave; the piece of stock
// that the entry took stays taken, since its serial was given out.
type Correction struct {
	ID       int64
	Campaign CampaignID
	Player   PlayerID
	Kind     EntryKind // grant or reversal
	Card     int       // position; 0: the wildcard
	Count    int64
	Reverses int64 // number of the entry, of a reversal
	Reason   string
	By       StaffID
	At       time.Time
	State    CorrectionState
	N        int64 // of its own entry, once it is booked

	DecidedBy StaffID // who consented or declined
	DecidedAt time.Time
	Answer    string // why it was declined
}

// CorrectionFilter chooses corrections of a campaign; what else is empty or 0 lets all through.
type CorrectionFilter struct {
	Campaign CampaignID
	Player   PlayerID
	State    CorrectionState
	Before   int64 // only corrections of a smaller ID: the next page
	Limit    int   // at most
}

// Check says what is wrong with a correction as it is proposed. Codes: invalid, card_unknown.
func (c Correction) Check() error {
	var k checks
	if c.Kind != EntryGrant && c.Kind != EntryReversal {
		k.add(CodeInvalid, "kind", ReasonUnknown, "grant, reversal")
	}
	if c.Card < 0 || c.Card > SetSize {
		k.add(CodeCardUnknown, "card", ReasonRange, spanText(0, SetSize))
	}
	if c.Count < 1 || c.Count > MaxCorrection {
		k.add(CodeInvalid, "count", ReasonRange, spanText(1, MaxCorrection))
	}
	if (c.Kind == EntryReversal) != (c.Reverses > 0) {
		k.add(CodeInvalid, "reverses", ReasonRequired, "")
	}
	checkReason(&k, "reason", c.Reason)
	return k.err()
}

func checkReason(k *checks, name, reason string) {
	if strings.TrimSpace(reason) == "" {
		k.add(CodeInvalid, name, ReasonRequired, "")
	} else if utf8.RuneCountInString(reason) > maxReason {
		k.add(CodeInvalid, name, ReasonRange, spanText(1, maxReason))
	} else if strings.ContainsRune(reason, 0) { // a database holds no such text
		k.add(CodeInvalid, name, ReasonFormat, "text")
	}
}

// Gave says what a reversal of the entry can take back: cards of a position, 0 for wildcards.
func (e Entry) Gave() (card int, count int64) {
	switch e.Kind {
	case EntryCard, EntryWildcard, EntryGrant:
		count = e.Wildcards
		for _, n := range e.Counts {
			count += n
		}
		return e.Card, count
	default:
		return 0, 0
	}
}

// Reverse makes the correction one of what an entry gave, of which earlier reversals have taken
// back some. Code: invalid: fixed of an entry that gave no card, such as a redemption or a prize;
// taken of one that was taken back; range of more than is left.
func (c *Correction) Reverse(e Entry, back int64) error {
	card, gave := e.Gave()
	switch left := gave - back; {
	case gave == 0:
		return FailField(CodeInvalid, "reverses", ReasonFixed, string(e.Kind))
	case left <= 0:
		return FailField(CodeInvalid, "reverses", ReasonTaken, "")
	case c.Count > left:
		return FailField(CodeInvalid, "count", ReasonRange, spanText(1, int(left)))
	}
	c.Card = card
	return nil
}

// Decidable says whether somebody may consent to the correction or, with consent false, decline
// it. With fourEyes only another person than the one who proposed it may consent.
// Codes: state_conflict, forbidden.
func (c Correction) Decidable(by StaffID, fourEyes, consent bool) error {
	if c.State != CorrectionProposed {
		return Fail(CodeStateConflict, "the correction is "+string(c.State))
	}
	if consent && fourEyes && by == c.By {
		return FailField(CodeForbidden, "by", ReasonTaken, "")
	}
	return nil
}

// CheckAnswer says what is wrong with the reason for which a correction is declined. Code: invalid.
func CheckAnswer(answer string) error {
	var k checks
	checkReason(&k, "answer", answer)
	return k.err()
}

// Correct appends the entry of a correction to the album. Code: invalid, with the field count,
// where a reversal would take more than the player has: what was redeemed cannot be taken back.
func (a *Album) Correct(c Correction, key OperationKey, now time.Time) (Entry, error) {
	e := Entry{Kind: c.Kind, Card: c.Card, Operation: key, AcceptedAt: now, BookedAt: now}
	change, have := c.Count, a.Wildcards
	if c.Kind == EntryReversal {
		change = -change
	}
	if c.Card > 0 {
		have = a.Counts[c.Card-1]
		e.Counts[c.Card-1] = change
	} else {
		e.Wildcards = change
	}
	if have+change < 0 {
		return Entry{}, FailField(CodeInvalid, "count", ReasonMissing, "")
	}
	return a.Append(e), nil
}
