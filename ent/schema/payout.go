package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Payout is a player's share on its way out.
type Payout struct{ ent.Schema }

// Fields of Payout.
func (Payout) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		field.Int64("place").Immutable(),
		field.Int64("amount").Immutable(),
		field.String("currency").Immutable(),
		field.String("state").GoType(game.PayoutState("")),
	}
}

// Edges of Payout.
func (Payout) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("payouts").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of Payout.
func (Payout) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign", "player").Unique(),
		index.Fields("campaign", "place").Unique(),
	}
}

// Annotations of Payout.
func (Payout) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{"payouts_amount": "amount >= 0"})}
}
