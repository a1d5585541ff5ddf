package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Rehearsal is what a synthetic crowd made of a version of a campaign, beside what was expected.
type Rehearsal struct{ ent.Schema }

// Fields of Rehearsal.
func (Rehearsal) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("version"),
		field.Time("at").Immutable(),
		field.String("by").GoType(game.StaffID("")).Immutable(),
		field.Text("result").Immutable(), // JSON of rehearse.Result
	}
}

// Indexes of Rehearsal.
func (Rehearsal) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "id")}
}
