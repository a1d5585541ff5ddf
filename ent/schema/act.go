package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Act is something that a person of the staff did. Rows are added and never changed: triggers in
// the migrations see to it.
type Act struct{ ent.Schema }

// Fields of Act.
func (Act) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		field.Time("at").Immutable(),
		field.String("by").GoType(game.StaffID("")).Immutable(),
		field.String("action").GoType(game.Action("")).Immutable(),
		field.String("campaign").GoType(game.CampaignID("")).Default("").Immutable(),
		field.String("subject").Default("").Immutable(),
		field.Text("before").Default("").Immutable(),
		field.Text("after").Default("").Immutable(),
		field.Text("reason").Default("").Immutable(),
		field.String("token").GoType(game.TokenID("")).Default("").Immutable(),
	}
}

// Indexes of Act.
func (Act) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign", "id"),
		index.Fields("by", "id"),
		index.Fields("action", "id"),
		index.Fields("at"),
	}
}
