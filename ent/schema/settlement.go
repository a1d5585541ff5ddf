package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"

	"github.com/fivefold/fivefold/server/game"
)

// Settlement is the share-out of a campaign's pool; the campaign is its key, so there is one.
type Settlement struct{ ent.Schema }

// Fields of Settlement.
func (Settlement) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").StorageKey("campaign").GoType(game.CampaignID("")),
		field.String("split").GoType(game.Split("")).Default(string(game.SplitEqual)).Immutable(),
		field.Int64("redemptions").Immutable(),
		field.Int64("share").Immutable(),
		field.Int64("leftover").Immutable(),
		field.Int64("overflow").Immutable(),
		field.String("root").Default("").Immutable(), // of a random split
		field.Int64("weights").Default(0).Immutable(),
		field.Time("settled_at").Immutable(),
	}
}
