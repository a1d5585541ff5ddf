package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Version is a saved version of a campaign: its document to the byte, and the hash of it.
type Version struct{ ent.Schema }

// Fields of Version.
func (Version) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("number"),
		field.Text("document").Immutable(),
		field.String("hash").Immutable(),
		field.Text("comment").Immutable(),
		field.Time("saved_at").Immutable(),
		field.String("saved_by").GoType(game.StaffID("")).Immutable(),
		field.Time("published_at").Optional().Nillable(),
		field.String("published_by").GoType(game.StaffID("")).Default(""),
		field.String("approved_by").GoType(game.StaffID("")).Default(""),
		field.JSON("exception", game.Text{}).Optional(),
	}
}

// Edges of Version.
func (Version) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("versions").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of Version.
func (Version) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "number").Unique()}
}
