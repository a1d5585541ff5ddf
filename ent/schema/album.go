package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Album is a player's totals in a campaign. Its row is the lock that every change of the
// player's book takes first.
type Album struct{ ent.Schema }

// Fields of Album.
func (Album) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("id"),
		campaign(),
		player(),
		bigint("n"),
		bigint("c1"),
		bigint("c2"),
		bigint("c3"),
		bigint("c4"),
		bigint("c5"),
		bigint("wildcards"),
		field.Bool("redeemed").Default(false),
		integer("last_round"),
		integer("last_window"),
		integer("last_index"),
	}
}

// Indexes of Album.
func (Album) Indexes() []ent.Index {
	return []ent.Index{index.Fields("campaign", "player").Unique()}
}

// Annotations of Album.
func (Album) Annotations() []schema.Annotation {
	return []schema.Annotation{checks(map[string]string{
		"albums_totals": "c1 >= 0 AND c2 >= 0 AND c3 >= 0 AND c4 >= 0 AND c5 >= 0 AND wildcards >= 0",
	})}
}
