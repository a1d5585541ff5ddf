// Package rest is the player API on Echo: a file per resource. A handler decodes, calls one use
// case or reads the book, and encodes; it returns errors, and one place (problem.go) turns them
// into problem+json.
//
// It imports the use cases and never ent or go-redis.
package rest
