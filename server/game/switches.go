package game

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxNotice is the most characters that a notice has in a language: it stands where the game has a line
// or two.
const MaxNotice = 100

// Switches pause parts of a campaign at once. A notice tells players why, while its part is paused; in a
// language that it lacks they read the game's own sentence. It is public, unlike the reason that is
// recorded.
type Switches struct {
	ShakingPaused    bool `json:"shaking_paused"`
	RedemptionPaused bool `json:"redemption_paused"`
	ShakingNotice    Text `json:"shaking_notice,omitempty"`
	RedemptionNotice Text `json:"redemption_notice,omitempty"`
}

// Pauses says whether something is paused that was not before.
func (s Switches) Pauses(before Switches) bool {
	return s.ShakingPaused && !before.ShakingPaused || s.RedemptionPaused && !before.RedemptionPaused
}

// Clean gives the switches as they are kept: notices without the space around them, and none of what
// goes on. Code: invalid.
func (s Switches) Clean() (Switches, error) {
	var c checks
	s.ShakingNotice = c.notice("shaking_notice", s.ShakingNotice, s.ShakingPaused)
	s.RedemptionNotice = c.notice("redemption_notice", s.RedemptionNotice, s.RedemptionPaused)
	return s, c.err()
}

// notice checks a notice and gives it as it is kept; nil: there is none.
func (c *checks) notice(name string, notice Text, paused bool) Text {
	var kept Text
	for _, lang := range slices.Sorted(maps.Keys(notice)) {
		text := strings.Join(strings.Fields(notice[lang]), " ") // it is one line
		switch {
		case lang != "en" && lang != "zh":
			c.add(CodeInvalid, name+"."+lang, ReasonUnknown, "en, zh")
		case utf8.RuneCountInString(text) > MaxNotice:
			c.add(CodeInvalid, name+"."+lang, ReasonRange, spanText(0, MaxNotice))
		case paused && text != "":
			if kept == nil {
				kept = Text{}
			}
			kept[lang] = text
		}
	}
	return kept
}

// Switches gives those of a campaign.
func (c Campaign) Switches() Switches {
	return Switches{
		ShakingPaused: c.ShakingPaused, RedemptionPaused: c.RedemptionPaused,
		ShakingNotice: c.ShakingNotice, RedemptionNotice: c.RedemptionNotice,
	}
}

// Move sets the switches of a campaign.
func (c *Campaign) Move(to Switches) {
	c.ShakingPaused, c.RedemptionPaused = to.ShakingPaused, to.RedemptionPaused
	c.ShakingNotice, c.RedemptionNotice = to.ShakingNotice, to.RedemptionNotice
}
