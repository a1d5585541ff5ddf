package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Correction is a change of a player's book that the staff propose; see game.Correction.
type Correction struct{ ent.Schema }

// Fields of Correction.
func (Correction) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		field.String("kind").GoType(game.EntryKind("")).Immutable(),
		smallint("card"),
		integer("count"),
		bigint("reverses"),
		field.Text("reason").Immutable(),
		field.String("by").GoType(game.StaffID("")).Immutable(),
		field.Time("at").Immutable(),
		field.String("state").GoType(game.CorrectionState("")),
		bigint("n"),
		field.String("decided_by").GoType(game.StaffID("")).Default(""),
		field.Time("decided_at").Optional().Nillable(),
		field.Text("answer").Default(""),
	}
}

// Indexes of Correction are for what waits, and for a player's.
func (Correction) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign", "state", "id"),
		index.Fields("campaign", "player", "id"),
	}
}

// Annotations of Correction.
func (Correction) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{"corrections_count": "count > 0"})}
}
