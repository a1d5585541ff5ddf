package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Publication is the order to publish a version at a time; see game.Publication.
type Publication struct{ ent.Schema }

// Fields of Publication.
func (Publication) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("version"),
		field.Time("at").Immutable(),
		field.Time("due").Immutable(),
		field.String("by").GoType(game.StaffID("")).Immutable(),
		field.Time("made_at").Immutable(),
		field.String("state").GoType(game.PublicationState("")),
		field.String("failure").GoType(game.Code("")).Default(""),
		field.Time("ended_at").Optional().Nillable(),
		field.String("ended_by").GoType(game.StaffID("")).Default(""),
	}
}

// Edges of Publication.
func (Publication) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("publications").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of Publication: a campaign has one at most that waits.
func (Publication) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign").Unique().
			StorageKey("publication_waits").Annotations(entsql.IndexWhere("ended_at IS NULL")),
		index.Fields("campaign", "id"),
		index.Fields("state", "due"),
	}
}
