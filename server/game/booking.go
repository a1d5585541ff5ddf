package game

import "time"

// Win is a spent chance that was no miss, on its way into the book.
type Win struct {
	Chance     Chance
	Outcome    OutcomeID // drawn
	Version    int       // that governed the chance
	AcceptedAt time.Time
}

// Booking asks for the entries of one player's wins, which come in the order of their chances.
type Booking struct {
	Campaign CampaignID
	Player   PlayerID
	Wins     []Win
}

// Booked is what a booking gave: one entry for each win, in the same order (an entry that was
// there before is answered as it was), and the album after it.
type Booked struct {
	Album   Album
	Entries []Entry
}

// Serials are pieces of stock put aside for a booking, by outcome.
type Serials map[OutcomeID][]int64

// pop takes the next serial of an outcome.
func (s Serials) pop(id OutcomeID) (int64, bool) {
	have := s[id]
	if len(have) == 0 {
		return 0, false
	}
	s[id] = have[1:]
	return have[0], true
}

// Demand gives how many pieces of each limited outcome the wins ask for.
func Demand(v *Version, wins []Win) map[OutcomeID]int64 {
	demand := map[OutcomeID]int64{}
	for _, w := range wins {
		if _, limited := v.Stock(w.Outcome); limited {
			demand[w.Outcome]++
		}
	}
	return demand
}

// BookWin turns a win into the entry that it gives, and appends it to the album. Of a limited
// outcome it takes one of serials; when there is none, the outcome's fallback is given, or the
// entry is sold_out. now is the book's time of the booking.
func BookWin(v *Version, w Win, serials Serials, album *Album, now time.Time) (Entry, error) {
	drawn, ok := v.Odds.Find(w.Outcome)
	if !ok {
		return Entry{}, Fail(CodeVersionUnknown, "the version has no outcome "+string(w.Outcome))
	}
	e := Entry{Chance: w.Chance, Version: w.Version, AcceptedAt: w.AcceptedAt, BookedAt: now}
	given := drawn
	if _, limited := v.Stock(drawn.ID); limited {
		e.Serial, ok = serials.pop(drawn.ID)
		if !ok {
			e.Raw = drawn.ID
			given, ok = v.Odds.Find(drawn.Fallback)
			if !ok {
				e.Kind = EntrySoldOut
				return album.Append(e), nil
			}
		}
	}
	e.Outcome, e.Card, e.Amount = given.ID, given.Card, given.Amount
	switch given.Kind {
	case KindCard:
		e.Kind = EntryCard
		e.Counts[given.Card-1] = 1
	case KindWildcard:
		e.Kind = EntryWildcard
		e.Wildcards = 1
	case KindCash:
		e.Kind = EntryCash
	case KindVoucher:
		e.Kind = EntryVoucher
	}
	return album.Append(e), nil
}
