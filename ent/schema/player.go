package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/fivefold/fivefold/server/game"
)

// Player is the identity of one who plays. No table refers to it, so that it can be erased.
type Player struct{ ent.Schema }

// Fields of Player.
func (Player) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").GoType(game.PlayerID("")),
		field.String("secret_hash").Unique().Immutable().Sensitive(),
		field.Bytes("client_seed").Immutable(),
		field.String("locale"),
		field.Time("created_at").Immutable(),
	}
}
