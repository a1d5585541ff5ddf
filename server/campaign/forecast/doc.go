// Package forecast says before a campaign is published what will become of it: how many draws a
// set takes a player, how many players finish and when, what each of them gets, when the stocks
// are gone, and what many accounts in one hand gain.
//
// What has a formula is computed: one player by a chain over the states of an album, a crowd by
// expected values over the same states. What has none is played by a simulated crowd with a given
// seed. web/docs/forecast.md has the formulas, their sources and what a forecast does not know.
//
// It is pure: no clock, no network, no store, no randomness but of a seed that it is given, and it
// imports nothing but the standard library and game. Crowds alone keeps time: it gives runs up that take
// too long, and no figure depends on it.
package forecast
