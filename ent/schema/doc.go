// Package schema says what the book holds, in Ent's terms. A column has the name of the idea
// that it holds, and the type of server/game where there is one.
//
// The tables that every win touches (albums, entries, stock_rows) refer to players by value:
// erasing a player removes the identity row alone. Indexes begin with (campaign, player), so
// that a distributed database can keep a player's rows together.
//
// A change here needs "go generate ./ent" and a migration for each dialect; a test of
// server/book fails while the three differ.
package schema
