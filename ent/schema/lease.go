package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Lease is the leadership over one kind of work, in times of the database's own clock.
type Lease struct{ ent.Schema }

// Fields of Lease.
func (Lease) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").StorageKey("name"),
		field.String("holder"), // "": given up before it ran out
		field.Time("unbroken_since"),
		field.Time("expires_at"),
	}
}
