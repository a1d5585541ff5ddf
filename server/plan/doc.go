// Package plan turns what an operation costs and what is expected of an evening into machines. It
// walks through the evening minute by minute with cohorts of players, by expected values: nothing
// in it is random, so that the same costs and the same evening always give the same plan, whether
// for a hundred players or for a hundred million.
//
// It is pure: no clock, no network, no store, and of the server it imports only game. What an
// operation costs is measured in plan/measure, or read from a file. web/docs/plan.md has the model.
package plan
