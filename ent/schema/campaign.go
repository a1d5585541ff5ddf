package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// Campaign is a row for each campaign; the pool is spread over columns, so that SQL can sum it.
type Campaign struct{ ent.Schema }

// Fields of Campaign.
func (Campaign) Fields() []ent.Field {
	return []ent.Field{
		field.String("id").GoType(game.CampaignID("")),
		field.String("slug").Unique(),
		field.String("state").GoType(game.State("")),
		field.JSON("name", game.Text{}),
		field.JSON("rules", game.Text{}),
		field.String("time_zone"),
		field.String("theme").Default(game.DefaultTheme),
		field.JSON("cards", []game.Card{}),
		field.Int64("pool_amount"),
		field.String("pool_currency"),
		field.String("pool_split").GoType(game.Split("")),
		field.Int64("pool_floor").Default(0),
		field.Int64("pool_cap"),
		field.JSON("pool_overflow", game.Text{}),
		field.Bool("shaking_paused").Default(false),
		field.Bool("redemption_paused").Default(false),
		field.JSON("shaking_notice", game.Text{}).Optional(),
		field.JSON("redemption_notice", game.Text{}).Optional(),
		field.Bytes("sealed_key").Sensitive(),
		field.Int("revision").Default(1). // goes up with every edit
							SchemaType(map[string]string{dialect.Postgres: "integer"}),
		field.String("shadow_of").GoType(game.CampaignID("")).Default("").Immutable(), // "": it is a real one
		field.Time("expires_at").Optional().Nillable(),                                // of a shadow
		field.Time("opens_at").Optional().Nillable(),
		field.Time("closes_at").Optional().Nillable(),
		field.Time("closed_at").Optional().Nillable(),
		field.Time("sealed_at").Optional().Nillable(),
		field.Time("settled_at").Optional().Nillable(),
		field.Time("created_at").Immutable(),
	}
}

// Edges of Campaign are there for their foreign keys.
func (Campaign) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("versions", Version.Type),
		edge.To("commitments", Commitment.Type),
		edge.To("stock", StockRow.Type),
		edge.To("payouts", Payout.Type),
		edge.To("art", CampaignArt.Type),
		edge.To("codes", VoucherCode.Type),
		edge.To("approvals", Approval.Type),
		edge.To("publications", Publication.Type),
	}
}

// Indexes of Campaign are for the list, which is read the newest first and a page at a time.
func (Campaign) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("created_at", "id"),
		index.Fields("state", "created_at", "id"),
		index.Fields("shadow_of", "created_at", "id"),
	}
}
