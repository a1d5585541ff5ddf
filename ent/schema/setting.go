package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Setting is the one row of what belongs to the book as a whole; its id is 1.
type Setting struct{ ent.Schema }

// Fields of Setting.
func (Setting) Fields() []ent.Field {
	return []ent.Field{
		field.Int("id"),
		field.String("epoch"),  // in the keys of Redis; a new one makes them all unknown
		bigint("clock_offset"), // microseconds that game time is ahead of the database's clock
		bigint("tallied"),      // the id of the last entry that is counted in tallies
	}
}
