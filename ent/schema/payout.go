package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Payout is money on its way to a player: the share of a redemption, where n is 0, or an instant
// prize, where n is the number of its entry.
type Payout struct{ ent.Schema }

// Fields of Payout.
func (Payout) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		bigint("n"),
		field.Int64("place").Immutable(), // of a share
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
		index.Fields("campaign", "player", "n").Unique(),
		index.Fields("campaign", "place").Unique().
			StorageKey("payout_place").Annotations(entsql.IndexWhere("n = 0")),
	}
}

// Annotations of Payout.
func (Payout) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{"payouts_amount": "amount >= 0"})}
}
