// Package web carries the built pages inside the binary.
//
// It owns no page: web/build.mjs writes them into dist, server/rest serves them.
// A clean clone holds an empty dist, and compiles. It imports nothing of
// Fivefold.
package web
