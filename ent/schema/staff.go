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
		field.String("password_hash").Sensitive(), // "": invited, and has not come yet
		field.Time("created_at").Immutable(),
		field.Time("disabled_at").Optional().Nillable(),
		field.String("language").Default(""),

		// An invitation, by the hash of its link.
		field.String("invite_hash").Optional().Nillable().Unique().Sensitive(),
		field.Time("invite_ends_at").Optional().Nillable(),

		// The second factor: its secret is sealed, and so is that of one being set up.
		field.Bytes("factor_secret").Optional().Sensitive(),
		field.Bytes("factor_pending").Optional().Sensitive(),
		field.Time("factor_at").Optional().Nillable(),
		field.Int64("factor_step").Default(0), // of the last code that was accepted
		field.Strings("recovery_hashes").Optional().Sensitive(),
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
