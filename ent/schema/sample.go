package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Sample is what the figures of a campaign were at a minute, for the curves of its page.
type Sample struct{ ent.Schema }

// Fields of Sample.
func (Sample) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		field.Time("at").Immutable(), // a whole minute of game time
		bigint("players"),
		bigint("wins"),
		bigint("redemptions"),
		field.Int64("draws").Optional().Nillable(), // not counted then: nil
		field.JSON("taken", map[game.OutcomeID]int64{}),
	}
}

// Indexes of Sample.
func (Sample) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "at").Unique()}
}
