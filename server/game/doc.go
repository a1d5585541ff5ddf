// Package game holds the vocabulary of Fivefold and its pure rules: campaigns and
// their life, rounds, windows and chances, odds, stock, albums and their entries,
// redemption and settlement.
//
// Everything here is a function of its arguments. The package reads no clock, no
// random source and no environment, so every rule can be replayed later. It imports
// the standard library alone and no cryptography, because the browser game links it
// too and has to stay small.
package game
