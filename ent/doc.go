// Package ent is the shape of the book: schema is written by hand, db is generated from it
// by "go generate ./ent", and migrations holds the SQL that gives a database that shape.
// Only server/book imports db.
package ent
