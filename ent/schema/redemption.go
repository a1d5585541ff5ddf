package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Redemption is a burned set's place in the pool; n is its entry's number.
type Redemption struct{ ent.Schema }

// Fields of Redemption.
func (Redemption) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		field.Int64("n").Immutable(),
		field.Time("redeemed_at").Immutable(),
	}
}

// Indexes of Redemption.
func (Redemption) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "player").Unique()}
}
