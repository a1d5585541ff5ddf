package game

import "time"

// Commitment is the hash of a seed, published before its round opens; round 0 is the seed of
// the settlement's order. Seed is there once the campaign is sealed.
type Commitment struct {
	Round int    `json:"round"`
	Hash  string `json:"hash"`           // hex SHA-256 of the seed's bytes
	Seed  string `json:"seed,omitempty"` // hex
}

// Running is a campaign as the servers run it: what is needed to decide its draws without a
// look at the book.
type Running struct {
	Campaign
	Versions    []*SavedVersion // published ones, in the order of publication
	Commitments []Commitment    // from the first publication on
	SealedKey   []byte          // the campaign's master key, sealed under the server's secret
	Completed   int64           // redemptions
	Taken       map[OutcomeID]int64
	Art         map[ArtPlace]string // addresses of the campaign's own pictures
}

// Governing gives the version that governs a window which opens at opens.
func (r *Running) Governing(opens time.Time, lead time.Duration) (*SavedVersion, bool) {
	return Governing(r.Versions, opens, lead)
}

// Bonus gives the rule of a round's bonus chances: that of the version which governs its opening.
func (r *Running) Bonus(round Round, lead time.Duration) Bonus {
	v, ok := r.Governing(round.OpensAt, lead)
	if !ok {
		return Bonus{}
	}
	return v.BonusRule()
}

// Latest gives the version that was published last; nil where none was.
func (r *Running) Latest() *SavedVersion {
	if len(r.Versions) == 0 {
		return nil
	}
	return r.Versions[len(r.Versions)-1]
}

// Snapshot is the state of all campaigns that are past draft, at one time of the book's clock
// that was read after each campaign's gate was passed.
type Snapshot struct {
	At        time.Time
	Campaigns []*Running
}

// Figures are the numbers of a campaign that the admin page shows live.
type Figures struct {
	Players     int64 // who have an entry
	Wins        int64 // entries of chances
	Issued      map[OutcomeID]int64
	SoldOut     int64
	Taken       map[OutcomeID]int64 // pieces of stock
	Redemptions int64

	// Drawn is how often each outcome was drawn, by version, whatever was given in its place. Chances that
	// end a block of a guarantee are left out: which of them drew from the second list is not booked.
	Drawn map[int]map[OutcomeID]int64
}

// Alike are entries of one kind and outcome that one version decided (0: they are of no chance).
type Alike struct {
	Version int
	Kind    EntryKind
	Outcome OutcomeID
	Raw     OutcomeID // what was drawn, where it differs
	Ends    bool      // their chances end a block of a guarantee
	Count   int64
	Firsts  int64 // of them those that are the first of their player
}

// Add counts entries in.
func (f *Figures) Add(a Alike) {
	f.Players += a.Firsts
	switch {
	case a.Kind == EntryRedeem:
		f.Redemptions += a.Count
		return
	case a.Version == 0:
		return
	case a.Kind == EntrySoldOut:
		f.SoldOut += a.Count
	default:
		f.Issued[a.Outcome] += a.Count
	}
	f.Wins += a.Count
	if a.Ends {
		return
	}
	drawn := a.Outcome
	if a.Raw != "" {
		drawn = a.Raw
	}
	if f.Drawn[a.Version] == nil {
		f.Drawn[a.Version] = map[OutcomeID]int64{}
	}
	f.Drawn[a.Version][drawn] += a.Count
}

// Lease is the leadership over the timed work of all campaigns.
type Lease struct {
	Held     bool
	Unbroken time.Time // since when it has been renewed without a gap, by the book's own clock
}

// Verdict is what a look at the live album says of a redemption. Only VerdictReady is taken;
// every other is asked of the book once more.
type Verdict string

// The verdicts.
const (
	VerdictReady      Verdict = "ready"      // a set is there, and the lease is this operation's
	VerdictIncomplete Verdict = "incomplete" // cards are missing
	VerdictRedeemed   Verdict = "redeemed"   // a set was burned before
	VerdictLeased     Verdict = "leased"     // another operation is about to redeem
	VerdictUnknown    Verdict = "unknown"    // there is no live album
)

// Mark is the highest chance that a player has used in a round, as far as is known.
type Mark struct {
	Campaign CampaignID
	Player   PlayerID
	Chance   Chance
}
