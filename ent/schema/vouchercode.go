package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// VoucherCode is the code that a piece of a voucher's stock gives to the player who wins it.
type VoucherCode struct{ ent.Schema }

// Fields of VoucherCode.
func (VoucherCode) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		field.String("outcome").GoType(game.OutcomeID("")).Immutable(),
		field.Int64("serial").Immutable(),
		field.String("code").Immutable().Sensitive(),
	}
}

// Edges of VoucherCode.
func (VoucherCode) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("codes").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of VoucherCode.
func (VoucherCode) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign", "outcome", "serial").Unique(),
		index.Fields("campaign", "outcome", "code").Unique(),
	}
}

// Annotations of VoucherCode.
func (VoucherCode) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{"voucher_codes_serial": "serial > 0"})}
}
