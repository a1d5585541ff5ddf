package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// BonusGrant is bonus chances of a round that a player was granted; see game.BonusGrant.
type BonusGrant struct{ ent.Schema }

// Fields of BonusGrant.
func (BonusGrant) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		integer("round"),
		integer("chances"),
		field.String("key").GoType(game.OperationKey("")).Immutable(),
		field.Text("reason").Immutable(),
		field.Time("granted_at").Immutable(),
		field.String("granted_by").GoType(game.StaffID("")).Immutable(),
		integer("granted"), // bonus chances that the player had then, as was answered
	}
}

// Indexes of BonusGrant are for its key, and for a player's round.
func (BonusGrant) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign", "key").Unique(),
		index.Fields("campaign", "player", "round"),
	}
}

// Annotations of BonusGrant.
func (BonusGrant) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{"bonus_grants_chances": "chances > 0"})}
}
