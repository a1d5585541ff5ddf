package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// BlockEnd counts, of the entries that are tallied, those of the last chance of a guarantee's block,
// by what was drawn: either of two lists of weights may have decided them.
type BlockEnd struct{ ent.Schema }

// Fields of BlockEnd.
func (BlockEnd) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("version"),
		field.String("drawn").GoType(game.OutcomeID("")).Immutable(),
		field.Int64("count"),
	}
}

// Indexes of BlockEnd.
func (BlockEnd) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "version", "drawn").Unique()}
}
