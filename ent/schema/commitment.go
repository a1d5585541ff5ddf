package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Commitment is the hash of a round's seed, and the seed once it is revealed. Round 0 is the
// settlement's order.
type Commitment struct{ ent.Schema }

// Fields of Commitment.
func (Commitment) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("round"),
		field.String("hash").Immutable(),
		field.String("seed").Default(""),
	}
}

// Edges of Commitment.
func (Commitment) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("commitments").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of Commitment.
func (Commitment) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "round").Unique()}
}
