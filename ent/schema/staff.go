package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"

	"github.com/fivefold/fivefold/server/game"
)

// Staff is a person of the admin page.
type Staff struct{ ent.Schema }

// Fields of Staff.
func (Staff) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").GoType(game.StaffID("")),
		field.String("login").Unique(),
		field.String("role").GoType(game.Role("")),
		field.String("password_hash").Sensitive(),
		field.Time("created_at").Immutable(),
	}
}

// Edges of Staff.
func (Staff) Edges() []ent.Edge {
	return []ent.Edge{edge.To("sessions", Session.Type)}
}

// Annotations of Staff.
func (Staff) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Table("staff")}
}
