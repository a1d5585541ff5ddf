// Package migrations holds the SQL that gives a database the shape of ent/schema, one folder a
// dialect. A migration that has been released is never edited: a change is a new file, written by
// hand or from what the test of server/book prints, and reviewed.
package migrations

import "embed"

// Files has the folders postgres and sqlite.
//
//go:embed postgres/*.sql sqlite/*.sql
var Files embed.FS
