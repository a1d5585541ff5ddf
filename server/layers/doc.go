// Package layers guards the shape of the repository: which package may reach
// which, what the browser game links, what stands at the top level, how long a
// file and a function may get, and that a clean clone compiles.
//
// It is tests only. The rules are in rules_test.go, each with its reason; they
// hold for packages that do not exist yet as soon as they do.
package layers
