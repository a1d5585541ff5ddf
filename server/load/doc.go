// Package load is the tool behind `fivefold load`: a crowd of players that plays over HTTP against
// a running server, and does not believe a word of what it is told.
//
// A Plan says who comes when and how they play; a Crowd of Players turns it into requests. Both are
// pure: time, chance and the campaign's state are handed to them. A client of its own, far cheaper
// than net/http's, carries the requests. What is answered is checked twice: as it comes, against all
// that the player was told before; and once the seeds are known, by computing every draw again
// (Evidence). A Report says how fast the answers were, and whether one was wrong.
//
// It plays against loopback addresses alone. It knows the wire contract (api), the rules (game,
// game/pick) and the published schemes (fairness), and must not import the use cases, the stores
// or the handlers.
package load
