package game

import (
	"math"
	"time"
)

// BonusGrant gives a player bonus chances of a round beside those that everybody has: a host app does so for
// what a player did there. It is made once for its key.
type BonusGrant struct {
	Campaign CampaignID
	Player   PlayerID
	Round    int
	Chances  int
	Key      OperationKey
	Reason   string
	By       StaffID
	At       time.Time
}

// BonusGranted answers a grant: how many bonus chances of the round the player has then, with those that
// everybody has.
type BonusGranted struct {
	Round   int
	Granted int
}

// Check says what is wrong with a grant, whatever the campaign. Code: invalid.
func (g BonusGrant) Check() error {
	var c checks
	if g.Round < 1 || g.Round > math.MaxInt32 { // a database holds no greater one
		c.add(CodeInvalid, "round", ReasonRange, spanText(1, math.MaxInt32))
	}
	if g.Chances < 1 || g.Chances > MaxBonus {
		c.add(CodeInvalid, "chances", ReasonRange, spanText(1, MaxBonus))
	}
	checkReason(&c, "reason", g.Reason)
	return c.err()
}

// Same says whether two grants of one key ask for the same.
func (g BonusGrant) Same(h BonusGrant) bool {
	return g.Campaign == h.Campaign && g.Player == h.Player && g.Round == h.Round && g.Chances == h.Chances && g.Reason == h.Reason
}

// Admit says whether a grant may be made at now, to somebody who was granted so many of the round before.
// versions are the campaign's published ones. Codes: campaign_not_open, campaign_closed, campaign_sealed,
// chance_unknown, window_over, beyond_chances.
func (g BonusGrant) Admit(c Campaign, versions []*SavedVersion, before int, now time.Time, lead time.Duration) (BonusGranted, error) {
	none := BonusGranted{}
	run := Running{Campaign: c, Versions: versions}
	switch {
	case c.State.Reached(StateSealed):
		return none, Fail(CodeCampaignSealed, "the campaign is sealed")
	case c.ClosedAt != nil:
		return none, Fail(CodeCampaignClosed, "the campaign is closed")
	case run.Latest() == nil:
		return none, Fail(CodeCampaignNotOpen, "no version is published")
	}
	round, ok := run.Latest().Round(g.Round)
	if !ok {
		return none, FailField(CodeChanceUnknown, "round", ReasonRange, spanText(1, len(run.Latest().Rounds)))
	}
	if !now.Before(round.ClosesAt) {
		return none, FailField(CodeWindowOver, "round", ReasonExpired, "")
	}
	rule := run.Bonus(round, lead)
	if left := rule.Grants - before; g.Chances > left {
		return none, FailField(CodeBeyondChances, "chances", ReasonRange, spanText(0, max(0, left)))
	}
	return BonusGranted{Round: round.Number, Granted: rule.Granted(before + g.Chances)}, nil
}
