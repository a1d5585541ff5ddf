package manage

import (
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Changes are what is to be another of a campaign. What is absent stays as it is.
type Changes struct {
	Revision int         `json:"revision"` // of the campaign as the program has read it
	Name     game.Text   `json:"name,omitempty"`
	Rules    game.Text   `json:"rules,omitempty"`
	TimeZone *string     `json:"time_zone,omitempty"`
	Theme    *string     `json:"theme,omitempty"`
	Cards    []game.Card `json:"cards,omitempty"`
	Pool     *game.Pool  `json:"pool,omitempty"`
}

// in gives a campaign with the changes in it.
func (q Changes) in(c game.Campaign) game.Campaign {
	if q.Name != nil {
		c.Name = q.Name
	}
	if q.Rules != nil {
		c.Rules = q.Rules
	}
	if q.TimeZone != nil {
		c.TimeZone = *q.TimeZone
	}
	if q.Theme != nil {
		c.Theme = *q.Theme
	}
	if q.Cards != nil {
		c.Cards = q.Cards
	}
	if q.Pool != nil {
		c.Pool = *q.Pool
	}
	return c
}

// NewCopy is how a copy differs from what it is made of.
type NewCopy struct {
	Slug    string    `json:"slug"`
	Name    game.Text `json:"name,omitempty"` // absent: the original's
	OpensAt time.Time `json:"opens_at"`
}

// Template is what a campaign may begin with.
type Template struct {
	Template string    `json:"template"`
	Name     game.Text `json:"name"`
}
