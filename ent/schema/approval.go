package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Approval is a request to a second person to look at a version; see game.Approval.
type Approval struct{ ent.Schema }

// Fields of Approval.
func (Approval) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		integer("version"),
		field.String("saved_by").GoType(game.StaffID("")).Immutable(),
		field.String("by").GoType(game.StaffID("")).Immutable(),
		field.Time("at").Immutable(),
		field.Text("comment").Immutable(),
		field.JSON("exception", game.Text{}).Optional().Immutable(),
		field.String("state").GoType(game.ApprovalState("")),
		field.Bool("live"), // asked or given
		field.String("decided_by").GoType(game.StaffID("")).Default(""),
		field.Time("decided_at").Optional().Nillable(),
		field.Text("answer").Default(""),
	}
}

// Edges of Approval.
func (Approval) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("approvals").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of Approval: a campaign has one at most that is asked or given.
func (Approval) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("campaign").Unique().
			StorageKey("approval_live").Annotations(entsql.IndexWhere("live")),
		index.Fields("campaign", "id"),
		index.Fields("state", "id"),
	}
}
