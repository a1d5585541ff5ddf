package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// CampaignArt is a picture that a campaign has in place of its theme's.
type CampaignArt struct{ ent.Schema }

// Fields of CampaignArt.
func (CampaignArt) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		field.String("place").GoType(game.ArtPlace("")).Immutable(),
		field.String("hash"),
		field.String("media_type"),
		field.Bytes("content"),
		field.Time("saved_at"),
	}
}

// Edges of CampaignArt.
func (CampaignArt) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("art").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of CampaignArt.
func (CampaignArt) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "place").Unique(), index.Fields("hash")}
}
