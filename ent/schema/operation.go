package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Operation is a keyed request that changed something; its entries name it.
type Operation struct{ ent.Schema }

// Fields of Operation.
func (Operation) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		field.String("key").Immutable(),
		field.String("body_hash").Immutable(),
		field.Time("booked_at").Immutable(),
	}
}

// Edges of Operation.
func (Operation) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("entries", Entry.Type).Annotations(entsql.OnDelete(entsql.NoAction)),
	}
}

// Indexes of Operation.
func (Operation) Indexes() []ent.Index {
	return []ent.Index{index.Fields("player", "key").Unique()}
}
