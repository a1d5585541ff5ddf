package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Entry is one line of a player's book; see game.Entry. What an entry does not have (a chance, a
// serial, an outcome) is 0 or empty.
type Entry struct{ ent.Schema }

// Fields of Entry.
func (Entry) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		bigint("n"),
		field.String("kind").GoType(game.EntryKind("")).Immutable(),
		integer("round"),
		integer("window"),
		integer("index"),
		field.String("outcome").GoType(game.OutcomeID("")).Default("").Immutable(),
		field.String("raw").GoType(game.OutcomeID("")).Default("").Immutable(),
		integer("version"),
		smallint("card"),
		bigint("serial"),
		bigint("amount"),
		smallint("c1"),
		smallint("c2"),
		smallint("c3"),
		smallint("c4"),
		smallint("c5"),
		smallint("wildcards"),
		field.Int64("operation").Optional().Nillable().Immutable(),
		field.Time("accepted_at").Immutable(),
		field.Time("booked_at").Immutable(),
	}
}

// Edges of Entry.
func (Entry) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("cause", Operation.Type).Ref("entries").Field("operation").Unique().Immutable(),
	}
}

// Indexes of Entry.
func (Entry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign", "player", "n").Unique(),
		index.Fields("campaign", "player", "round", "window", "index").Unique().
			StorageKey("entry_chance").Annotations(entsql.IndexWhere("round > 0")),
		index.Fields("campaign", "outcome", "serial").Unique().
			StorageKey("entry_serial").Annotations(entsql.IndexWhere("serial > 0")),
	}
}
