package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/fivefold/fivefold/server/game"
)

// StockRow is one row of an outcome's stock; see game.StockRow.
type StockRow struct{ ent.Schema }

// Fields of StockRow.
func (StockRow) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		field.String("outcome").GoType(game.OutcomeID("")).Immutable(),
		smallint("row"),
		bigint("taken"),
	}
}

// Edges of StockRow.
func (StockRow) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("home", Campaign.Type).Ref("stock").Field("campaign").Unique().Required().Immutable(),
	}
}

// Indexes of StockRow.
func (StockRow) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "outcome", "row").Unique()}
}

// Annotations of StockRow.
func (StockRow) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{"stock_rows_taken": "taken >= 0"})}
}
