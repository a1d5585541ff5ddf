package game

import (
	"fmt"
	"strconv"
	"time"
)

// Substitution says how many wildcards stand in for a card, by position; in one set that is
// 0 or 1 of each.
type Substitution map[int]int

// Redemption is a full set burned for a place in the pool: one a player and campaign.
type Redemption struct {
	Campaign   CampaignID
	Player     PlayerID
	N          int64 // of its entry
	RedeemedAt time.Time
}

// Check says whether the positions and numbers can be those of one set.
// Codes: card_unknown, invalid.
func (s Substitution) Check() error {
	var c checks
	for position, n := range s {
		at := fmt.Sprintf("wildcards.%d", position)
		if position < 1 || position > SetSize {
			c.add(CodeCardUnknown, at, ReasonRange, spanText(1, SetSize))
		} else if n < 0 || n > 1 {
			c.add(CodeInvalid, at, ReasonRange, spanText(0, 1))
		}
	}
	return c.err()
}

// Burns gives what one set takes from an album: a card of each position, or a wildcard where
// one stands in.
func (s Substitution) Burns() (counts [SetSize]int64, wildcards int64) {
	for i := range counts {
		if s[i+1] == 1 {
			wildcards++
		} else {
			counts[i] = 1
		}
	}
	return counts, wildcards
}

// Redeem burns a set of the album and gives the entry for it.
// Codes: already_redeemed, set_incomplete (with the missing cards), card_unknown, invalid.
func (a *Album) Redeem(s Substitution, key OperationKey, acceptedAt, now time.Time) (Entry, error) {
	if err := s.Check(); err != nil {
		return Entry{}, err
	}
	if a.Redeemed {
		return Entry{}, Fail(CodeAlreadyRedeemed, "the player has redeemed a set of this campaign")
	}
	counts, wildcards := s.Burns()
	var c checks
	for i, n := range counts {
		if a.Counts[i] < n {
			c.add(CodeSetIncomplete, "cards."+strconv.Itoa(i+1), ReasonMissing, "1")
		}
	}
	if a.Wildcards < wildcards {
		c.add(CodeSetIncomplete, "wildcards", ReasonMissing, strconv.FormatInt(wildcards, 10))
	}
	if err := c.err(); err != nil {
		return Entry{}, err
	}
	e := Entry{Kind: EntryRedeem, Operation: key, AcceptedAt: acceptedAt, BookedAt: now, Wildcards: -wildcards}
	for i, n := range counts {
		e.Counts[i] = -n
	}
	return a.Append(e), nil
}
