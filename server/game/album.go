package game

import "time"

// Album is a player's totals in a campaign. N is the number of their last entry, and
// with it the number of the album's state: a greater N is a later album.
type Album struct {
	Campaign  CampaignID     `json:"-"`
	Player    PlayerID       `json:"-"`
	N         int64          `json:"n"`
	Counts    [SetSize]int64 `json:"counts"` // by position, from 1
	Wildcards int64          `json:"wildcards"`
	Redeemed  bool           `json:"redeemed"`
	Last      Chance         `json:"-"` // the highest chance that has an entry
}

// EntryKind is what an entry did.
type EntryKind string

// The kinds of entry.
const (
	EntryCard     EntryKind = "card"
	EntryWildcard EntryKind = "wildcard"
	EntryCash     EntryKind = "cash"     // an instant prize of Amount, which is a payout too
	EntryVoucher  EntryKind = "voucher"  // an instant prize: the code of its serial
	EntrySoldOut  EntryKind = "sold_out" // its stock was out and it had no fallback; final
	EntryRedeem   EntryKind = "redeem"
	EntryGrant    EntryKind = "grant"    // given by the staff; see Correction
	EntryReversal EntryKind = "reversal" // taken back by the staff
)

// Prize says whether the entry gave an instant prize.
func (k EntryKind) Prize() bool { return k == EntryCash || k == EntryVoucher }

// Entry is one line of a player's book. Counts and Wildcards are what it added to the
// album, negative where it took away, so that summing the entries gives the album.
type Entry struct {
	Campaign   CampaignID
	Player     PlayerID
	N          int64
	Kind       EntryKind
	Chance     Chance    // zero where the entry is not of a chance
	Outcome    OutcomeID // what was given; "" where nothing was, or no draw gave it
	Raw        OutcomeID // what was drawn, where it differs from Outcome
	Version    int       // that governed the chance
	Card       int       // position, of a card, and of a grant or reversal; 0 there is the wildcard
	Serial     int64     // of a limited outcome
	Amount     int64     // of cash: minor units of the pool's currency
	Code       string    // of a voucher; for nobody's eyes but the player's
	Counts     [SetSize]int64
	Wildcards  int64
	Operation  OperationKey // "" of a draw: its chance is its key
	AcceptedAt time.Time
	BookedAt   time.Time
}

// Append gives the entry its place as the album's next and adds it to the totals.
func (a *Album) Append(e Entry) Entry {
	a.N++
	e.Campaign, e.Player, e.N = a.Campaign, a.Player, a.N
	for i := range a.Counts {
		a.Counts[i] += e.Counts[i]
	}
	a.Wildcards += e.Wildcards
	if a.Last.Before(e.Chance) {
		a.Last = e.Chance
	}
	if e.Kind == EntryRedeem {
		a.Redeemed = true
	}
	return e
}
