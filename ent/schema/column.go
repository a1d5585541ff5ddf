package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema/field"

	"github.com/fivefold/fivefold/server/game"
)

// campaign and player are what nearly every table begins with.
func campaign() ent.Field {
	return field.String("campaign").GoType(game.CampaignID("")).Immutable()
}

func player() ent.Field {
	return field.String("player").GoType(game.PlayerID("")).Immutable()
}

// integer is a column of four bytes where the dialect knows such, 0 unless it is set.
func integer(name string) ent.Field {
	return field.Int(name).Default(0).
		SchemaType(map[string]string{dialect.Postgres: "integer"})
}

// smallint is a column of two bytes where the dialect knows such, 0 unless it is set.
func smallint(name string) ent.Field {
	return field.Int(name).Default(0).
		SchemaType(map[string]string{dialect.Postgres: "smallint"})
}

// bigint is a column of eight bytes, 0 unless it is set.
func bigint(name string) ent.Field {
	return field.Int64(name).Default(0)
}

// checks gives a table its constraints, by name.
func checks(by map[string]string) entsql.Annotation {
	return entsql.Annotation{Checks: by}
}
