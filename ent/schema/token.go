package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Token is a key of the management API; see game.Token. The secret itself is not kept.
type Token struct{ ent.Schema }

// Fields of Token.
func (Token) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").GoType(game.TokenID("")),
		field.String("secret_hash").Unique().Immutable(),
		field.String("name").Immutable(),
		field.JSON("scopes", []game.Scope{}).Immutable(),
		field.String("by").GoType(game.StaffID("")).Immutable(),
		field.Time("created_at").Immutable(),
		field.Time("expires_at").Immutable(),
		field.Time("last_used_at").Optional().Nillable(),
		field.Time("revoked_at").Optional().Nillable(),
	}
}

// Indexes of Token.
func (Token) Indexes() []ent.Index { return []ent.Index{index.Fields("by")} }
