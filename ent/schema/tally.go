package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Tally counts the entries of a campaign that are alike, up to the one that settings names. What
// an entry does not have (a version, an outcome) is 0 or empty, as in the entry.
type Tally struct{ ent.Schema }

// Fields of Tally.
func (Tally) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("version"),
		field.String("kind").GoType(game.EntryKind("")).Immutable(),
		field.String("outcome").GoType(game.OutcomeID("")).Default("").Immutable(),
		field.String("raw").GoType(game.OutcomeID("")).Default("").Immutable(),
		field.Bool("ends").Default(false).Immutable(), // their chances end a block of a guarantee
		field.Int64("count"),
		field.Int64("firsts"), // of them those that are the first of their player
	}
}

// Indexes of Tally.
func (Tally) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "version", "kind", "outcome", "raw", "ends").Unique()}
}
