// Package book owns the record of everything that counts: campaigns and their versions, albums
// and their entries, stock, redemptions, settlements, payouts, players and staff. It keeps it in
// SQL through Ent, on PostgreSQL or on SQLite, and is the only importer of ent/db.
//
// One method is one transaction, one use case is one file. A method loads and locks, calls a pure
// rule of server/game, and saves; it decides nothing itself. What PostgreSQL and SQLite do
// differently (locks, the gate, savepoints, the clock, which errors may be tried again) is behind
// the interface engine, in one file each.
//
// Locks are always taken in this order: the campaign's gate, albums by player, stock by outcome
// and row, and the campaign's row.
//
// Times are UTC and cut to the microsecond before they are stored, so that what a method answers
// is what a later one reads. "Now" is game time: the database's clock, plus an offset that is 0
// except in dev.
//
// Errors carry a game.Code. A database that is away, or that stays contended after some tries, is
// game.CodeUnavailable: nothing was acknowledged, and the same call may be made again.
//
// It must not import use cases, live, rest, admin or jobs.
package book
